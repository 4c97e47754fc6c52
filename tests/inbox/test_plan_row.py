"""A plan as people leave it: slips that leave no doubt are none, everything else is named and not drafted."""

from datetime import date

import pytest

from enrich.inbox.plan_row import Row, read_plan
from enrich.vault.note_type import prompt_folders, read_note_type

TYPES = {name: read_note_type(name, prompt_folders(None)) for name in ("tech-journal", "article-note")}
ENTRY = (
    "- [x] draft\n- type: tech-journal\n- title: first of all\n- tags: robotics, ai\n- date: 2023-02-01\n\nNews; a\n"
)
PLAN = f"---\ntitle: inbox\n---\n\n# inbox 2026\n\nTick it.\n\n## 1 First\n\n{ENTRY}\n## 2 Second\n\n{ENTRY}"
GOOD = Row(1, True, "tech-journal", "first of all", "robotics, ai", date(2023, 2, 1))


def first(old: str, new: str) -> Row:
    """The first entry of the plan with one change in it."""
    assert old in PLAN
    return read_plan(PLAN.replace(old, new, 1), TYPES)[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("\n", "\r\n"),
        ("- [x] draft", "\t* [X] draft ✅ 2026-11-28"),
        ("- [x] draft", "1. [x] draft"),
        ("- type: tech-journal", "  - **Type**: Tech-Journal"),
        ("title: first of all", "title:First of All"),
        ("title: first of all", 'title: "first\u00a0of all"'),
        ("robotics, ai", "#robotics #ai"),
        ("robotics, ai", "[robotics, ai]"),
        ("2023-02-01", "[[2023-02-01]]"),
        ("2023-02-01", "2023-02-01 10:00"),
        ("News; a", "- [ ] ask Tom\n- note: later\nNews; a"),
        ("## 1 First", "#### 1 First"),
    ],
)
def test_a_slip_that_leaves_no_doubt_is_none(old: str, new: str) -> None:
    """What editors and other programs do to a list changes nothing of what is meant."""
    text = PLAN.replace(old, new) if old == "\n" else PLAN.replace(old, new, 1)
    assert read_plan(text, TYPES)[0] == GOOD


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("- [x] draft", "- [-] draft", "neither empty nor ticked"),
        ("News; a", "- [x] draft", "or several"),
        ("- [x] draft\n", "", "has no box"),
        ("robotics, ai", "robotics ai", "tag that is none"),
        ("2023-02-01", "1.2.2023", "date that is none"),
        ("2023-02-01", "2023-02-30", "date that is none"),
        ("title: first of all", "title: ../first", "title that is no name"),
        ("title: first of all", "title: index", "title that is no name"),
        ("\n## 2 Second\n", "\n", "twice"),
        ("## 2 Second", "## 1 First", "stands in the plan twice"),
    ],
)
def test_what_is_in_doubt_is_not_drafted_and_says_why(old: str, new: str, fault: str) -> None:
    """A plan is a gate: nothing is guessed that costs money."""
    row = first(old, new)
    assert fault in row.fault
    assert not row.ticked


@pytest.mark.parametrize(("before", "after"), [("%%\n", "%%\n"), ("<!--\n", "-->\n"), ("```\n", "```\n")])
def test_what_was_put_into_a_comment_is_no_entry(before: str, after: str) -> None:
    """Whoever takes an entry out of sight does not want it drafted."""
    text = PLAN.replace("## 1 First", f"{before}## 1 First").replace("## 2 Second", f"{after}\n## 2 Second")
    assert [row.number for row in read_plan(text, TYPES)] == [2]


def test_a_box_under_a_heading_without_its_number_is_told() -> None:
    """Nobody can know which source it is, and nothing that was ticked goes unnoticed."""
    assert "without its number (First)" in first("## 1 First", "## First").fault


def test_an_empty_title_or_date_is_the_models_or_the_pages() -> None:
    """Both may be left open."""
    assert (first("first of all", "").title, first("2023-02-01", "").day) == ("", None)


def test_a_title_has_the_form_of_its_type() -> None:
    """Outside of a house's rules, capitals and signs of a name stay."""
    text = PLAN.replace("tech-journal", "article-note", 1).replace("first of all", "First of All, 2nd", 1)
    assert read_plan(text, TYPES)[0].title == "First of All, 2nd"


def test_a_tag_has_the_letters_of_its_type() -> None:
    """What the plan proposes from the vault's own tags may be ticked as it stands."""
    text = PLAN.replace("robotics, ai", "chính-sách-ai, people/ada", 2)
    assert "tag that is none" in read_plan(text, TYPES)[0].fault
    row = read_plan(text.replace("tech-journal", "article-note"), TYPES)[0]
    assert (row.tags, row.fault) == ("chính-sách-ai, people/ada", "")


def test_a_plan_without_entries_has_none() -> None:
    """Also an empty file is a plan."""
    assert read_plan("", TYPES) == read_plan("# inbox\n\nnothing\n", TYPES) == []
