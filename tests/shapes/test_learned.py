"""Types that are learned from notes."""

from pathlib import Path

import pytest

from enrich.check.style.declared import check_declared, keeps_type
from enrich.shapes.learned import learn_types
from enrich.vault.habits import is_of_type
from enrich.vault.note import Note, parse_note
from enrich.vault.template import fill
from tests.shapes.written_notes import BOOKS, book_note, learn_one, meeting_note, shapes_of, write_type


def books() -> list[Note]:
    """Four notes about books."""
    return [book_note(title, number) for number, title in enumerate(BOOKS, 1)]


def test_a_type_says_what_its_notes_have_in_common(tmp_path: Path) -> None:
    """Properties with form and writer, sections with shape, the ending and the sign that tells the notes are found."""
    found = write_type(tmp_path, learn_one(*books()))
    assert [(row.key, row.form, row.writer) for row in found.properties] == [
        ("title", "text", "tool"),
        ("kind", "text", "constant"),
        ("author", "text", "source"),
        ("created", "date", "tool"),
        ("tags", "tags", "model"),
    ]
    assert [(row.heading, row.shape) for row in found.sections] == [
        ("", "paragraph"),
        ("Summary", "free"),
        ("Question", "question"),
    ]
    assert (found.h1, found.ending, found.closed, found.level) == (True, "%%end%%", True, "should")
    assert [row.items for row in found.sections] == [(1, 1), (2, 2), (1, 1)]
    assert found.match.headings == ("Summary", "Question")


def test_the_notes_keep_their_type_and_others_do_not(tmp_path: Path) -> None:
    """A learned type passes the notes that it was learned from, and none of another kind."""
    found = write_type(tmp_path, learn_one(*books()))
    assert all(is_of_type(note, found) and keeps_type(note.text, note.stem, found) for note in books())
    assert not is_of_type(meeting_note(1), found)
    damaged = books()[0].text.replace("## Summary", "## Sumary")
    assert [row.message for row in check_declared(damaged, "Walden", found) if row.level == "must"] == [
        "the section 'Summary' is missing",
        "'Sumary' is no section of the type",
    ]


def test_two_kinds_in_one_folder_are_two_types() -> None:
    """Notes of two kinds are told apart, whatever order they come in."""
    mixed = [row for pair in zip(books(), map(meeting_note, range(1, 5)), strict=True) for row in pair]
    learned = learn_types(shapes_of(*mixed))
    assert sorted(len(one.shapes) for one in learned) == [4, 4]
    assert all(len({shape.note.folder for shape in one.shapes}) == 1 for one in learned)


def test_a_section_that_some_notes_lack_is_optional() -> None:
    """Notes that differ in one section are of one type."""
    notes = books() + [
        parse_note(
            note.path.replace(".md", " again.md"),
            note.text.replace("## Question", "## Thesis\nSo it is.\n\n## Question"),
        )
        for note in books()
    ]
    (learned,) = learn_types(shapes_of(*notes))
    assert [(row.heading, row.optional) for row in learned.note_type.sections] == [
        ("", False),
        ("Summary", False),
        ("Thesis", True),
        ("Question", False),
    ]


def test_headings_that_vary_are_no_sections() -> None:
    """What stands in one note only is left to the note."""
    notes = [
        parse_note(f"a{number}.md", f"Words.\n\n## Topic {number}\nMore.\n\n## Sources\n- x{number}\n")
        for number in range(1, 6)
    ]
    learned = learn_one(*notes)
    assert [row.heading for row in learned.note_type.sections] == ["", "Sources"]
    assert not learned.note_type.closed


@pytest.mark.parametrize("heading", ["Краткое содержание", "今天的灵感或闪念", "Tóm tắt: ý chính", "1. Plan & {{ x }}"])
def test_headings_of_any_language_are_sections(tmp_path: Path, heading: str) -> None:
    """The words of a heading are kept, and the section gets a name that a template may use."""
    notes = [parse_note(f"n{number}.md", f"## {heading}\n- one {number}\n") for number in range(3)]
    found = write_type(tmp_path, learn_one(*notes))
    assert [row.heading for row in found.sections] == [heading]
    assert all(keeps_type(note.text, note.stem, found) for note in notes)


def test_underlined_headings_are_sections() -> None:
    """A heading that is underlined counts as one with hashes."""
    notes = [parse_note(f"n{number}.md", f"Summary\n-------\nWords {number}.\n") for number in range(3)]
    assert [row.heading for row in learn_one(*notes).note_type.sections] == ["Summary"]


def test_one_note_is_enough_where_it_is_named(tmp_path: Path) -> None:
    """From a single note a type is made; nothing in it is taken for a constant."""
    found = write_type(tmp_path, learn_one(book_note("Walden")))
    assert [row.heading for row in found.sections] == ["", "Summary", "Question"]
    assert {row.writer for row in found.properties} == {"tool", "person", "source", "model"}
    assert learn_types(shapes_of(book_note("Walden"))) == ()


@pytest.mark.parametrize(
    "front",
    [
        "a: [\nb: {{ x }}\n",
        "title: 'it''s'\n\"odd key\": 1\n? complex\n: x\n",
        "x: {{ config }}\ny: '{% raw %}'\nz: \"\\u007f\"\n",
        'aliases: [a, "b: c"]\nurl: https://x.example/?q={{1}}\n',
        "date: 2024-13-45\nn: 1e999\nflag: yes\n",
        "",
    ],
)
def test_front_matter_of_any_kind_gives_a_sound_type(tmp_path: Path, front: str) -> None:
    """Broken, odd and hostile front matter is data: the table can be read and the template filled."""
    block = f"---\n{front}---\n" if front else ""
    notes = [parse_note(f"n{number}.md", f"{block}\n# n{number}\n\nWords {number}.\n") for number in range(3)]
    learned = learn_one(*notes)
    found = write_type(tmp_path, learned)
    values: dict[str, object] = {
        "title": "T",
        "created": "2024-01-01",
        "note_id": "",
        "tags": [],
        "keywords": [],
        "description": "D",
    }
    values |= {
        "front": "",
        "see_also": [],
        "source": {"url": "", "title": ""},
        "body": {row.key: "B" for row in found.sections},
    }
    filled = fill(found.directory, "note.md.j2", values)
    assert "# T\n" in filled


def test_constant_text_with_template_commands_is_written_as_it_is(tmp_path: Path) -> None:
    """What the notes have in common goes into the template as data: no command of it is followed."""
    lines = "{{ 7 * 7 }} {% include 'x' %} {# no #} {{{ }}} %}"
    notes = [
        parse_note(
            f"n{number}.md",
            f'---\nnote: "{{{{ 1 }}}} x"\n---\n\n## A {{{{b}}}}\n{lines}\n\nown {number}\n\n## B\n{lines}\n',
        )
        for number in range(4)
    ]
    found = write_type(tmp_path, learn_one(*notes))
    body, front = {row.key: "BODY" for row in found.sections}, 'note: "{{ 1 }} x"\n'
    filled = fill(found.directory, "note.md.j2", {"body": body, "title": "T", "front": front})
    assert filled == f'---\nnote: "{{{{ 1 }}}} x"\n---\n\n## A {{{{b}}}}\n{lines}\n\nBODY\n\n## B\n{lines}\n'


def test_line_ends_and_byte_order_marks_change_nothing() -> None:
    """Notes with carriage returns have the shape that they have without them."""
    plain, other = books(), [parse_note(note.path, "\ufeff" + note.text.replace("\n", "\r\n")) for note in books()]
    assert learn_one(*plain).note_type == learn_one(*other).note_type


def test_keys_in_any_order_are_no_rule(tmp_path: Path) -> None:
    """Where programs write keys now here, now there, no order is asked for, and the notes pass."""
    notes = [
        parse_note(
            f"n{number}.md", ("---\na: 1\nb: 2\n---\n" if number % 2 else "---\nb: 2\na: 1\n---\n") + "\n## S\nx\n"
        )
        for number in range(6)
    ]
    learned = learn_one(*notes)
    found = write_type(tmp_path, learned)
    assert len(found.properties) == 1
    assert all(keeps_type(note.text, note.stem, found) for note in notes)


def test_a_kind_that_nothing_tells_from_the_rest_is_no_type() -> None:
    """Notes without a sign of their own are left alone."""
    notes = [parse_note(f"n{number}.md", f"Just words {number}.\n") for number in range(4)]
    assert learn_types(shapes_of(*notes)) == ()


def test_the_person_s_own_words_are_not_drafted() -> None:
    """A section that says *I* in its heading or its sentences is left to the person."""
    notes = [parse_note(f"n{n}.md", f"## Facts\nIt is {n}.\n\n## Verdict\nI doubt {n}.\n") for n in range(4)]
    assert [(row.heading, row.writer) for row in learn_one(*notes).note_type.sections] == [
        ("Facts", "model"),
        ("Verdict", "human"),
    ]


def test_of_two_sections_that_stand_instead_of_one_another_a_note_has_one() -> None:
    """Where half of the notes have one section and half another, both may be missing in none, and none has both."""
    notes = [
        parse_note(
            f"n{number}.md",
            f"## Context\nWords.\n\n## {('Gains', 'Risks')[number % 2]}\nWords {number}.\n\n## Sources\n- a\n",
        )
        for number in range(12)
    ]
    found = learn_one(*notes).note_type
    assert [(row.heading, row.instead) for row in found.sections][1:3] == [("Gains", ""), ("Risks", "Gains")]
    both = notes[0].text.replace("## Sources", "## Risks\nToo.\n\n## Sources")
    neither = notes[0].text.replace("## Gains\nWords 0.\n\n", "")
    assert not keeps_type(both, "n0", found)
    assert not keeps_type(neither, "n0", found)
    assert all(keeps_type(note.text, note.stem, found) for note in notes)


def test_a_line_of_a_block_is_no_constant_of_its_own() -> None:
    """The opening tag, fence or first bullet that all notes share is not cut off from what belongs to it."""
    texts = ("<div>\n<i>{0}</i>\n</div>", "```\ncode {0}\n```", "- the same\n- other {0}", "> [!ref] Source\n> {0}")
    for text in texts:
        notes = [parse_note(f"n{number}.md", f"## S\n{text.format(number)}\n") for number in range(4)]
        (section,) = learn_one(*notes).sections
        assert (section.first_lines, section.last_lines, section.fixed) == ((), (), False)


def test_a_year_that_all_notes_have_is_no_constant() -> None:
    """Notes of one year are not of a type of that year."""
    notes = [
        parse_note(f"n{number}.md", f"---\ntags:\n  - log\n  - 2022\n  - t{number}\n---\n\n## S\nx {number}\n")
        for number in range(4)
    ]
    (tags,) = learn_one(*notes).properties
    assert tags.fixed == ("log",)


def test_a_key_in_two_spellings_is_one_property(tmp_path: Path) -> None:
    """Obsidian takes ``Aliases`` and ``aliases`` for the same, and so does the table."""
    notes = [
        parse_note(f"n{number}.md", f"---\n{('aliases', 'Aliases')[number > 4]}: [a{number}]\n---\n\n## S\nx\n")
        for number in range(8)
    ]
    assert [row.key for row in write_type(tmp_path, learn_one(*notes)).properties] == ["aliases"]


def test_an_empty_section_at_the_end_is_a_section() -> None:
    """A heading that waits for words, below which nothing stands yet, is no ending."""
    notes = [parse_note(f"n{number}.md", f"# n{number}\n\nWords {number}.\n\n## Comment:\n") for number in range(4)]
    found = learn_one(*notes).note_type
    assert [row.heading for row in found.sections] == ["", "Comment:"]
    assert all(keeps_type(note.text, note.stem, found) for note in notes)


def test_the_title_again_is_an_ending() -> None:
    """Notes that end with their title have no section of that name, and drafts end so, too."""
    notes = [parse_note(f"n{number}.md", f"# n{number}\n\n## S\nWords.\n\n# n{number}\n") for number in range(4)]
    learned = learn_one(*notes)
    assert ([row.heading for row in learned.note_type.sections], learned.ending) == (["S"], "# {title}")


def test_what_only_a_folder_tells_is_called_after_it() -> None:
    """Not after a heading that the notes happen to begin with, nor twice the same."""
    plain = [
        parse_note(f"Concepts/{word}.md", f"---\na: {word}\n---\nThe {word}.\n\n## Related\n- [[{word} two]]\n")
        for word in ("mesh", "ray", "shader", "voxel")
    ]
    elsewhere = [parse_note(f"Log/{day}.md", f"## Related\nDay {day}.\n\n## Proof\nNone.\n") for day in range(9)]
    for taken, name in (
        ((), "concepts"),
        (("concepts",), "concepts-related"),
        (("Concepts", "concepts-related"), "concepts-2"),
    ):
        (found,) = learn_types(shapes_of(*plain), elsewhere, taken=taken)
        assert found.note_type.name == name


def test_a_first_heading_below_the_text_is_no_title(tmp_path: Path) -> None:
    """Notes without a title on top are told from those with one, though both have headings of level 1."""
    untitled = [parse_note(f"A/{n}.md", f"Words of {n}.\n\n# Sources\n- {n}\n") for n in ("one", "two", "three")]
    found = write_type(tmp_path, learn_one(*untitled))
    assert found.h1 is False
    assert keeps_type(untitled[0].text, "one", found)
    assert not keeps_type(f"# one\n\n{untitled[0].text}", "one", found)


@pytest.mark.parametrize(("others", "kinds"), [(10, [10]), (6, [6, 6])])
def test_a_type_that_lets_in_more_of_others_than_it_has_of_its_own_is_none(others: int, kinds: list[int]) -> None:
    """Six notes whose keys have no form make a type that any note with their one heading keeps: it says little."""
    values = ("1", "[a]", "true", '"x: y"', "2020-01-01", "[b, c]")
    notes = [
        parse_note(
            f"F/a{n}.md",
            f"---\nk: {values[n]}\nl: {values[n - 1]}\nm: {values[n - 2]}\n---\n\n"
            f"## Sum\nIt is {n}.\n\n## Odd{n}\nSo.\n",
        )
        for n in range(6)
    ]
    notes += [
        parse_note(
            f"F/c{n}.md",
            f"---\nkind: c\nby: P{n}\non: 2020-01-{n + 1:02d}\nmark: {n}\n---\n\n"
            f"## Sum\nIt is {n}.\n\n## Pro\nYes.\n\n## Con\nNo.\n",
        )
        for n in range(others)
    ]
    assert [len(one.shapes) for one in learn_types(shapes_of(*notes))] == kinds
