"""The house style as a whole: what is asked of which note, from what data, and how it is said."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from enrich.check.style.lint import check_style, rules_of
from enrich.text.mark import mark
from tests.check.sample_note import GENERAL_NOTE, NOTE, STEM, TECH_JOURNAL, check, damaged, rules

TAKE = "Open records age well only when somebody is paid to answer the mail. The team of six is the real news here."
GENERAL_STEM = "harbor city opens its transit data"
GENERAL = """\
---
title: harbor city opens its transit data
tags:
  - general-note
  - policy
  - data
  - 2023
keywords:
  - transit
  - opendata
  - harbor
  - licence
  - city
draft: true
description: Harbor City released three years of transit data under an open licence.
created: 2023-07-18
updated: 2023-07-18
note_id: 230718GN04
cssclasses:
  - general-note
---

# harbor city opens its transit data

Harbor City released three years of transit records and promised hourly updates from October, the first port town \
in the region to do so ([Harbor Gazette](https://gazette.example/transit-data)).

## facts
- The archive holds 1.2 billion rows from buses, ferries and bike docks.
- A team of six keeps the archive and removes the names of riders.

## threads
- The release mirrors what rail operators tried in [[rail timetable feed goes public]].

## my take
todo: my take

#
"""


@pytest.mark.parametrize(
    ("stem", "problem"),
    [
        ("harbor city opens", "3 words"),
        ("harbor city opens its transit data to all the builders", "10 words"),
        ("city opens its data", "19 characters"),
        ("harbor city's transit data opens up", "other characters"),
        ("harbor-city opens its transit data", "other characters"),
        ("harbor  city opens its transit data", "other characters"),
        ("metropolitan authorities synchronise infrastructures internationally", "68 characters"),
    ],
)
def test_the_file_name_has_the_type_s_form(stem: str, problem: str) -> None:
    """Links are typed from memory: a name must be short and plain."""
    findings = check(NOTE.replace(STEM, stem), stem)
    assert "M4" in rules(findings)
    assert any(problem in finding.message for finding in findings)


@pytest.mark.parametrize(
    "stem", ["city opens transit data", "harbor city opens its data to all of us", "a" * 20 + " city 7 x"]
)
def test_names_at_the_limits_pass(stem: str) -> None:
    """Both limits are allowed."""
    assert "M4" not in rules(check(NOTE.replace(STEM, stem), stem))


def test_a_file_name_with_capitals_is_told_apart_from_a_wrong_title() -> None:
    """Quartz keeps the case of a file name: lowercase names make lowercase addresses."""
    stem = STEM.title()
    (finding,) = [finding for finding in check(NOTE.replace(STEM, stem), stem) if finding.rule == "M3"]
    assert "is not lowercase" in finding.message


def test_an_id_that_another_note_has_is_found() -> None:
    """Two notes with one id cannot be told apart in the index."""
    (finding,) = check_style(NOTE, STEM, TECH_JOURNAL, taken_ids=["230718TJ03", "230718TJ04"])
    assert finding.rule == "M9"
    assert finding.span is not None and finding.span.of(NOTE) == "note_id: 230718TJ04\n"
    assert check_style(NOTE, STEM, TECH_JOURNAL, taken_ids=["230718TJ03"]) == ()


def test_links_are_looked_up_in_both_readers() -> None:
    """A link may work in the editor and be dead on the published page."""
    known = {"rail timetable feed goes public": (True, True), "Latency Budget": (False, False)}
    found = check_style(NOTE, STEM, TECH_JOURNAL, resolves=lambda target: known.get(target, (True, False)))
    assert [finding.message for finding in found] == [
        "[[Latency Budget]] leads to no note in Obsidian or Quartz",
        "[[Platform Risk]] leads to no note in Quartz",
        "[[weather service frees its radar archive]] leads to no note in Quartz",
    ]
    assert rules(found) == {"M26"}


def test_concepts_of_the_see_also_line_may_lead_nowhere() -> None:
    """The journal's own concepts have no note behind them, by habit."""
    concepts = ["Latency Budget", "Platform Risk"]
    found = check_style(NOTE, STEM, TECH_JOURNAL, resolves=lambda _: (False, True), allow_unresolved=concepts)
    assert [finding.message for finding in found] == [
        "[[rail timetable feed goes public]] leads to no note in Obsidian",
        "[[weather service frees its radar archive]] leads to no note in Obsidian",
    ]


def test_a_path_is_looked_up_without_its_alias() -> None:
    """`[[Archive/twin|twin]]` names the file before the bar."""
    asked: list[str] = []

    def resolves(target: str) -> tuple[bool, bool]:
        asked.append(target)
        return True, True

    text = NOTE.replace("[[rail timetable feed goes public]]", "[[Archive/rail feed|rail feed]]")
    check_style(text, STEM, TECH_JOURNAL, resolves=resolves)
    assert "Archive/rail feed" in asked
    assert len(asked) == len(set(asked)) == 4


def test_broken_yaml_is_found_with_its_line_in_the_file() -> None:
    """An unquoted colon stops the whole site build; its owner must find the line."""
    (finding,) = check(damaged("description: Harbor", "description: news: Harbor"))
    assert finding.rule == "M2"
    assert finding.message.startswith("line 16: YAML 1.1: mapping values are not allowed")


def test_nothing_may_be_left_to_do_in_a_published_note() -> None:
    """A placeholder on the public page is worse than no note."""
    assert rules(check(damaged("draft: true", "draft: false", damaged(TAKE, "todo: my take")))) == {"M27"}
    assert check(damaged("draft: true", "draft: false")) == ()


RISKS = NOTE[NOTE.index("- Riders could") : NOTE.index("\n\n## my take")]


@pytest.mark.parametrize(
    "left",
    ["todo: risk surface", "- Riders could be identified again where a stop has few passengers.\ntodo: risk surface"],
)
def test_a_section_may_be_left_to_the_person(left: str) -> None:
    """A draft that has too little for a section says so in a todo line; what is written there keeps its own rules."""
    assert rules(check(damaged(RISKS, left))) <= {"S5"}
    assert rules(check(damaged(RISKS, left.replace("again", "again " * 30)))) <= {"S5", "M18"}
    assert "M27" in rules(check(damaged(RISKS, left, damaged("draft: true", "draft: false"))))


def test_a_todo_line_excuses_nothing_that_is_too_much() -> None:
    """Four risks are one too many, whatever is still to come."""
    many = f"{RISKS}\n- A fourth risk stands here too.\ntodo: risk surface"
    assert "M18" in rules(check(damaged(RISKS, many)))


def test_a_todo_line_of_another_section_is_no_placeholder() -> None:
    """Only the type's own line leaves a section open."""
    assert "M18" in rules(check(damaged(RISKS, "todo: something")))


def test_carriage_returns_and_byte_order_mark_are_one_rule_and_move_no_span() -> None:
    """A note saved on Windows gets one kind of finding, and an editor still finds every other place."""
    text = "\ufeff" + damaged("before release.", "before release!").replace("\n", "\r\n")
    findings = check(text)
    assert [finding.rule for finding in findings] == ["M1", "M1", "S10"]
    assert findings[1].message.startswith(f"{NOTE.count(chr(10))} lines")
    assert findings[2].span is not None and findings[2].span.of(text) == "!"


def test_a_note_of_another_shape_is_not_held_to_the_sections() -> None:
    """A vault has notes of many shapes; a vault-wide check would otherwise report all of them."""
    body = f"\n# {STEM}\n\nA few words with [[a link|shown]].\n\n## thoughts\n- one\n\n#\n"
    front = NOTE[: NOTE.index("\n# ")].replace("draft: true", "draft: false")
    assert rules(check(front + body)) == {"M24"}


def test_a_draft_that_lost_sections_is_still_held_to_the_shape() -> None:
    """A reviewer who deletes a heading by mistake must hear of it."""
    text = damaged("## scene cut\n", "")
    assert "M14" in rules(check(text))
    assert "M14" not in rules(check(text.replace("draft: true", "draft: false")))


def test_sections_of_a_draft_out_of_order_are_found() -> None:
    """The order is what lets a reader skim a hundred notes."""
    text = (
        NOTE.replace("## risk surface", "## x").replace("## my take", "## risk surface").replace("## x", "## my take")
    )
    (finding,) = [finding for finding in check(text) if finding.rule == "M14"]
    assert "my take, risk surface" in finding.message


def test_a_second_type_needs_no_code() -> None:
    """Whoever adds a type writes a table; the rules follow it."""
    assert check(GENERAL, GENERAL_STEM, GENERAL_NOTE) == ()
    text = damaged(" in [[rail timetable feed goes public]]", " in rail timetables", GENERAL)
    assert rules(check(text, GENERAL_STEM, GENERAL_NOTE)) == {"S1"}
    text = damaged("- A team of six keeps the archive and removes the names of riders.\n", "", GENERAL)
    assert rules(check(text, GENERAL_STEM, GENERAL_NOTE)) == {"M15"}


def test_the_limits_come_from_the_table() -> None:
    """A journal with other habits changes a number, not the program."""
    sections = tuple(
        replace(section, words=(1, 5)) if section.name == "risk surface" else section
        for section in TECH_JOURNAL.sections
    )
    findings = check(NOTE, note_type=replace(TECH_JOURNAL, sections=sections))
    assert rules(findings) == {"M18"}
    assert findings[0].message == "bullet 1 of risk surface has 11 words; allowed are 1 to 5"
    assert rules(check(NOTE, note_type=replace(TECH_JOURNAL, prose_never=("archive",)))) == {"S10"}


def test_a_marked_sentence_is_counted_without_its_mark() -> None:
    """A mark is a word to the reviewer, not part of the prose."""
    text = damaged("priced yet.", "priced yet." + mark(["hosting", "hourly", "priced", "costs", "raise", "city"]))
    (finding,) = check(text)
    assert (finding.rule, finding.section) == ("E1", "risk surface")
    assert finding.message.startswith("the source does not say hosting, hourly, priced, costs, raise, city;")


def test_a_mark_in_the_front_matter_is_found_too() -> None:
    """A description is read more often than its note."""
    text = damaged("an open licence.\n", "an open licence." + mark([]) + "\n")
    (finding,) = check(text)
    assert (finding.rule, finding.section) == ("E1", "front matter")


def test_findings_come_in_the_order_of_the_rules_musts_first() -> None:
    """What stops a note stands on top."""
    order = [rule for rule, _ in groupby(rule.id for rule in rules_of(TECH_JOURNAL))]
    assert order == [*(f"M{number}" for number in range(1, 29)), "E1", *(f"S{number}" for number in range(1, 13))]


def test_every_rule_gives_its_reason_in_a_line() -> None:
    """A summary of a vault prints one line a rule."""
    for note_type in (TECH_JOURNAL, GENERAL_NOTE):
        for rule in rules_of(note_type):
            assert 15 < len(rule.reason) < 120
            assert "\n" not in rule.reason


@given(st.text(max_size=80), st.integers(0, len(NOTE)), st.integers(0, 200))
def test_no_text_makes_the_check_fail(inserted: str, at: int, dropped: int) -> None:
    """Whatever a note went through, its owner gets findings and not a traceback."""
    text = NOTE[:at] + inserted + NOTE[at + dropped :]
    for finding in check_style(text, STEM, TECH_JOURNAL, resolves=lambda _: (True, True)):
        assert finding.message
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end <= len(text)
