"""A type of somebody else's vault is held to what it declares, and to what is everybody's."""

from pathlib import Path

import pytest

from enrich.check.style.declared import check_declared, keeps_type
from enrich.check.style.lint import check_style, rules_of
from tests.vault.declared_type import NOTE, STEM, TABLE, make_type


def test_a_note_that_keeps_its_type(tmp_path: Path) -> None:
    """Foreign keys, a heading one level down and an empty section of the person's are nobody's fault."""
    note_type = make_type(tmp_path)
    assert check_style(NOTE, STEM, note_type) == ()
    assert keeps_type(NOTE, STEM, note_type)


DAMAGES = [
    ("T1", "kind: book\n", "", "lacks kind"),
    ("T1", "uid: 240503RD01\nkind: book\n", "kind: book\nuid: 240503RD01\n", "order kind, uid"),
    ("T2", "kind: book", "kind: film", "kind is 'film', not book"),
    ("T2", "author: [A. Walker]", "author: A. Walker", "author is 'A. Walker', not a list"),
    ("T2", "read: 2024-05-03", "read: soon", "read is 'soon', not a date"),
    ("T4", "# On quiet roads\n", "", "heading of level 1"),
    ("T5", "## Doubts\nWho walks there?\n\n", "", "'Doubts' is missing"),
    ("T5", "### Steps", "## Summary", "'Summary' stands 2 times"),
    ("T6", "- Roads lead to", "Roads lead to", "no bullets"),
    ("T6", "> Quiet roads are few.\n> — page 3", "Quiet roads are few.", "no quotations"),
    ("T6", "Who walks there?", "I doubt it.", "question mark"),
    ("T7", "- Roads lead to [[Rome]].\n", "- Roads lead to [[Rome]].\n- a b\n- a b\n- a b\n", "5 bullets"),
    ("T7", "Walkers like quiet", "Walkers " + "like " * 40, "words; allowed are 3 to 40"),
    ("T8", "[[Rome]]", "Rome", "0 wikilinks"),
    ("T9", " ([Press](https://press.example/roads))", "", "no link to the page"),
    ("T10", "%%end%%", "the end", "not '%%end%%'"),
    ("T11", "uid: 240503RD01", "uid: 12", "uid is 12"),
    ("T14", "Walkers like quiet", "Walkers like seamless", "does without"),
    ("M2", "kind: book", "kind: [book", "YAML"),
    ("M23", "Roads are long.", "Roads are <b>long</b>.", "HTML"),
]


@pytest.mark.parametrize(("rule", "old", "new", "said"), DAMAGES)
def test_each_damage_is_told_by_the_rule_that_it_breaks(
    tmp_path: Path, rule: str, old: str, new: str, said: str
) -> None:
    """One damage, its rule, and words that say which key or section it is about."""
    assert old in NOTE
    found = check_style(NOTE.replace(old, new), STEM, make_type(tmp_path))
    assert any(row.rule == rule and said in row.message and row.level == "must" for row in found), found


@pytest.mark.parametrize(
    ("stem", "rule"),
    [
        ("On quiet roads", "T3"),
        ("2024-05-03 on quiet roads", "T3"),
        ("2024-05-03", "T3"),
        (f"2024-05-03 {'A ' * 9}b", "T12"),
    ],
)
def test_the_files_name_follows_pattern_case_and_length(tmp_path: Path, stem: str, rule: str) -> None:
    """Who names files by day and title is told of one that is not so called."""
    assert rule in {row.rule for row in check_style(NOTE, stem, make_type(tmp_path))}


def test_sections_in_another_order(tmp_path: Path) -> None:
    """Order is a must; the message names both headings."""
    text = NOTE.replace("## Doubts\nWho walks there?\n\n", "").replace(
        "## Key", "## Doubts\nWho walks there?\n\n## Key"
    )
    (found,) = check_style(text, STEM, make_type(tmp_path))
    assert (found.rule, found.message) == ("T5", "'Key points' stands after 'Doubts'")


def test_an_alternative_stands_in_the_others_place(tmp_path: Path) -> None:
    """A table instead of quotations passes; with neither of them one is missing."""
    quotes = "## Quotes\n> Quiet roads are few.\n> — page 3\n"
    table = "## Figures\n| what | where |\n|---|---|\n| 3 roads | page 3 |\n"
    assert keeps_type(NOTE.replace(quotes, table), STEM, make_type(tmp_path))
    assert not keeps_type(NOTE.replace(quotes, ""), STEM, make_type(tmp_path))


def test_a_closed_type_has_no_other_headings(tmp_path: Path) -> None:
    """`closed` tells a note of another shape, which has all the sections and one more."""
    more = NOTE.replace("## Doubts", "## Weather\nRain.\n\n## Doubts")
    assert keeps_type(more, STEM, make_type(tmp_path / "open"))
    (found,) = check_declared(
        more, STEM, make_type(tmp_path / "closed", TABLE.replace("h1 = true", "h1 = true\nclosed = true"))
    )
    assert found.message == "'Weather' is no section of the type"


def test_limits_of_a_learned_type_are_wishes(tmp_path: Path) -> None:
    """Too many bullets are no must there; a missing section is."""
    note_type = make_type(tmp_path, TABLE.replace('level = "must"', 'level = "should"'))
    many = NOTE.replace("- Roads lead to [[Rome]].\n", "- Roads lead to [[Rome]].\n" + "- a b\n" * 4)
    assert [row.level for row in check_style(many, STEM, note_type)] == ["should"]
    assert keeps_type(many, STEM, note_type)
    assert not keeps_type(NOTE.replace("## Doubts", "## Others"), STEM, note_type)


def test_a_type_that_declares_sections_alone_asks_nothing_else(tmp_path: Path) -> None:
    """No id, no tags, no heading, no ending, any title: none of the tech journal's rules hold."""
    note_type = make_type(
        tmp_path, 'name = "reading"\n[[section]]\nname = "points"\nheading = "Points"\nshape = "bullets"\n'
    )
    assert check_style("# Any Title!\n\n## Points\n* one\n+ two\n", "Any Title! (2)", note_type) == ()
    assert {rule.id for rule in rules_of(note_type)} == {"M2", "M22", "M23", "M26", "M27", "T5", "T6", "T7", "E1"}


def test_a_note_that_waits_for_its_person_is_not_too_short(tmp_path: Path) -> None:
    """The least number of words counts what the person has still to write: it is asked once that is written."""
    note_type = make_type(tmp_path, TABLE.replace("words = [5, 400]", "words = [300, 400]"))
    too_short = [row for row in check_style(NOTE, STEM, note_type) if row.rule == "T14"]
    assert len(too_short) == 1
    open_note = NOTE.replace("## Mine\n", "## Mine\ntodo: mine\n")
    assert not [row for row in check_style(open_note, STEM, note_type) if row.rule == "T14"]
