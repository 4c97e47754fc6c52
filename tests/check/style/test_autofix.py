"""Mechanical mends."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enrich.check.style.autofix import FIXABLE, mend
from enrich.check.style.lint import check_style
from tests.check.sample_note import GENERAL_NOTE, NOTE, STEM, TECH_JOURNAL, check, damaged, rules
from tests.vault.declared_type import NOTE as DECLARED_NOTE
from tests.vault.declared_type import STEM as DECLARED_STEM
from tests.vault.declared_type import make_type

TREE_START = NOTE.index('<div class="linkage-tree">')
TREE = NOTE[TREE_START : NOTE.index("</div>\n\n## ending") + len("</div>")]
DAMAGES = [
    ("---\ntitle", "\ufeff---\ntitle", "a byte order mark"),
    ("\n\n# harbor", "\n# harbor", "no line above the title"),
    ("\n\n# harbor", "\n\n\n\n# harbor", "many lines above the title"),
    ("is the real news here.\n", "is the real news here. \t\n", "spaces at a line's end"),
    ("draft: true\n", "draft: true  \n", "spaces in the front matter"),
    ("\n\n## my take\n", "\n\n\n\n## my take\n", "two blank lines"),
    ("\n\n## my take\n", "\n## my take\n", "no blank line above a heading"),
    ("## my take\n", "## my take\n\n", "a blank line under a heading"),
    ("Riders could", "Rid\u00aders\u200b \u202ecould\ufeff", "invisible characters"),
    ("Riders could", "Riders\tcould", "a tab between words"),
    ("draft: true\ndescription: Harbor City released three years of transit data under an open licence.\n",
     "description: Harbor City released three years of transit data under an open licence.\ndraft: true\n", "order"),
    ("cssclasses:\n  - tech-journal\n", "cssclasses: [tech-journal]\n", "a list in one line"),
    ("  - tech-journal\n---", "- tech-journal\n---", "a list without indentation"),
    ("  <ul>\n    <li>tags", "  <ul>\n\n    <li>tags", "a blank line in the tree"),
    ("        <li>#data</li>\n", "      <li>#data</li>\n", "indentation in the tree"),
    ("    </li>\n    <li>related", "    <li>related", "a tag of the tree that is not closed"),
    ("\n\n#\n", "\n", "no trailing mark"),
    ("\n\n#\n", "\n#", "no line feed after the trailing mark"),
    ("\n\n#\n", "\n\n\n#\n\n#\n\n", "two trailing marks"),
    ("\n\n#\n", f"\n\n# {STEM}", "the title instead of the trailing mark"),
]  # fmt: skip
CHOICE = st.lists(st.sampled_from(DAMAGES), max_size=6, unique_by=lambda damage: damage[0])


@pytest.mark.parametrize(("old", "new"), [damage[:2] for damage in DAMAGES], ids=[damage[2] for damage in DAMAGES])
def test_a_mechanical_damage_is_undone_to_the_byte(old: str, new: str) -> None:
    """Nobody should count blank lines by hand, and nothing else of the note may change."""
    found = mend(damaged(old, new), STEM, TECH_JOURNAL)
    assert found.text == NOTE
    assert rules(found.findings) <= FIXABLE
    assert found.findings


def test_carriage_returns_are_undone_to_the_byte() -> None:
    """A note from Windows is mended as a whole."""
    assert mend(NOTE.replace("\n", "\r\n"), STEM, TECH_JOURNAL).text == NOTE
    assert mend(NOTE.replace("\n", "\r"), STEM, TECH_JOURNAL).text == NOTE


def test_a_clean_note_stays_as_it_is() -> None:
    """A pre-commit hook must not touch what is right."""
    found = mend(NOTE, STEM, TECH_JOURNAL)
    assert (found.text, found.findings) == (NOTE, ())


@given(CHOICE, st.booleans())
def test_many_damages_are_undone_together(damages: list[tuple[str, str, str]], windows: bool) -> None:
    """One run is enough, whatever came together."""
    text = NOTE
    for old, new, _ in damages:
        text = text.replace(old, new) if text.count(old) == 1 else text
    text = text.replace("\n", "\r\n") if windows else text
    found = mend(text, STEM, TECH_JOURNAL).text
    assert mend(found, STEM, TECH_JOURNAL).text == found
    assert not rules(check(found)) & FIXABLE


@given(
    st.text(alphabet="ab #-[]\n\t\r<>`|%$\ufeff\u200b\u200d: ", max_size=60),
    st.integers(0, len(NOTE)),
    st.integers(0, 90),
)
@example("```\n", len(NOTE), 0)
@example("%%", 900, 0)
@example("`\u200b`\u200b`", 0, 0)
@example("` \r`\r", 0, 0)
def test_mending_again_changes_nothing(inserted: str, at: int, dropped: int) -> None:
    """A hook that mends a note twice in two ways would never let it pass."""
    text = NOTE[:at] + inserted + NOTE[at + dropped :]
    found = mend(text, STEM, TECH_JOURNAL).text
    assert mend(found, STEM, TECH_JOURNAL).text == found


@given(st.text(alphabet="ab #-[]\n\t<>`|%$: ", max_size=60), st.integers(0, len(NOTE)))
def test_mending_makes_no_new_faults(inserted: str, at: int) -> None:
    """A mend that breaks another rule is none."""
    at = max(at, NOTE.index("\n# "))
    text = NOTE[:at] + inserted + NOTE[at:]
    before = rules(check_style(text, STEM, TECH_JOURNAL))
    after = rules(check_style(mend(text, STEM, TECH_JOURNAL).text, STEM, TECH_JOURNAL))
    assert after & FIXABLE <= before


def test_a_lost_tree_is_built_from_the_note() -> None:
    """Tags and links stand in the note already."""
    text = NOTE.replace(TREE, "<div></div>")
    assert mend(text, STEM, TECH_JOURNAL).text == NOTE


def test_prose_in_the_linkage_section_is_left_to_its_writer() -> None:
    """Words that a person put there are not the tool's to delete."""
    text = NOTE.replace(TREE, f"See also the port's own page.\n{TREE}")
    assert mend(text, STEM, TECH_JOURNAL).text == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The team of six is the real news here.", "A line that breaks  \nand goes on."),
        ("The team of six is the real news here.", "Look:\n\n```\ncode  \n\n\n\nmore\t\n```"),
        ("The team of six is the real news here.", "می\u200cخواهم"),
        ("draft: true\n", "draft: true # until July\n"),
    ],
)
def test_what_could_carry_meaning_is_left_alone(old: str, new: str) -> None:
    """A hard line break, code, a joiner in Persian and a comment are somebody's choice."""
    text = damaged(old, new)
    assert mend(text, STEM, TECH_JOURNAL).text == text


def test_keys_with_comments_between_them_are_not_moved() -> None:
    """Nobody could say to which key a comment belongs."""
    text = damaged("updated:", "# by hand\ndraft: true\nupdated:", damaged("draft: true\n", ""))
    assert mend(text, STEM, TECH_JOURNAL).text == text


def test_a_note_of_another_shape_keeps_its_headings() -> None:
    """Blank lines under headings are right in another kind of note."""
    text = NOTE[: NOTE.index("*see also")].replace("draft: true", "draft: false") + "## thoughts\n\nSome.\n\n#\n"
    assert mend(text, STEM, TECH_JOURNAL).text == text


def test_a_type_without_a_tree_gets_none() -> None:
    """The short note has no linkage section."""
    text = "---\ntitle: a\n---\n\n# a\n\nWords.\n\n## facts\n\n- One.\n"
    assert mend(text, "a", GENERAL_NOTE).text == "---\ntitle: a\n---\n\n# a\n\nWords.\n\n## facts\n\n- One.\n\n#\n"


def test_of_other_types_the_order_of_keys_and_the_last_line_are_mended(tmp_path: Path) -> None:
    """What the type declares and nobody has to decide; keys of the person's own stay where they are."""
    note_type = make_type(tmp_path)
    whole = DECLARED_NOTE.replace("kind: book\n", "mine: 1\nkind: book\n")
    lines = whole.split("\n")
    at = lines.index("kind: book")
    assert lines[at - 2].startswith("uid: ")
    lines[at - 2], lines[at] = lines[at], lines[at - 2]
    damaged_note = "\n".join(lines).replace("\n%%end%%\n", "")
    found = mend(damaged_note, DECLARED_STEM, note_type)
    assert found.text.replace("\n\n%%end%%", "\n%%end%%") == whole.replace("\n\n%%end%%", "\n%%end%%")
    assert rules(found.findings) == {"T1", "T10"}
    assert mend(found.text, DECLARED_STEM, note_type).text == found.text
    assert mend(whole, DECLARED_STEM, note_type).text == whole


@pytest.mark.parametrize("end", ["", "\n```\ncode", "\n%% a comment", "\n<div>\nx"])
def test_a_note_whose_end_is_open_gets_no_last_line(tmp_path: Path, end: str) -> None:
    """In code that is not closed the last line would be a part of it; an empty note is left alone too."""
    text = f"Words.{end}" if end else ""
    assert mend(text, "a", make_type(tmp_path)).text == text


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    """What is put in has the line ends of the note."""
    assert mend("Words.\r\n", "a", make_type(tmp_path)).text == "Words.\r\n\r\n%%end%%\r\n"
