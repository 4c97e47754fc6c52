"""What a vault that has grown is offered: links for new notes, candidates for drafts, and what is said of each.

The lines are what `suggest-links` and `draft` offer today. A change that means to move one renews them with ``python -m
tests.calibration.test_grown``, and says why.
"""

import json
import math
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from enrich.links.index import Index, open_index
from enrich.links.query import Query
from enrich.links.rank import rank_notes
from enrich.links.suggest import Suggestion, Wishes, suggest_links
from enrich.vault.note import parse_note
from enrich.vault.note_type import prompt_folders, read_note_type
from enrich.vault.resolve import Resolver
from enrich.vault.vault import read_vault
from tests.calibration.test_ranking import LABELLED
from tests.links.garden import write_vault

HERE = Path(__file__).parent
GROWN: dict[str, Any] = tomllib.loads((HERE / "grown.toml").read_text("utf-8"))
LINES: dict[str, list[str]] = tomllib.loads((HERE / "grown_lines.toml").read_text("utf-8"))
ARTICLES = [*LABELLED["articles"], GROWN["long"]]
DAYS, FIRST_DAY = 190, date(2022, 12, 1)
SHOWN = 10
RIGHT, WRONG = 20, 3
"""Of what is shown for new notes at .5 and above."""


def grown_vault() -> dict[str, str]:
    """The notes by path: the journal, some others, and a diary of which each day links to one of them."""
    notes = {f"Notes/{title}.md": _journal_note(*row) for title, *row in LABELLED["notes"]}
    notes |= {f"Private/{title}.md": text for title, text in LABELLED["others"]}
    notes |= {f"{path}.md": _note(front, text) for path, front, text in GROWN["more"]}
    return notes | {f"Diary/{day}.md": text for day, text in _diary([path for path, _, _ in GROWN["more"]])}


def _journal_note(tags: str, day: str, text: str) -> str:
    front = f"tags: [tech-journal, {', '.join(tags.split())}]\ncreated: {day}\nupdated: 2023-07-{10 + len(text) % 15}"
    return _note(f"cssclasses: [tech-journal]\n{front}", f"{text}\n\n## What follows\n\nTo be seen.")


def _diary(others: Sequence[str]) -> Iterator[tuple[date, str]]:
    for number in range(DAYS):
        theme, sentences = GROWN["themes"][number * 5 % len(GROWN["themes"])]
        about = [title for title, tags, _, _ in LABELLED["notes"] if theme in tags.split()] or others
        linked = about[number // 8 % len(about)]
        shown = f"|{' '.join(linked.rpartition('/')[2].split()[:2]).lower()}" if number % 3 == 0 else ""
        text = (
            f"{sentences[number % 6]} {sentences[number // 6 % 6]}\n\nMore of this in [[{linked}{shown}]], read again."
        )
        day = FIRST_DAY + timedelta(number)
        yield day, _note(f"created: {day}\ntags: [diary, {theme}]", text)


def _note(front: str, text: str) -> str:
    return f"---\n{front}\n---\n\n{text}\n"


@contextmanager
def grown_index(folder: Path, has_learned: bool) -> Iterator[Index]:
    """The vault's index; a vault of this size is not learned from before its first answer."""
    root = write_vault(folder / "vault", grown_vault())
    with closing(open_index(root, folder / "cache", wait=has_learned)) as index:
        yield index


def lines_of(index: Index) -> dict[str, list[str]]:
    """What new notes and drafts are offered."""
    return _lines_of_notes(index) | _lines_of_drafts(index)


def _lines_of_notes(index: Index) -> dict[str, list[str]]:
    """For each note a line an offer: whether it belongs, how likely it is, the note, by which words, and why."""
    found = {}
    for row in GROWN["new"]:
        text = _note(row["front"], row["text"])
        note = parse_note(f"{row.get('folder', 'Notes')}/{row['name']}.md", text)
        offered = suggest_links(note, index, wishes=Wishes(SHOWN))
        found[row["name"]] = [_line(one, row["right"], text) for one in offered]
    return found


def _line(one: Suggestion, right: Sequence[str], text: str) -> str:
    stem = one.path.rpartition("/")[2].removesuffix(".md")
    words = one.span.of(text) if one.span else "related"
    return f"{'right' if stem in right else 'wrong'} {one.score:.2f} {stem} ({words}): {one.reason}"


def _lines_of_drafts(index: Index) -> dict[str, list[str]]:
    """For each article the same, without reasons; by words alone, and by words and by meaning."""
    vault = read_vault(index.root)
    note_type, resolver = read_note_type("tech-journal", prompt_folders(None)), Resolver(vault)
    found = {}
    for article in ARTICLES:
        query = Query(article["title"], article["text"], created=date(2023, 7, 20))
        for name, compare in (("", None), (", with meaning", near_in_theme)):
            offered = rank_notes(query, vault, note_type, resolver, index.store, compare).candidates(SHOWN)
            found[article["title"] + name] = [
                f"{'right' if one.title in article['notes'] else 'wrong'} {one.score:.3f} {one.title}"
                for one in offered
            ]
    return found


def near_in_theme(text: str, others: Sequence[str]) -> list[float]:
    """Stands for a model of meaning: texts are near that have words of the same themes."""
    own = _themes_of(text)
    return [
        sum(map(math.prod, zip(own, other, strict=True))) / math.hypot(*own) / math.hypot(*other)
        for other in map(_themes_of, others)
    ]


def _themes_of(text: str) -> list[float]:
    words = [word.strip(".,").lower() for word in text.split()]
    themes = [" ".join(sentences).lower() for _, sentences in GROWN["themes"]]
    return [0.5 + sum(len(word) > 4 and word in theme for word in words) for theme in themes]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What is offered in a vault that nothing was learned from yet."""
    with grown_index(tmp_path_factory.mktemp("grown"), has_learned=False) as index:
        return lines_of(index)


@pytest.mark.parametrize("name", LINES)
def test_what_is_offered_stays(name: str, lines: dict[str, list[str]]) -> None:
    """A weight or a limit that is turned far offers other links, in another order, or says other things of them."""
    assert lines[name] == LINES[name]


def test_what_is_shown_by_default_belongs(lines: dict[str, list[str]]) -> None:
    """Of what an author is shown without asking for more, at .5 and above, hardly anything is wrong."""
    shown = [line for row in GROWN["new"] for line in lines[row["name"]] if float(line.split()[1]) >= 0.5]
    assert sum(line.startswith("right") for line in shown) >= RIGHT
    assert sum(line.startswith("wrong") for line in shown) <= WRONG


def test_everything_offered_is_pinned(lines: dict[str, list[str]]) -> None:
    """A note that is missing in the lines would be held to nothing."""
    assert list(LINES) == list(lines)


def _array(name: str, offered: Sequence[str]) -> str:
    rows = "".join(f"  {json.dumps(line, ensure_ascii=False)},\n" for line in offered)
    return f"{json.dumps(name)} = [\n{rows}]\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, grown_index(Path(made), has_learned=False) as fresh:
        arrays = [_array(name, offered) for name, offered in lines_of(fresh).items()]
    (HERE / "grown_lines.toml").write_text("\n".join(arrays), "utf-8")
