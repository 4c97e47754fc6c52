"""Addresses as the site generator makes them."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from enrich.vault.slug import from_root, link_slug, slug_of_alias, slug_of_path


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("Notes/a note.md", "Notes/a-note"),
        ("A & B/100% sure?.md", "A--and--B/100-percent-sure"),
        ("C# notes.md", "C-notes"),
        ("v1.2.md", "v1.2"),
        ("a/index.md", "a/index"),
        ("a/_index.md", "a/index"),
        ("img/a b.PNG", "img/a-b.PNG"),
        ("page.html", "page"),
        ("two  blanks\u00a0.md", "two--blanks-"),
        ("中文 笔记.md", "中文-笔记"),
        ("Case Kept.md", "Case-Kept"),
    ],
)
def test_slugs_of_files(path: str, slug: str) -> None:
    """A link resolves on the site when its slug is that of a file; the rules are Quartz's own."""
    assert slug_of_path(path) == slug


@pytest.mark.parametrize(
    ("target", "slug"),
    [
        ("a note", "a-note"),
        ("a note.md", "a-note"),
        ("folder/a note", "folder/a-note"),
        ("./a", "a"),
        ("../a", "./a"),
        ("v1.2", "v1.2"),
        ("folder/", "folder/"),
        ("folder/index", "folder/"),
        ("100% sure", "100-percent-sure"),
        ("a%20b", "a-b"),
        ("this is undefined", "this-is-"),
        ("re: plans", None),
        ("https://x.y", None),
        ("50%ab off", None),
        ("50%zz off", None),
        ("a\\b", None),
    ],
)
def test_slugs_of_links(target: str, slug: str | None) -> None:
    """Some names make no working link on the site, such as one that looks like a web address."""
    assert link_slug(target) == slug


@pytest.mark.parametrize(
    ("slug", "page"),
    [
        ("a", "a"),
        ("folder/a", "folder/a"),
        ("folder/", "folder/index"),
        ("./a", "a"),
        ("../../a", "a"),
        ("/", "index"),
        ("", "index"),
    ],
)
def test_pages_from_the_root(slug: str, page: str) -> None:
    """A browser takes the address apart like this; ``..`` stops at the site's root."""
    assert from_root(slug) == page


def test_slugs_of_aliases() -> None:
    """An alias with a dot in it is no file type."""
    assert [slug_of_alias(alias) for alias in ("GPT 4", "v1.2", "a.md")] == ["GPT-4", "v1.2", "a"]


@given(
    st.text(st.characters(exclude_characters="/?#%&:\\.[]|^", exclude_categories=("Z", "C")), min_size=1, max_size=20)
)
@example("Ünïcödé_名前")
def test_a_plain_name_leads_to_its_file(name: str) -> None:
    """For every name without special characters the link's slug is the file's."""
    assume(not name.endswith("undefined") and name not in ("index", "_index"))
    assert link_slug(name) == slug_of_path(f"{name}.md") == name
