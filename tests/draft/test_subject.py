"""What a candidate's line says."""

from pathlib import Path

from enrich.draft.subject import LONGEST, Subjects
from enrich.vault.note import parse_note
from enrich.vault.vault import Vault
from tests.draft.parts import make_candidate

ENDING = " as a signal about broader shifts."


def note(stem: str, description: str, lead: str = "") -> str:
    """The text of a note."""
    front = f'---\ntitle: {stem}\ndescription: "{description}"\n---\n'
    return f"{front}\n# {stem}\n\n*see also:* [[a]] · [[b]]\n\n{lead}\n\n## more\nx\n"


def line_of(stem: str, *notes: tuple[str, str]) -> str:
    """The line of the note ``stem`` in a vault of these notes."""
    others = [
        (f"note {number}", note(f"note {number}", f"Story {number} of the {'x' * number}{ENDING}"))
        for number in range(12)
    ]
    read = tuple(parse_note(f"{name}.md", text) for name, text in (*others, *notes))
    return Subjects(Vault(Path(), read)).of(make_candidate(1, stem, path=f"{stem}.md", line="as it was"))


def test_what_the_vault_says_of_every_note_is_left_out() -> None:
    """A model cannot tell from it whether the note relates."""
    said = line_of("gears", ("gears", note("gears", f"An animated course on how teeth mesh{ENDING}")))
    assert said == "An animated course on how teeth mesh"


def test_a_description_that_is_the_title_gives_way_to_the_lead() -> None:
    """Then the first sentence of the note says more."""
    lead = "Ada Quill built a watch in the browser ([Site](https://x.example)). It ticks."
    assert line_of(
        "mechanical watch", ("mechanical watch", note("mechanical watch", f"Mechanical Watch{ENDING}", lead))
    ) == ("Ada Quill built a watch in the browser.")


def test_an_ordinary_description_stays() -> None:
    """What only this note says is its own; a long one is cut at a word."""
    assert (
        line_of("tides", ("tides", note("tides", "Why forecasts of tides fail in fjords.")))
        == "Why forecasts of tides fail in fjords."
    )
    long = line_of("tides", ("tides", note("tides", "Why forecasts of tides fail. " * 30)))
    assert len(long) <= LONGEST + 2
    assert long.endswith(" …")


def test_without_any_words_of_its_own_the_line_stays() -> None:
    """A note that says nothing is offered as the ranking found it."""
    assert line_of("gears", ("gears", note("gears", ""))) == "as it was"
