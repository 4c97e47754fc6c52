"""A note as it is read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.vault.note import Note, parse_note, stem_of

HOUSE = """---
title: meta opens llama 2
tags:
  - tech-journal
  - ai
  - 2023
  - models
keywords:
  - llama2
  - meta
draft: false
description: "Weights: open, with a licence."
created: 2023-07-18
updated: 2023-07-20
note_id: 230718TJ01
cssclasses:
  - tech-journal
---

# meta opens llama 2

*see also:* [[LLMs]] · [[Model Behavior]]

Meta released it ([Meta](https://ai.meta.com/llama/)). It recalls #open-weights.

## scene cut
See [[an older note|that]].
"""


def note_of(front: str, path: str = "a note.md") -> Note:
    """A note with this front matter and no text."""
    return parse_note(path, f"---\n{front}\n---\n")


def test_a_note_of_the_house_is_read_whole() -> None:
    """Title, tags, dates, id and type are what ranking and writing rest on."""
    note = parse_note("Notes/Tech_Journal/2023/meta opens llama 2.md", HOUSE)
    assert (note.stem, note.title, note.type_name, note.note_id) == (
        "meta opens llama 2", "meta opens llama 2", "tech-journal", "230718TJ01",
    )  # fmt: skip
    assert note.tags == ("tech-journal", "ai", "2023", "models")
    assert note.keywords == ("llama2", "meta")
    assert note.description == "Weights: open, with a licence."
    assert (note.created, note.updated) == (date(2023, 7, 18), date(2023, 7, 20))
    assert (note.draft, note.published, note.front_error) == (False, True, "")
    assert note.urls == ("https://ai.meta.com/llama/",)
    assert [link.target for link in note.links] == ["LLMs", "Model Behavior", "an older note"]
    assert [(heading.level, heading.text) for heading in note.headings] == [(1, "meta opens llama 2"), (2, "scene cut")]
    assert note.inline_tags == ("open-weights",)
    assert note.body.startswith("\n# meta opens")


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: [a, b]", ("a", "b")),
        ("tags: a, b", ("a", "b")),
        ("tags: a b", ("a", "b")),
        ("tags: '#a'", ("a",)),
        ("tag: a", ("a",)),
        ("tags:\n  - a\n  - 2020\n  -", ("a", "2020")),
        ("tags:\ntag: b", ("b",)),
        ("tags: [[a], {b: c}, d]", ("d",)),
        ("tags:", ()),
    ],
)
def test_tags_in_every_usual_shape(front: str, tags: tuple[str, ...]) -> None:
    """Obsidian and its plug-ins write tags in several ways; each names the same topics."""
    assert note_of(front).tags == tags


@pytest.mark.parametrize(
    ("front", "aliases"),
    [
        ("aliases: [A b, C]", ("A b", "C")),
        ("alias: A b", ("A b",)),
        ("aliases:\n- A, b", ("A, b",)),
        ("aliases: []", ()),
    ],
)
def test_aliases_in_every_usual_shape(front: str, aliases: tuple[str, ...]) -> None:
    """An alias may hold blanks, and in a list also commas."""
    assert note_of(front).aliases == aliases


@pytest.mark.parametrize(
    ("written", "draft", "published"),
    [
        ("true", True, False), ("True", True, False), ('"true"', True, False), ("yes", True, True), ("on", True, True),
        ("1", True, True), ('"True"', True, True), ("false", False, True), ("no", False, True), ("", False, True),
        ("[true]", False, True),
    ],
)  # fmt: skip
def test_a_draft_for_the_author_and_for_the_site(written: str, draft: bool, published: bool) -> None:
    """The site publishes `draft: yes`; we never link to it all the same."""
    note = note_of(f"draft: {written}")
    assert (note.draft, note.published) == (draft, published)


@pytest.mark.parametrize(
    ("front", "path", "day"),
    [
        ("created: 2023-07-18", "a.md", date(2023, 7, 18)),
        ("date: 18.07.2023", "a.md", date(2023, 7, 18)),
        ("date created: July 18, 2023", "a.md", date(2023, 7, 18)),
        ("created-at: 2023-07-18T01:00", "a.md", date(2023, 7, 18)),
        ("note_id: 230718TJ01", "a.md", date(2023, 7, 18)),
        ("x: y", "2023-07-18 standup.md", date(2023, 7, 18)),
        ("created: soon", "a.md", None),
    ],
)
def test_the_day_of_a_note(front: str, path: str, day: date | None) -> None:
    """The date may stand in the front matter, in the id or in the file's name."""
    assert note_of(front, path).created == day


@pytest.mark.parametrize(
    ("front", "path", "type_name"),
    [
        ("tags: [lab-log, x]\ncssclasses: lab-log", "a.md", "lab-log"),
        ("tags: [labnote, x]\ncssclasses: [lab-log]\nnote_id: 230718LL02", "a.md", "lab-log"),
        ("tags: [lab-log]\nnote_id: 230718LL02", "a.md", "lab-log"),
        ("note_id: 230718MR02", "a.md", ""),
        ("cssclasses: [wide]", "a.md", ""),
        ("tags: [recipe]", "Food/a.md", ""),
    ],
)
def test_the_type_of_a_note(front: str, path: str, type_name: str) -> None:
    """Tag and class tell the type, or one of them beside an id; elsewhere nothing does, and nothing is made up."""
    assert note_of(front, path).type_name == type_name


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: T\n---\n# H\n", "T"),
        ("# H #\n\ntext", "H"),
        ("\n\n# H", "H"),
        ("\ufeff# H", "H"),
        ("text\n# H", "a note"),
        ("---\ntitle:\n---\n", "a note"),
        ("", "a note"),
    ],
)
def test_the_title_of_a_note(text: str, title: str) -> None:
    """Notes named by a number show their heading; a heading further down is no title."""
    assert parse_note("folder/a note.md", text).title == title


def test_a_broken_note_keeps_what_can_be_read() -> None:
    """An unquoted colon must not cost a note its tags, its id or its draft mark."""
    note = parse_note("a.md", HOUSE.replace("title: meta", "title: meta: it").replace("draft: false", "draft: true"))
    assert note.front_error
    assert note.title == "meta: it opens llama 2"
    assert (note.tags[0], note.note_id, note.draft, note.created) == (
        "tech-journal", "230718TJ01", True, date(2023, 7, 18),
    )  # fmt: skip


def test_every_address_of_a_note_is_known() -> None:
    """A source cited anywhere in a note, its properties included, is not drafted twice."""
    text = "---\nsource: https://a.b/c\n---\n(https://d.e/f_(g)), `https://h.i`. <https://j.k?x=1> [t](https://l.m/n)."
    assert parse_note("a.md", text).urls == (
        "https://a.b/c", "https://d.e/f_(g)", "https://h.i", "https://j.k?x=1", "https://l.m/n",
    )  # fmt: skip


def test_headings_in_code_are_no_headings() -> None:
    """A comment in a shell example is not a section."""
    note = parse_note("a.md", "```\n# no\n```\n## yes ##\nLate\n----\n%%\n# no\n%%\n")
    assert [(heading.level, heading.text) for heading in note.headings] == [(2, "yes"), (2, "Late")]


def test_stems_of_odd_file_names() -> None:
    """The stem is what a link is written with."""
    assert [stem_of(path) for path in ("a/b.md", "v1.2.md", "a.MD", ".md", "a.md.md")] == ["b", "v1.2", "a", "", "a.md"]


@given(st.text(max_size=120))
def test_any_text_is_a_note(text: str) -> None:
    """Whatever is in a file that ends with .md, the vault opens."""
    note = parse_note("a.md", text)
    assert note.text == text
    assert (note.links, note.headings, note.urls, note.inline_tags) is not None


@pytest.mark.parametrize(
    ("front", "aliases"),
    [
        ("aliases: null", ()),
        ("aliases: ~", ()),
        ("aliases:", ()),
        ("aliases: []", ()),
        ('aliases: "Acme, Inc."', ("Acme, Inc.",)),
        ("aliases: 'Acme, Inc.' # the firm", ("Acme, Inc.",)),
        ('aliases: ["Acme, Inc.", Acme]', ("Acme, Inc.", "Acme")),
        ("aliases:\n  - 'Acme, Inc.' # the firm\n  - 2020\n  -", ("Acme, Inc.", "2020")),
        ("aliases: Acme, The Firm", ("Acme", "The Firm")),
        ("aliases: [\n  x y,\n  z\n]", ("x y", "z")),
        ("aliases: >-\n  one\n  two", ("one two",)),
        ("Aliases: [a]", ("a",)),
        ("alias: a", ("a",)),
        ('title: a: b\naliases: ["Acme, Inc.", x]', ("Acme, Inc.", "x")),
        ("title: a: b\naliases: [\n  x,\n  y\n]", ("x", "y")),
    ],
)
def test_aliases_are_what_yaml_means(front: str, aliases: tuple[str, ...]) -> None:
    """Quoted text is one name, commas and all; plain text with commas is a list, as Obsidian took it."""
    assert note_of(f"{front}\n").aliases == aliases


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: >-\n  krypton\n  lamp", "krypton lamp"),
        ("title: |\n  krypton\n  lamp\n", "krypton lamp"),
        ("title: krypton lamp # my favourite", "krypton lamp"),
        ("title: 'krypton # lamp' # my favourite", "krypton # lamp"),
        ("title: Krypton: the lamp", "Krypton: the lamp"),
        ("title: Krypton: the lamp # my favourite", "Krypton: the lamp"),
        ("title: C# and F#", "C# and F#"),
        ("title: null", "a note"),
        ("Title: x", "x"),
        ("Title: x\ntitle: y", "y"),
    ],
)
def test_titles_are_what_yaml_means(front: str, title: str) -> None:
    """Block scalars are one line, comments no part of a value, and a colon breaks no title."""
    assert note_of(f"{front}\n").title == title


def test_a_folders_own_page_has_the_folders_name() -> None:
    """Site generators show `index.md` under the name of its folder."""
    assert parse_note("Notes/Physics/index.md", "").title == "Physics"
    assert parse_note("index.md", "").title == "index"
