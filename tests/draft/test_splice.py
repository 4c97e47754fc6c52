"""Parts put into notes of all makings: nothing but the parts changes, and the note reads as meant."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.draft.draft_note import Engines, Rules, Watch
from enrich.draft.fill import Filling, Original, fill_note
from enrich.draft.outline import read_outline
from enrich.draft.wish import Named, Wish, choose_parts, find_section
from enrich.errors import EnrichError, UsageError
from enrich.llm.extractive import ExtractiveEngine
from enrich.vault.note_type import prompt_folders
from tests.draft.parts import CANDIDATES, journal_type, make_context

JOURNAL = journal_type()
CONTEXT = make_context(candidates=CANDIDATES)
LINKS = {candidate.link for candidate in CANDIDATES}
RULES = Rules(lambda target: (target in LINKS, target in LINKS))
FRONT = (
    "title: 'a note'   # quoted oddly\n",
    "tags: [tech-journal, robotics, hardware, 2023]\n",
    "draft: true\n",
    "# a comment between\n",
    "aliases:\n- one\n- two\n",
    "extra: {a: 1, b: [2, 3]}\n",
    'note_id: "230214TJ01"\n',
)
SECTIONS = {
    "scene cut": "## scene cut\nThe old words stand here.  \n",
    "signal braid": "## signal braid\n- One thing.\n- Another\twith a tab.\n\n### smaller\n\nMore.\n",
    "risk surface": "## risk surface\n\n- A risk.\n\n\n",
    "my take": "## my take\nMine alone, ==[unverified: no]==.\n",
    "own": "## a section of mine\n```\n## risk surface\n```\n<!-- ## scene cut -->\n",
    "linkage": '## linkage\n<div class="x">\n  <b>tree</b>\n</div>\n',
    "ending questions": "## ending questions\ntodo: ending questions\n",
}


def note_of(*names: str, front: str = "".join(FRONT), lead: str = "A lead of mine.\n") -> str:
    """A note with these sections in this order."""
    return f"---\n{front}---\n\n# a note\n\n*see also:* [[x]] · [[y]]\n\n{lead}\n" + "\n".join(map(SECTIONS.get, names))  # type: ignore[arg-type]


def filled(data: bytes, named: Named) -> tuple[bytes, Wish]:
    """The note's bytes with the parts, written by the no-model engine."""
    original = Original("a note", data)
    wish = choose_parts(named, original.outline(JOURNAL), JOURNAL)
    engine = ExtractiveEngine(CONTEXT.source, CONTEXT.candidates, JOURNAL, CONTEXT.known_tags)
    filling = Filling(CONTEXT, JOURNAL, original, wish, RULES)
    made = fill_note(filling, Engines(engine), Watch(), prompt_folders(None))
    assert not made.note.intruders
    return original.edited(made.note.edits), wish


def only_added(before: bytes, after: bytes) -> bool:
    """Whether ``after`` is ``before`` with whole stretches added: nothing went, nothing moved."""
    at = 0
    for line in before.splitlines(keepends=True):
        found = after.find(line.rstrip(b"\r\n"), at)
        if found < 0:
            return False
        at = found + len(line.rstrip(b"\r\n"))
    return True


@given(
    st.lists(st.sampled_from(sorted(SECTIONS)), unique=True),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["", "\n", "\n\n#\n", "\n#", "  \n\n\n", "\xff"]),
    st.sets(st.sampled_from(FRONT)),
)
def test_whatever_is_missing_is_added_and_every_other_byte_stays(
    names: list[str], ending: str, bom: str, end: str, front: set[str]
) -> None:
    """Line ends, byte order mark, comments, code, tabs and bytes that are no text are as they were."""
    order = [name for name in SECTIONS if name in names]
    text = bom + note_of(*order, front="".join(row for row in FRONT if row in front)) + end
    data = text.replace("\n", ending).encode("latin-1" if end == "\xff" and not bom else "utf-8", "replace")
    wanted = tuple(n for n in ("scene cut", "signal braid", "risk surface", "ending questions") if n not in names)
    after, wish = filled(data, Named(wanted, ("keywords", "description")))
    assert only_added(data, after)
    assert after.startswith(data[:3])
    assert (after.count(b"\r\n") == after.count(b"\n")) == (ending == "\r\n")
    outline = Original("a note", after).outline(JOURNAL)
    assert outline.note.keywords
    assert outline.note.description
    assert [row.name for row in wish.sections] == list(wanted)
    again = choose_parts(Named(), outline, JOURNAL) if len(wanted) + len(names) > 5 else Wish()
    assert not set(again.fields)


@pytest.mark.parametrize("name", ["scene cut", "signal braid", "risk surface", "ending questions"])
def test_a_section_goes_to_its_place_in_the_types_order(name: str) -> None:
    """Whichever section is missing, the note has its type's order afterwards, with its own blank lines."""
    names = [row for row in SECTIONS if row not in (name, "own")]
    after, _ = filled(note_of(*names).encode(), Named((name,)))
    found = re.findall(r"^## (.*)$", after.decode(), re.MULTILINE)
    assert found == [row for row in SECTIONS if row != "own"]


def test_what_was_taken_out_comes_back_to_the_byte() -> None:
    """A draft's section that is cut and filled again leaves the draft as it was."""
    whole, _ = filled(note_of("my take", front="title: a note\ntags:\n  - tech-journal\n  - 2023\n").encode(), Named())
    text = whole.decode()
    outline = read_outline(text, "a note", JOURNAL)
    for section in JOURNAL.written_by_model:
        place = outline.place_of(section)
        if section.heading and place is not None:
            start = text.rindex("\n", 0, place.start) + 1
            cut = text[:start] + text[place.end :]
            assert filled(cut.encode(), Named((section.name,)))[0].count(f"## {section.heading}".encode()) == 1


@pytest.mark.parametrize(
    ("held", "is_missing"),
    [("todo: risk surface", True), ("TODO: write", True), ("- todo: more", True), ("", True), ("Words.", False),
     ("Words.\n\ntodo: risk surface", False)],
)  # fmt: skip
def test_a_placeholder_alone_is_as_good_as_nothing(held: str, is_missing: bool) -> None:
    """A todo line, or nothing under a heading, is filled unasked; words of any kind are not."""
    outline = read_outline(f"# a note\n\n## risk surface\n{held}\n\n## my take\nx\n", "a note", JOURNAL)
    assert outline.lacks(find_section("risk surface", JOURNAL)) is is_missing


def test_a_named_section_is_replaced_and_its_neighbours_stay() -> None:
    """Naming a section that has words replaces these, smaller headings and all, and nothing else."""
    data = note_of("scene cut", "signal braid", "risk surface", "own", "my take").encode()
    after, _ = filled(data, Named(("signal braid",)))
    assert b"One thing." not in after
    assert b"### smaller" not in after
    start, end = data.index(b"## signal braid"), data.index(b"## risk surface\n\n- A")
    assert after.startswith(data[:start])
    assert after.endswith(data[end:])


@pytest.mark.parametrize("name", ["my take", "My Take", "my_take"])
def test_the_persons_own_section_is_never_written(name: str) -> None:
    """However it is spelled, what the type leaves to the person is refused."""
    with pytest.raises(UsageError, match="yours to write"):
        find_section(name, JOURNAL)


@pytest.mark.parametrize(("name", "near"), [("risk surfaces", "risk surface"), ("", "scene cut"), ("x" * 400, "lead")])
def test_a_section_that_the_type_lacks_is_named_with_the_nearest(name: str, near: str) -> None:
    """A slip of the pen is answered with what there is."""
    with pytest.raises(UsageError, match=near):
        find_section(name, JOURNAL)


def test_a_note_of_another_shape_is_not_filled_unasked() -> None:
    """A note with sections of its own and hardly one of the type's does not get six more."""
    outline = read_outline("# a note\n\n## one\nx\n\n## two\ny\n\n## scene cut\nz\n", "a note", JOURNAL)
    with pytest.raises(UsageError, match="another kind of note"):
        choose_parts(Named(), outline, JOURNAL)


@pytest.mark.parametrize("held", ["```\nnever closed\n", "%%\nnever closed\n", "<!-- never closed\n"])
def test_a_part_that_nobody_would_see_is_refused(held: str) -> None:
    """Behind code or a comment that is not closed a heading is none, and that is said instead of written."""
    data = note_of("scene cut", front="title: a note\n").encode() + held.encode()
    with pytest.raises(EnrichError, match="would be read as such"):
        filled(data, Named(("risk surface",)))


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("description:  # to write\n", "description: {}  # to write\n"),
        ('description: ""\n', "description: {}\n"),
        ("Description: ~\nnote_id: x\n", "Description: {}\nnote_id: x\n"),
        ("title: a note\nnote_id: x\n", "title: a note\ndescription: {}\nnote_id: x\n"),
        ("description: |\n", "description: {}\n"),
    ],
)
def test_a_property_is_set_where_it_stands_or_belongs(front: str, line: str) -> None:
    """A key keeps its spelling, place and comment; a missing one comes where the type has it."""
    after, _ = filled(note_of(front=front).encode(), Named((), ("description",)))
    pattern = re.escape(line).replace(r"\{\}", r"[^\n]+").replace(r"{}", r"[^\n]+")
    assert re.match(rf"---\n{pattern}", after.decode()), after.decode()[:300]


@pytest.mark.parametrize(
    ("front", "shown"),
    [
        ("tags: [a, b]\n", r"keywords: \[\w+(, \w+){4}\]\n"),
        ("tags:\n- a\n- b\n", r"keywords:\n(- \w+\n){5}"),
        ("tags:\n    - a\n", r"keywords:\n(    - \w+\n){5}"),
        ("keywords: []  # none yet\ntags:\n  - a\n", r"keywords:  # none yet\n(  - \w+\n){5}"),
    ],
)
def test_a_list_is_written_as_the_note_writes_its_lists(front: str, shown: str) -> None:
    """In brackets or one a line, with the note's own indentation."""
    after, _ = filled(note_of(front=front).encode(), Named((), ("keywords",)))
    assert re.search(shown, after.decode()), after.decode()[:300]


@pytest.mark.parametrize(
    "text", ["", "\n", "no heading at all", "# a note", "# a note\n", "\r\n# a note\r\n\r\nWords."]
)
def test_a_bare_note_gets_all_its_parts(text: str) -> None:
    """An empty file, a line, a title: each becomes a note of the type, its own words kept."""
    after, _ = filled(text.encode(), Named())
    for word in text.split():
        assert word.encode() in after
    outline = Original("a note", after).outline(JOURNAL)
    assert outline.layout.is_shaped(JOURNAL) or "my take" not in after.decode()
    assert outline.note.keywords


def test_broken_front_matter_is_left_alone() -> None:
    """Where two readers of YAML do not agree on what stands there, no property is set."""
    with pytest.raises(EnrichError, match="front matter"):
        filled(note_of(front="title: [a note\n").encode(), Named((), ("description",)))


def test_the_tree_shows_the_notes_own_tags_and_links() -> None:
    """The linkage tree is of the note as it will be: links of its prose, also those that were just written."""
    data = note_of("scene cut", front="tags: [tech-journal, robotics, hardware, 2023]\n").encode()
    after, _ = filled(data, Named(("signal braid",), linkage=True))
    tree: Any = re.search(r"## linkage\n<div.*?\n</div>", after.decode(), re.DOTALL)
    assert "#robotics" in tree[0]
    assert set(re.findall(r"<li>\[\[(.*?)\]\]", tree[0])) <= LINKS
