"""What a vault's author does again and again."""

from pathlib import Path

from enrich.vault.habits import concept_pairs, count_concepts, count_tags, find_exemplars, has_shape
from enrich.vault.note import parse_note
from enrich.vault.note_type import NoteType, prompt_folders, read_note_type
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


def test_the_pair_goes_with_the_extra_tag(tmp_path: Path) -> None:
    """A new note gets the pair that this author's notes with that tag have."""
    chips = "[[Compute Bottlenecks]] · [[Latency Budget]]"
    notes = {f"infra {number}.md": house_note() for number in range(4)}
    notes |= {f"chips {number}.md": house_note("chips", chips) for number in range(3)}
    notes |= {"rare.md": house_note("rare", "[[Rare]] · [[Latency Budget]]"), "year.md": house_note("2021")}
    vault = make_vault(tmp_path, notes)
    assert concept_pairs(vault, least=3) == {
        "": ("Latency Budget", "Platform Risk"),
        "infra": ("Latency Budget", "Platform Risk"),
        "ai": ("Latency Budget", "Platform Risk"),
        "chips": ("Compute Bottlenecks", "Latency Budget"),
    }
    assert concept_pairs(vault, least=100) == {}


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
