"""Where a link leads, in Obsidian and on the site."""

import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from enrich.vault.resolve import Resolver, loose
from tests.vault.folders import make_vault

DRAFT = "---\ndraft: true\n---\n"


def resolver_of(root: Path, *paths: str, **texts: str) -> Resolver:
    """A resolver for a vault of empty notes at ``paths``."""
    return Resolver(make_vault(root, {path: texts.get(path, "") for path in paths}))


@pytest.mark.parametrize(
    ("target", "source", "found"),
    [
        ("Alpha", "", "Notes/Alpha.md"),
        ("alpha", "", "Notes/Alpha.md"),
        ("Alpha.md", "", "Notes/Alpha.md"),
        (" Alpha ", "", "Notes/Alpha.md"),
        ("Alpha#part", "", "Notes/Alpha.md"),
        ("Notes/Alpha", "", "Notes/Alpha.md"),
        ("/Notes/Alpha", "", "Notes/Alpha.md"),
        ("/Alpha", "", None),
        ("./Alpha", "Notes/x.md", "Notes/Alpha.md"),
        ("../Notes/Alpha", "Deep/x.md", "Notes/Alpha.md"),
        ("./Alpha", "Deep/x.md", None),
        ("pic.png", "", "img/pic.png"),
        ("pic", "", None),
        ("v1.2", "", "Deep/v1.2.md"),
        ("Nick", "", None),
        ("nothing", "", None),
        ("", "Notes/Alpha.md", "Notes/Alpha.md"),
        # Several files with one name: an exact path, then the source's folder, then the shortest path.
        ("same", "", "b/same.md"),
        ("same", "zzzz/x.md", "zzzz/same.md"),
        ("same", "zzzz/deep/x.md", "b/same.md"),
        ("a/b/same", "", "a/b/same.md"),
        ("b/same", "zzzz/x.md", "b/same.md"),
        ("top", "Notes/x.md", "top.md"),
    ],
)
def test_obsidian(tmp_path: Path, target: str, source: str, found: str | None) -> None:
    """A link must lead where Obsidian opens it, or backlinks and audit are about another vault."""
    paths = (
        "Notes/Alpha.md",
        "img/pic.png",
        "Deep/v1.2.md",
        "a/b/same.md",
        "b/same.md",
        "zzzz/same.md",
        "top.md",
        "Notes/top.md",
    )
    resolver = Resolver(
        make_vault(tmp_path, {path: "" for path in paths} | {"Notes/Alpha.md": "---\naliases: [Nick]\n---\n"})
    )
    assert resolver.obsidian(target, source) == found


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("Alpha", "Notes/Alpha.md"),
        ("alpha", None),
        ("Notes/Alpha", "Notes/Alpha.md"),
        ("/Notes/Alpha", "Notes/Alpha.md"),
        ("b/same", "b/same.md"),
        ("same", None),
        ("top", "top.md"),
        ("Nick", "Notes/Alpha.md"),
        ("A & B", "Notes/A & B.md"),
        ("why not", "Notes/why not?.md"),
        ("gpt 4 out", "Notes/gpt-4 out.md"),
        ("secret plan", None),
        ("mine", None),
        ("x", None),
        ("folder", None),
        ("folder/", "folder/index.md"),
        ("folder/index", "folder/index.md"),
        ("pic.png", "img/pic.png"),
        ("re: it", None),
        ("", None),
    ],
)
def test_quartz(tmp_path: Path, target: str, found: str | None) -> None:
    """On the site case counts, a name two pages have fails, an alias has a page, and a draft has none."""
    resolver = Resolver(
        make_vault(
            tmp_path,
            {
                "Notes/Alpha.md": "---\naliases: [Nick]\n---\n",
                "Notes/A & B.md": "",
                "Notes/why not?.md": "",
                "Notes/gpt-4 out.md": "",
                "Notes/secret plan.md": DRAFT,
                "private/mine.md": "",
                "templates/x.md": "",
                "a/same.md": "",
                "b/same.md": "",
                "top.md": "",
                "a/top.md": "",
                "folder/index.md": "",
                "img/pic.png": b"",
                "re: it.md": "",
            },
        )
    )
    assert resolver.quartz(target) == found


def test_a_draft_of_the_same_name_breaks_the_link_on_the_site(tmp_path: Path) -> None:
    """The site counts names before it leaves out drafts: one forgotten draft makes a published name ambiguous."""
    resolver = Resolver(make_vault(tmp_path, {"Notes/plan.md": "", "Drafts/plan.md": DRAFT}))
    assert resolver.quartz("plan") is None
    assert resolver.quartz("Notes/plan") == "Notes/plan.md"


def test_draft_yes_has_a_page(tmp_path: Path) -> None:
    """The site hides only a literal true; what it publishes can be linked to by others, though never by us."""
    resolver = Resolver(make_vault(tmp_path, {"a.md": "---\ndraft: yes\n---\n"}))
    assert resolver.quartz("a") == "a.md"
    assert resolver.link_to(resolver.vault.notes[0]) is None


def test_two_files_with_one_address_have_no_certain_page(tmp_path: Path) -> None:
    """`a b` and `a-b` in one folder overwrite each other on the site."""
    resolver = Resolver(make_vault(tmp_path, {"x/a b.md": "", "x/a-b.md": ""}))
    assert resolver.quartz("x/a b") is None
    assert resolver.link_to(resolver.vault.notes[0]) is None


@pytest.mark.parametrize(
    ("ignored", "path", "shown"),
    [
        (("private",), "private/x.md", False),
        (("private",), "Notes/private/x.md", True),
        (("**/private",), "Notes/private/x.md", False),
        (("**/private",), "private/x.md", False),
        (("Notes/*.md",), "Notes/x.md", False),
        (("Drafts/**",), "Drafts/2023/x.md", False),
        ((), "private/x.md", True),
    ],
)
def test_folders_the_site_ignores(tmp_path: Path, ignored: tuple[str, ...], path: str, shown: bool) -> None:
    """What the site's own setting leaves out cannot be linked to, and nothing else is left out."""
    resolver = Resolver(make_vault(tmp_path, {path: ""}), ignored)
    assert (resolver.quartz(path.removesuffix(".md")) is not None) == shown


@pytest.mark.parametrize(
    ("path", "others", "form"),
    [
        ("Notes/a note.md", (), "a note"),
        ("b/same.md", ("a/same.md",), "b/same|same"),
        ("b/same.md", ("a/Same.md",), "b/same|same"),
        ("top.md", ("a/top.md",), "top"),
        ("a/top.md", ("top.md",), "a/top|top"),
        ("v1.2.md", (), "v1.2"),
        ("Notes/A & B.md", (), "A & B"),
        ("Notes/snake_case.md", (), "snake_case"),
        ("private/x.md", (), None),
        ("a[1].md", (), None),
        ("a|b.md", (), None),
        ("C#.md", (), None),
        ("a^b.md", (), None),
        ("A*.md", (), None),
        ("__init__.md", (), None),
        ("5$ a day.md", (), None),
        ("50%20 off.md", (), None),
        ("a ` b.md", (), None),
        ("www.a.b.md", (), None),
        ("re: it.md", (), None),
        ("Notes/re: it.md", (), "Notes/re: it|re: it"),
        ("this is undefined.md", (), None),
        ("C#/x.md", ("x.md",), None),
    ],
)
def test_what_to_write_between_the_brackets(
    tmp_path: Path, path: str, others: tuple[str, ...], form: str | None
) -> None:
    """A link the tool writes leads to exactly that note in both, or it is not written."""
    resolver = resolver_of(tmp_path, path, *others)
    note = resolver.vault.by_path[path]
    assert resolver.link_to(note) == form
    if form:
        target = form.partition("|")[0]
        assert all(resolver.obsidian(target, source) == path for source in ("", "a/x.md", "b/x.md", "Notes/x.md"))
        assert resolver.quartz(target) == path


def test_an_alias_of_another_note_makes_a_name_unsafe(tmp_path: Path) -> None:
    """On the site the alias page would be shown instead of the note."""
    resolver = Resolver(make_vault(tmp_path, {"Notes/plan.md": "", "b.md": "---\naliases: [plan]\n---\n"}))
    assert resolver.link_to(resolver.vault.by_path["Notes/plan.md"]) == "Notes/plan|plan"


@pytest.mark.parametrize(
    ("target", "stem", "how"),
    [
        ("gpt-4 release", "gpt 4 release", "hyphen and space"),
        ("Gpt 4 Release", "gpt 4 release", "case"),
        ("old/gpt 4 release", "gpt 4 release", "other folder"),
        ("gpt 4: release?", "gpt 4 release", "other signs"),
        ("gpt 4 release & more / gpt 4 release", "gpt 4 release", "other folder"),
        ("./Gpt_4_release", "gpt 4 release", "hyphen and space"),
        ("x/b/twice", "Twice", "other folder"),
        ("B/Twice", "twice", "other folder"),
        ("An Older Name", "renamed", "title or alias"),
        ("the nick", "renamed", "title or alias"),
        ("data center", "datacenter", "spaces left out"),
        ("nothing like it", None, None),
        ("twice", "Twice", "case"),
    ],
)
def test_what_a_dead_link_was_probably_meant_for(
    tmp_path: Path, target: str, stem: str | None, how: str | None
) -> None:
    """Links broken by a rename can be mended; where two notes fit, both are named."""
    vault = make_vault(
        tmp_path,
        {
            "gpt 4 release.md": "",
            "renamed.md": "---\ntitle: An older name\naliases: [the nick]\n---\n",
            "datacenter.md": "",
            "a/Twice.md": "",
            "b/twice.md": "",
        },
    )
    guess = Resolver(vault).guess(target)
    assert (guess and guess.note.stem, guess and guess.how) == (stem, how)
    assert [note.path for note in (guess.others if guess else ())] == (
        ["b/twice.md"] if target in ("twice", "x/b/twice") else []
    )


def test_loose_names() -> None:
    """What differs only in marks between words is one name, in any script."""
    assert loose("GPT-4_release!") == loose("gpt 4  release") == "gpt 4 release"
    assert loose("中文-笔记") == "中文 笔记"


@pytest.mark.parametrize(("one", "other"), [("C++", "C"), ("C#", "C"), ("F#", "F sharp"), ("C++", "C#")])
def test_what_hangs_on_a_word_makes_it_another(one: str, other: str) -> None:
    """A link to C++ must never be mended to C."""
    assert loose(one) != loose(other)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("target", ["Übung", "Überblick/Übung", "Übung#Teil", "Frühe Übung"])
def test_both_unicode_forms_of_a_name_are_one(tmp_path: Path, form: Literal["NFC", "NFD"], target: str) -> None:
    """A disk of macOS keeps ``Ü`` as two characters, the link and the site's build one: neither breaks the other."""
    stored = unicodedata.normalize("NFD" if form == "NFC" else "NFC", "Überblick/Übung")
    resolver = resolver_of(tmp_path, f"{stored}.md", **{f"{stored}.md": "---\naliases: [Frühe Übung]\n---\n"})
    wanted = unicodedata.normalize(form, target)
    assert resolver.quartz(wanted) == f"{stored}.md"
    assert resolver.obsidian(wanted) == (None if "Frühe" in target else f"{stored}.md")
