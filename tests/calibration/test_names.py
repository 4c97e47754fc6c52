"""Which words are a note's name, by sentences that were judged by reading: everyday words and other forms are not."""

from pathlib import Path

import pytest

from enrich.links.common import is_common
from enrich.links.document import read_document
from enrich.links.index import open_index
from enrich.links.inflection import find_forms
from enrich.links.link_habits import HabitCounter
from enrich.links.memory_index import MemoryIndex
from enrich.links.renamed import find_renamed, rare_words
from enrich.links.subject import read_subject
from enrich.links.terms import split_terms
from enrich.text.span import Span
from enrich.vault.note import parse_note
from tests.links.garden import write_vault

ENGLISH = "There is {} in most of the houses along the river, although several of them have been empty since the war."


@pytest.mark.parametrize(
    ("text", "words", "name", "is_everyday"),
    [
        ("It was the time of the year when we are at home.", "time", "time", True),
        (ENGLISH.format("music"), "music", "music", False),
        (ENGLISH.format("music"), "music", "Music", True),
        (ENGLISH.format("water"), "water", "Water", False),
        ("There is a time and a place for it, as they say.", "time and a place", "Time and a Place", True),
        ("Er war in der schweizer Armee und ist nicht mehr da.", "schweizer Armee", "Schweizer Armee", False),
        ("In the year 1984 it was all the same to them.", "1984", "1984", True),
        ("The part 54321 is the one that we have of it.", "54321", "54321", False),
    ],
)
def test_an_everyday_word_is_no_name(text: str, words: str, name: str, is_everyday: bool) -> None:
    """Notes called Time or 1984 do not make every sentence a link; the name of a thing, or of a part, does."""
    start = text.index(words)
    assert is_common(text, Span(start, start + len(words)), [name]) is is_everyday


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Wellen", "Die Welle ist hoch und das Meer ist nicht ruhig.", ["welle"]),
        ("Freundlich", "Die Freundlichkeiten sind nicht mehr als das, was sie sind.", []),
        ("Mère", "La mer est belle et les vagues sont hautes dans la nuit.", []),
    ],
)
def test_only_near_forms_of_a_name_are_it(title: str, text: str, words: list[str]) -> None:
    """A plural is found; short words and long endings make too many words one: the sea is no mother."""
    index = MemoryIndex()
    index.add(read_document(parse_note(f"{title}.md", f"# {title}\n")))
    index.finish()
    assert list(find_forms(text, read_subject(read_document(parse_note("new.md", text))).terms, index)) == words


def test_long_runs_of_letters_are_no_words() -> None:
    """Notes are not alike because each holds a key or a hash; the longest words of a language are words."""
    assert split_terms(f"Donaudampfschifffahrtsgesellschaft {'abcde' * 12}") == ["donaudampfschifffahrtsgesellschaft"]


def test_a_single_link_is_no_habit() -> None:
    """Somebody who has pasted one Markdown link, or made one list, is not taken for one who writes so."""
    counter = HabitCounter()
    counter.add(parse_note("a.md", "# a\n\n## Siehe auch\n\n- [b](b.md)\n- [c](c.md)\n"))
    habits = counter.habits({"b.md"})
    assert (habits.markdown, habits.heading) == (False, None)


RARE = "quagga oryx dhole serow takin zorilla saiga nilgai"
PLAIN = "barn field fence gate hedge stile ditch lane brook ford"
LOST = f"{RARE} {PLAIN}"


@pytest.mark.parametrize(
    ("before", "now", "is_same"),
    [
        (LOST, f"{LOST} with a page more of the same", True),
        (f"{RARE} {PLAIN} orchard meadow copse heath moor fell dale glen tarn beck", f"{RARE} {PLAIN}", True),
        (f"{RARE} {PLAIN}", f"{RARE} something else altogether", False),
        ("quagga oryx dhole serow", "quagga oryx dhole serow", True),
        ("quagga oryx", "quagga oryx", False),
    ],
)
def test_a_note_under_another_name_is_found_by_its_rare_words(
    before: str, now: str, is_same: bool, tmp_path: Path
) -> None:
    """Who moves and rewrites a note keeps what was dismissed for it; a note that only shares some words is another."""
    others = {f"{n}.md": f"{PLAIN} orchard meadow copse heath moor fell dale glen tarn beck {n}\n" for n in range(9)}
    index = open_index(write_vault(tmp_path / "vault", {"old.md": f"{before}\n", **others}), tmp_path / "cache")
    words = rare_words(read_document(parse_note("old.md", f"{before}\n")), index.store)
    index.close()
    (tmp_path / "vault/old.md").unlink()
    write_vault(tmp_path / "vault", {"new.md": f"{now}\n"})
    index = open_index(tmp_path / "vault", tmp_path / "cache")
    found = find_renamed(["old.md"], {"old.md": words}, index.store)
    index.close()
    assert found == ({"old.md": "new.md"} if is_same else {})
