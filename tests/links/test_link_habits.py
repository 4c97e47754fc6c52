"""Habits: how a vault's author writes links where nothing is set."""

import json
from pathlib import Path

import pytest
from msgspec.structs import asdict

from enrich.links.index import open_index
from enrich.links.link_habits import HabitCounter, LinkHabits, read_habits
from enrich.links.link_list import ListHeading
from enrich.links.markdown_form import choose_form
from enrich.text.typed import take_apart
from enrich.vault.app_settings import AppSettings
from enrich.vault.note import parse_note
from tests.links.garden import write_vault


def habits_of(notes: dict[str, str]) -> LinkHabits:
    """The habits that the notes show."""
    counter = HabitCounter()
    for path, text in notes.items():
        counter.add(parse_note(path, text))
    return counter.habits(notes)


OTHERS = {"b/one two.md": "x", "b/three.md": "x"}
LINKED: list[tuple[str, dict[str, object]]] = [
    ("[o](../b/one%20two.md) [t](../b/three.md)", {"format": "relative"}),
    ("[o](b/one%20two.md) [t](b/three.md)", {"format": "absolute"}),
    ("[o](one%20two.md) [t](three.md)", {"format": "shortest"}),
    ("[o](<one two.md>) [t](three.md)", {"format": "shortest", "in_brackets": True}),
    ("[o](../b/one%20two) [t](../b/three)", {"format": "relative", "ending": False}),
    ("[o](./same.md) [t](./same.md)", {"format": "relative", "dotted": True}),
]


@pytest.mark.parametrize(("links", "expected"), LINKED)
def test_the_form_of_most_links(links: str, expected: dict[str, object]) -> None:
    """Markdown links are learned with their path, ending and brackets."""
    found = habits_of({f"a/{n}.md": links for n in range(3)} | {"a/same.md": "x"} | OTHERS)
    assert {key: value for key, value in asdict(found).items() if key in {"markdown", *expected}} == {
        "markdown": True,
        **expected,
    }
    assert read_habits(json.dumps(take_apart(found))) == found


def test_more_wikilinks_than_markdown_links() -> None:
    """The form that most links have counts; a few of the other kind change nothing."""
    notes = {f"{n}.md": "[a](b.md) [a](c.md) [[b]] [[c]] [[d]]" for n in range(3)}
    assert not habits_of(notes).markdown
    assert choose_form("", AppSettings(), habits_of(notes)) is None


def test_a_setting_wins_over_a_habit() -> None:
    """What the owner has set in Obsidian is done, whatever most links are like."""
    habits = LinkHabits(markdown=True, format="absolute")
    assert choose_form("", AppSettings(markdown_links=False), habits) is None
    form = choose_form("a", AppSettings(link_format="relative"), habits)
    assert form is not None and form.write("[[B|b]]", "B", "b/B.md") == "[b](../b/B.md)"


def test_the_usual_heading_of_lists() -> None:
    """The heading of most lists of links is kept as it is written, with its level."""
    linked = {f"{n}.md": f"# {n}\n\n### See also:\n- [[a]]\n- [[b]]\n" for n in range(3)}
    prose = {f"p{n}.md": "# p\n\n## Text\nAbout [[a]] and more.\n" for n in range(5)}
    found = habits_of({**linked, **prose})
    assert found.heading == ListHeading("See also:", 3)
    assert read_habits(json.dumps(take_apart(found))) == found
    assert habits_of(prose).heading is None


def test_an_index_keeps_the_usual_heading(tmp_path: Path) -> None:
    """A new list stands under it also when the vault was read by an earlier call."""
    write_vault(tmp_path / "vault", {f"{n}.md": f"# {n}\n\n### See also:\n- [[{n + 1}]]\n" for n in range(4)})
    open_index(tmp_path / "vault", tmp_path / "cache").close()
    index = open_index(tmp_path / "vault", tmp_path / "cache")
    assert index.store.habits.heading == ListHeading("See also:", 3)
    index.close()
