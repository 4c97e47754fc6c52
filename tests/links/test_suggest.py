"""Suggestions: what is never suggested, where links go, and why."""

from datetime import date
from pathlib import Path

import pytest

from enrich.links.apply import Style, plan_links
from enrich.links.index import Index, open_index
from enrich.links.markdown_form import MarkdownForm
from enrich.links.suggest import Wishes, suggest_links
from enrich.vault.note import parse_note
from enrich.vault.note_type import prompt_folders, read_note_type
from enrich.vault.wikilink import find_links
from tests.links.garden import garden, note, write_vault


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """An index of the garden with a draft, a pair of the same name and a note with an alias."""
    notes = garden()
    notes["Notes/Silent Draft.md"] = note("Silent Draft", "policy", 3, "law regulator court", front="draft: true\n")
    notes["Notes/a/Twin.md"] = note("Twin", "policy", 3, "law regulator fine")
    notes["Notes/b/Twin.md"] = note("Twin", "music", 3, "violin chord")
    notes["Notes/European Union.md"] = note("European Union", "policy", 4, "law", front="aliases: [EU]\n")
    return open_index(write_vault(tmp_path / "vault", notes), tmp_path / "cache")


def test_a_name_in_the_text_is_a_mention_with_its_words(index: Index) -> None:
    """The words that name a note become the link, and keep reading as they did."""
    text = "# new\n\nThe regulator cites the EU in court.\n"
    found = {s.path: s for s in suggest_links(parse_note("new.md", text), index, wishes=Wishes(kind="mention"))}
    mention = found["Notes/European Union.md"]
    assert mention.span is not None
    assert mention.place is not None
    assert mention.span.of(text) == "EU"
    assert mention.place.text == "[[European Union|EU]]"
    assert "“EU” is another name of it" in mention.reason


@pytest.mark.parametrize(
    "text",
    [
        "```\nEuropean Union\n```\n",
        "A [page](https://e.org/European Union) there.\n",
        "## European Union\n\nNothing else.\n",
        "<!-- European Union -->\n",
        "$European Union$\n",
        "---\ntitle: European Union\n---\n",
    ],
)
def test_nothing_protected_is_a_mention(index: Index, text: str) -> None:
    """Code, links, headings, comments, mathematics and front matter are never edited."""
    found = suggest_links(parse_note("new.md", text), index, wishes=Wishes(kind="mention"))
    assert "Notes/European Union.md" not in {s.path for s in found}


def test_drafts_the_note_itself_and_what_is_linked_are_left_out(index: Index) -> None:
    """No suggestion for a link that is there already in any form, to a draft, or to itself."""
    text = "# law story 1\n\nlaw regulator court, Silent Draft. [[trust-in-rules]] and law story 1.\n"
    paths = {s.path for s in suggest_links(parse_note("Notes/law story 1.md", text), index, wishes=Wishes(limit=60))}
    assert not paths & {"Notes/Silent Draft.md", "Notes/Trust in Rules.md", "Notes/law story 1.md"}


def test_a_name_that_two_notes_have_is_written_with_its_path(index: Index) -> None:
    """The link leads to the note that was meant."""
    found = suggest_links(parse_note("x.md", "# x\n\nAbout Twin and law.\n"), index, wishes=Wishes(limit=60))
    assert {s.target for s in found if s.path.endswith("Twin.md")} <= {"Notes/a/Twin|Twin", "Notes/b/Twin|Twin"}
    assert any(s.path == "Notes/a/Twin.md" for s in found)


def test_each_target_comes_once_and_the_best_first(index: Index) -> None:
    """A list a person can go through from the top."""
    found = suggest_links(parse_note("x.md", "# x\n\nThe European Union and law, regulator, court.\n"), index)
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
    assert len({s.path for s in found}) == len(found)
    assert all(0 <= s.score <= 1 and s.reason for s in found)


def test_wishes_narrow_the_list(index: Index) -> None:
    """Dismissed notes, younger notes and low scores stay away."""
    text = "---\ncreated: 2022-03-05\n---\n# x\n\nlaw regulator court\n"
    dismissed = Wishes(limit=60, dismissed=frozenset({"Notes/Trust in Rules.md"}), only_older=True)
    found = suggest_links(parse_note("x.md", text), index, wishes=dismissed)
    days = {entry.path: entry.created for entry in index.store.entries(range(60)).values()}
    assert found
    assert all(days[s.path] < date(2022, 3, 5).toordinal() for s in found)
    assert "Notes/Trust in Rules.md" not in {s.path for s in found}
    assert not suggest_links(parse_note("x.md", text), index, wishes=Wishes(min_score=1.1))


def test_a_note_of_a_type_gets_the_place_that_its_type_names(index: Index) -> None:
    """In a journal note a related link goes before the full stop of a braid bullet that has none."""
    text = (
        "# x\n\nA court ruled.\n\n## signal braid\n- It mirrors [[Twin]] closely.\n- The regulator sets rules.\n\n"
        "## risk surface\n- A fine.\n"
    )
    found = suggest_links(
        parse_note("x.md", text), index, Wishes(note_type=lambda: read_note_type("tech-journal", prompt_folders(None)))
    )
    related = next(s for s in found if s.path == "Notes/Trust in Rules.md")
    assert related.place is not None
    start, end = related.place.span
    assert "sets rules (see [[Trust in Rules]])." in text[:start] + related.place.text + text[end:]


@pytest.mark.parametrize(
    ("heading", "text", "target"),
    [
        ("Spectral Lines", "He measured the Spectral Lines of hydrogen.", "optics#Spectral Lines"),
        ("Spectral lines", "He measured spectral lines of hydrogen.", "optics#Spectral lines"),
        ("Refraktion des Lichts", "Die Refraktion des Lichts im Glas ist bekannt.", "optics#Refraktion des Lichts"),
        ("Spectra", "He measured Spectra of hydrogen.", ""),
        ("Key Points", "The Key Points are three.", ""),
        ("Lines [old]", "He drew lines old and new.", ""),
        ("Spectral Lines", "He measured spectral and other lines.", ""),
    ],
)
def test_words_that_are_a_heading_lead_to_that_part(heading: str, text: str, target: str, tmp_path: Path) -> None:
    """A heading of several words that one note alone has is a name for that part of it."""
    notes = {f"n{number}.md": f"# n{number}\n\nPlain weather.\n\n## Key Points\n\nNone.\n" for number in range(6)}
    notes["optics.md"] = f"# optics\n\nGlass.\n\n## {heading}\n\nThin.\n\n## Key Points\n\nNone.\n"
    notes["s.md"] = f"# s\n\n{text}\n"
    index = open_index(write_vault(tmp_path / "vault", notes), tmp_path / "cache")
    found = suggest_links(parse_note("s.md", notes["s.md"]), index, wishes=Wishes(kind="mention"))
    assert [one.target for one in found] == ([target] if target else [])
    for style in (Style(), Style(markdown=MarkdownForm("")), Style(markdown=MarkdownForm("", in_brackets=True))):
        made = plan_links(notes["s.md"], found, style).placed
        assert [link.heading for one in made for link in find_links(one.text)] == [one.heading for one in found]
    assert all(f"[[{target}|" in one.place.text and "is a heading of it" in one.reason for one in found if one.place)


@pytest.mark.parametrize(
    ("name", "text", "kinds"),
    [("Go", "We go home and go on.", ["mention"]), ("C++", "The C notation.", []), ("C#", "A C notation at home.", [])],
)
def test_everyday_words_do_not_make_a_note_related(name: str, text: str, kinds: list[str], tmp_path: Path) -> None:
    """That a text says "go" is no reason for the language Go but for the words that links show; C is not C++."""
    notes = {f"n{number}.md": f"# n{number}\n\nWritten in [[{name}]].\n" for number in range(12)}
    notes[f"{name}.md"] = f"# {name}\n\nA language.\n"
    notes |= {f"home {number}.md": "# home\n\nWe stay at home; a notation of music.\n" for number in range(6)}
    index = open_index(write_vault(tmp_path / "vault", notes), tmp_path / "cache")
    found = suggest_links(parse_note("s.md", f"# s\n\n{text}\n"), index)
    assert [one.kind for one in found if one.path == f"{name}.md"] == kinds


def test_types_are_not_read_for_a_note_that_gets_no_link(index: Index) -> None:
    """A save hook asks after every save, and mostly hears of nothing: it must not wait for what is not needed."""
    wishes = Wishes(min_score=0.99, note_type=lambda: pytest.fail("asked"), link_targets=lambda: pytest.fail("asked"))
    assert suggest_links(parse_note("x.md", "# x\n\nPlain words about nothing.\n"), index, wishes) == ()
