"""Composing: the bytes of a note, its citation, its marks."""

from typing import Any

import pytest
from msgspec.structs import replace

from enrich.check.style.lint import check_style
from enrich.draft.checked import check_answer
from enrich.draft.compose import Note, cite, compose_note
from enrich.draft.section import parse_answer
from enrich.text.plain import Plain
from enrich.vault.link_text import LinkAddress
from tests.draft.parts import CANDIDATES, journal_type, make_answer, make_candidate, make_context, make_source

NOTE_ID = "230214TJ01"


def compose(answer: dict[str, Any] | None = None, **context: Any) -> Note:
    """The note of an answer."""
    parsed = parse_answer(answer or make_answer(), journal_type(), CANDIDATES)
    made = make_context(**context)
    return compose_note(check_answer(parsed, made.source), made, journal_type(), NOTE_ID)


def test_a_good_answer_becomes_a_note_without_findings() -> None:
    """An answer that keeps the rules gives a note that the linter passes whole."""
    note = compose(candidates=(*CANDIDATES, make_candidate(4, "calder motion raises prices again")))
    links = {candidate.link for candidate in CANDIDATES} | {"calder motion raises prices again"}
    findings = check_style(note.text, note.title, journal_type(), resolves=lambda link: (link in links, link in links))
    assert [(finding.rule, finding.message) for finding in findings] == []


def test_frame_of_the_note_byte_for_byte() -> None:
    """The parts that the tool writes itself stand exactly as the house style has them."""
    text = compose(candidates=(*CANDIDATES, make_candidate(4, "calder motion raises prices again"))).text
    head = (
        "---\ntitle: norwick undercuts rivals with a cheap servo controller\ntags:\n  - tech-journal\n  - robotics\n"
        "  - hardware\n  - 2023\n  - supply-chain\nkeywords:\n  - norwick\n  - controller\n  - servo\n  - licence\n"
        "  - penang\ndraft: true\ndescription: Norwick Robotics released"
    )
    assert text.startswith(head)
    assert "\nnote_id: 230214TJ01\ncssclasses:\n  - tech-journal\n---\n\n# norwick undercuts" in text
    assert "\n*see also:* [[penang packaging bottleneck returns]] · [[calder motion raises prices again]]\n\n" in text
    assert "each unit at $1,900 ([Example News](https://news.example.com/2023/02/14/heron-2)). Shipments" in text
    assert "\n\n## my take\ntodo: my take\n\n## linkage\n<div" in text
    assert text.endswith("</div>\n\n## ending questions\nWill rivals such as Calder Motion cut prices before the first "
                         "boards reach buyers?\n\n#\n")  # fmt: skip


def test_a_sentence_without_evidence_is_marked() -> None:
    """An invented number is marked in the note, right after its sentence."""
    answer = make_answer(
        scene_cut={
            "sentences": [{"text": "The board closes 90 servo loops at 2 kHz.", "evidence": "servo loops at 2 kHz"}]
        }
    )
    assert "90 servo loops at 2 kHz. ==[unverified: 90]==\n" in compose(answer).text


def test_a_section_that_is_left_to_the_person_holds_its_todo_line() -> None:
    """What the answer has stands above the line, and the line is no bullet."""
    risk = {"text": "Supply depends on one plant in Penang.", "evidence": "one packaging plant in Penang"}
    left = {"text": "todo: risk surface", "evidence": None}
    assert "## risk surface\ntodo: risk surface\n\n" in compose(make_answer(risk_surface={"bullets": [left]})).text
    both = compose(make_answer(risk_surface={"bullets": [risk, left]})).text
    assert "- Supply depends on one plant in Penang.\n\ntodo: risk surface\n\n" in both


def test_a_note_without_keywords_has_an_empty_list() -> None:
    """Keywords of which no letter is left must not make a property without a value."""
    text = compose({**make_answer(), "keywords": ["---", "😀"]}).text
    assert "\nkeywords: []\ndraft: true\n" in text


def test_see_also_follows_the_vaults_concepts() -> None:
    """Where concepts are asked for, the pair of the nearest notes stands there, whatever the note's tags."""
    concepts = {"": ("Latency", "Trust"), "supply-chain": ("Scarcity", "Trust")}
    note = compose(concepts=concepts, see_also="concepts")
    assert note.see_also == ("Latency", "Trust")
    assert note.by_convention
    assert not compose(concepts=concepts).by_convention


@pytest.mark.parametrize(
    ("changes", "related"),
    [
        ({"score": 0.5, "tags": ("robotics",)}, True),
        ({"score": 0.5, "tags": (), "terms": ("robot", "loading", "dock")}, True),
        ({"score": 0.5, "tags": ("tech-journal", "2023"), "terms": ("dock",)}, False),
        ({"score": 0.1, "tags": ("robotics",), "terms": ("robot", "loading", "dock")}, False),
    ],
)
def test_see_also_names_related_notes_first(changes: dict[str, Any], related: bool) -> None:
    """A note that shares a topic or words of its title goes before a nearer stray one, and strays are known."""
    near = make_candidate(1, "swans on the line", score=0.9, tags=(), terms=("line",))
    note = compose(candidates=(near, make_candidate(2, "robots on a loading dock", **changes)))
    names = ("robots on a loading dock", "swans on the line")
    assert note.see_also == (names if related else names[::-1])
    assert note.stray == (names[1:] if related else names[::-1])


def test_link_with_a_path_shows_its_stem() -> None:
    """A note whose name is not unique is linked by path and reads as its name."""
    twin = make_candidate(1, "servo prices fall", link="Notes/A/servo prices fall|servo prices fall")
    parsed = parse_answer(make_answer(), journal_type(), (twin, *CANDIDATES[1:]))
    made = make_context(candidates=(twin, *CANDIDATES[1:]))
    note = compose_note(check_answer(parsed, made.source), made, journal_type(), NOTE_ID)
    assert "described in [[Notes/A/servo prices fall|servo prices fall]]." in note.text


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.example/x_(y)", "https://a.example/x_%28y%29"),
        ("https://a.example/[[z]]|q", "https://a.example/%5B%5Bz%5D%5D%7Cq"),
        ("https://a.example/$1$2", "https://a.example/%241%242"),
    ],
)
def test_an_address_cannot_break_out_of_its_citation(url: str, written: str) -> None:
    """An address with brackets or dollars stays one link in Markdown."""
    assert cite(make_source(url=url)) == f"([Example News]({written}))"


def test_a_publisher_with_brackets_is_one_label() -> None:
    """A site that calls itself by markup is still a plain label."""
    assert cite(make_source(site="[[Evil]](x)")).startswith("([Evil")
    assert "[[" not in cite(make_source(site="[[Evil]](x)"))


def test_the_second_wall_stops_what_the_first_let_through() -> None:
    """If the sanitiser ever fails, the finished note is read again and says what it would hold."""
    smuggled = str.__new__(Plain, "Boards cost <img src=x onerror=alert(1)> $1,900 and [[Secret]] too")
    checked = check_answer(parse_answer(make_answer(), journal_type(), CANDIDATES), make_source())
    first = checked.sections[0].sentences[0]
    sentences = (replace(first, sentence=replace(first.sentence, words=smuggled)), *checked.sections[0].sentences[1:])
    damaged = replace(checked, sections=(replace(checked.sections[0], sentences=sentences), *checked.sections[1:]))
    note = compose_note(damaged, make_context(), journal_type(), NOTE_ID)
    assert "HTML (<img src=x onerror=alert(1)>)" in note.intruders
    assert "[[Secret]]" in note.intruders
    assert compose_note(checked, make_context(), journal_type(), NOTE_ID).intruders == ""


def test_links_have_the_form_of_the_vault() -> None:
    """Where the owner writes Markdown links, a draft does too; it keeps every rule as one with wikilinks does."""
    four = (*CANDIDATES, make_candidate(4, "calder motion raises prices again"))
    at = "../../../Notes/Tech_Journal/2022"
    rows = tuple(replace(row, address=LinkAddress(f"{at}/{row.link.replace(' ', '%20')}.md")) for row in four)
    answer = parse_answer(make_answer(), journal_type(), rows)
    context = make_context(candidates=rows)
    note = compose_note(check_answer(answer, context.source), context, journal_type(), NOTE_ID)
    links = {row.link for row in rows}
    targets = links | {row.target for row in rows}
    found = check_style(note.text, note.title, journal_type(), resolves=lambda link: (link in targets, link in links))
    assert f"\n*see also:* [{rows[2].title}]({rows[2].address}) · [{rows[3].title}]({rows[3].address})\n" in note.text
    assert [(finding.rule, finding.message) for finding in found] == []
    assert "[[" not in note.text.replace("<li>[[", "")
    assert not note.intruders
