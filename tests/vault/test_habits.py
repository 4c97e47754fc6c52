"""What a vault's author does again and again."""

from pathlib import Path

import pytest

from enrich.vault.habits import (
    concept_pair,
    count_concepts,
    count_tags,
    find_concepts,
    find_exemplars,
    find_type,
    has_shape,
    is_of_type,
)
from enrich.vault.note import parse_note
from enrich.vault.note_type import NoteType, prompt_folders, read_note_type
from tests.vault.declared_type import make_type
from tests.vault.folders import make_vault


def house_note(tag: str = "infra", pair: str = "[[Latency Budget]] · [[Platform Risk]]", draft: str = "false") -> str:
    """A note with a see-also line and nothing else."""
    front = f"---\ntags:\n  - tech-journal\n  - ai\n  - 2020\n  - {tag}\ndraft: {draft}\n---\n"
    return f"{front}\n# a note\n\n*see also:* {pair}\n"


def tech_journal() -> NoteType:
    """The type that ships with enrich."""
    return read_note_type("tech-journal", prompt_folders(None))


def sections(*headings: str) -> str:
    """A note with these sections."""
    return "---\ntitle: a\n---\n" + "".join(f"\n## {heading}\ntext\n" for heading in headings)


def test_tags_are_counted_once_a_note_and_not_in_drafts(tmp_path: Path) -> None:
    """A topic counts as the vault's own by how many notes use it."""
    twice = "---\ntags: [ai, ai, infra]\n---\n"
    vault = make_vault(tmp_path, {"a.md": twice, "b.md": "---\ntags: [ai]\n---\n", "c.md": house_note(draft="true")})
    assert count_tags(vault) == {"ai": 2, "infra": 1}


def test_see_also_lines_in_their_usual_forms() -> None:
    """Stars, separators and aliases differ; the targets are the same."""
    lines = ("*see also:* [[A]] · [[B]]", "See also: [[A|a]], [[B#b]]", "**see also**: [[A]] [[B]]")
    assert all(parse_note("x.md", f"# x\n\n{line}\n").see_also == ("A", "B") for line in lines)
    assert parse_note("x.md", "I see also [[A]]").see_also == ()


def test_concepts_are_targets_without_a_note(tmp_path: Path) -> None:
    """A see-also target that has a note behind it is a link, not a concept."""
    notes = {
        "a.md": house_note(),
        "b.md": house_note(pair="[[latency budget]] · [[X]]"),
        "x.md": house_note(draft="true"),
    }
    assert count_concepts(make_vault(tmp_path, notes)) == {"Latency Budget": 1, "Platform Risk": 1, "latency budget": 1}


def test_a_pair_of_concepts_is_a_whole_see_also_line(tmp_path: Path) -> None:
    """A line with a rare target, or with a note, gives no pair; neither does a draft's."""
    notes = {f"infra {number}.md": house_note() for number in range(4)}
    notes |= {"rare.md": house_note("rare", "[[Rare]] · [[Latency Budget]]"), "draft.md": house_note(draft="true")}
    vault = make_vault(tmp_path, notes)
    concepts = find_concepts(vault, least=3)
    assert concepts == {"Latency Budget", "Platform Risk"}
    assert concept_pair(vault.by_path["infra 0.md"], concepts) == ("Latency Budget", "Platform Risk")
    assert concept_pair(vault.by_path["rare.md"], concepts) is None
    assert concept_pair(vault.by_path["draft.md"], concepts) is None
    assert find_concepts(vault, least=100) == frozenset()


def test_shape_is_the_sections_in_order() -> None:
    """Further sections may stand between; a missing or misplaced one makes it another shape."""
    six = tech_journal().headings
    assert has_shape(parse_note("a.md", sections(*six)), tech_journal())
    assert has_shape(parse_note("a.md", sections(*six[:3], "link hop", *six[3:])), tech_journal())
    assert not has_shape(parse_note("a.md", sections(*six[1:])), tech_journal())
    assert not has_shape(parse_note("a.md", sections(*reversed(six))), tech_journal())
    assert not has_shape(parse_note("a.md", "```\n" + sections(*six) + "```\n"), tech_journal())


def test_exemplars_are_published_sound_and_strict(tmp_path: Path) -> None:
    """A model copies what it is shown: no draft, no broken note, and no further section while there is a choice."""
    six = tech_journal().headings
    exact, loose = sections(*six), sections(*six[:3], "link hop", *six[3:])
    others = {
        "draft.md": exact.replace("title: a", "draft: true"),
        "broken.md": exact.replace("title: a", "title: a: b"),
        "short.md": sections(*six[:2]),
    }
    few = make_vault(tmp_path / "few", {"exact.md": exact, "also.md": loose, **others})
    assert [note.stem for note in find_exemplars(few, tech_journal())] == ["exact", "also"]
    many = make_vault(tmp_path / "many", {f"{n}.md": exact for n in range(5)} | {"also.md": loose, **others})
    assert [note.stem for note in find_exemplars(many, tech_journal())] == ["0", "1", "2", "3", "4"]


MATCHING = [
    ("Reading/Books/x.md", "---\na: 1\n---\n", True),
    ("reading/books/2020/x.md", "", True),
    ("Reading/Booksellers/x.md", "", False),
    ("x.md", "---\ntags: [Reading]\n---\n", True),
    ("x.md", "---\ntags: ['#reading']\n---\n", True),
    ("x.md", "---\ntags: [readings]\n---\n", False),
    ("x.md", "---\nkind: Book\n---\n", True),
    ("x.md", "---\nKind: ['[[book]]', other]\n---\n", True),
    ("x.md", "---\nkind: booklet\n---\n", False),
    ("x.md", "---\ncssclasses: book\n---\n", True),
    ("x.md", "---\nkind: [[[\n---\n", False),
    ("x.md", "# a\n\n## Summary\n", False),
]


@pytest.mark.parametrize(("path", "text", "is_one"), MATCHING)
def test_which_notes_are_of_a_type_is_what_its_table_says(tmp_path: Path, path: str, text: str, is_one: bool) -> None:
    """By folder, tag, property or class, as the vault does it; one of them is enough."""
    note, note_type = parse_note(path, text), make_type(tmp_path)
    assert is_of_type(note, note_type) is is_one
    found = find_type(note, lambda _: None, lambda: None, lambda: [note_type])
    assert found is (note_type if is_one else None)


def test_of_two_types_that_a_note_matches_its_sections_decide(tmp_path: Path) -> None:
    """Two kinds of note in one folder are told from one another by their headings."""
    table = 'name = "{}"\n[match]\nfolder = ["N"]\n[[section]]\nname = "s"\nheading = "{}"\n'
    kinds = [make_type(tmp_path / name, table.format(name, name)) for name in ("one", "two")]
    note = parse_note("N/x.md", "## two\ntext\n")
    found = find_type(note, lambda _: None, lambda: None, lambda: kinds)
    assert found is kinds[1]


def test_two_headings_of_their_own_tell_a_type(tmp_path: Path) -> None:
    """A type of two files has no tag, folder or property; its sections are what its notes have in common."""
    table = 'name = "a"\n[[section]]\nname = "s"\nheading = "S"\n[[section]]\nname = "t"\nheading = "T"\n'
    note_type = make_type(tmp_path, table)
    assert is_of_type(parse_note("x.md", "## S\n\n### U\n\n## T\n"), note_type)
    assert not is_of_type(parse_note("x.md", "## T\n\n## S\n"), note_type)
