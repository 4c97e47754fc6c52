"""Echoes: whether the index finds what stands in three notes and more, and how much of that drafts repeat.

    python -m benchmarks.echo VAULT [PAGES…] [--most 60] [--written FOLDER]

1. The sentences of VAULT that stand in three notes or more are counted by a separate computation, which shares no
   code with the index: lines without front matter, code, formulas, headings, tags of HTML and the marks of lists
   and quotations, cut behind `.`, `!` and `?`, compared letter by letter. What holds fewer than four words besides
   its links is no sentence. Recall is the share of them (distinct, and as they stand) that the index calls echoes.
   The other way round, of what the index calls an echo it is counted how much stands letter by letter in three
   notes or more; the rest differ by a name, a number or a link.
2. PAGES (as `benchmarks.no_model` takes them) are drafted without a model for VAULT, and the notes of recorded models
   are read from the fixtures: the share of their sentences that are echoes of VAULT, or stand in three drafts and more.
   With `--written` those of a folder take their place: drafts that a model has made in VAULT.
"""

import argparse
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.no_model import FIXTURES, HERE, ReviewStore, read_fixture_pages, read_folder, read_own_pages
from enrich.links.index import ask_echoes
from enrich.vault.echo import STANDS_OFTEN, read_said
from enrich.vault.echoes import Hollow
from enrich.vault.vault import read_vault

FEWEST_WORDS = 4
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_CODE = re.compile(r"^[> \t]*```.*?^[> \t]*```|\$\$.*?\$\$", re.S | re.M)
_TAG = re.compile(r"<[^<>]*>")
_MARK = re.compile(r"^(?:>\s*|[-*+]\s+|\d+\.\s+)+")
_LINK = re.compile(r"\[\[[^\]]*\]\]|\(?\[[^\]]*\]\([^)]*\)\)?|https?://\S+")
_WORD = re.compile(r"[^\W\d_]+")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", type=Path)
    parser.add_argument("pages", type=Path, nargs="*")
    parser.add_argument("--most", type=int, default=60)
    parser.add_argument("--written", type=Path, help="a folder with drafts by a model")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        echoes, hollow = ask_echoes(options.vault, Path(cache), lambda echoes: (echoes.every(), echoes.hollow()))
    compare(options.vault, echoes, hollow)
    written = sorted(options.written.rglob("*.md")) if options.written else recorded()
    tell("by models", [note.read_text("utf-8") for note in written], echoes)
    if options.most:
        tell("without a model", draft_pages(options.vault, options.pages, options.most), echoes)


def compare(root: Path, echoes: Mapping[int, int], hollow: Sequence[Hollow]) -> None:
    """Print how much of what stands often the index knows."""
    notes = [note for note in read_vault(root).notes if not note.draft]
    stands: dict[str, set[str]] = defaultdict(set)
    for note in notes:
        for sentence in plain_sentences(note.text):
            stands[sentence].add(note.path)
    often = {sentence: len(paths) for sentence, paths in stands.items() if len(paths) >= STANDS_OFTEN}
    missed = [sentence for sentence in often if not any(one.key in echoes for one in read_said(sentence))]
    total = sum(often.values())
    lost = sum(often[sentence] for sentence in missed)
    print(f"{len(notes)} notes: {len(often)} sentences stand in three notes or more, {total} times")
    print(f"recall: {1 - len(missed) / max(1, len(often)):.3f} of them, {1 - lost / max(1, total):.3f} as they stand")
    for sentence in sorted(missed, key=lambda one: -often[one])[:10]:
        print(f"  missed: {often[sentence]} notes: {sentence[:100]}")
    exact = {one.key for sentence in often for one in read_said(sentence)}
    print(f"echoes of the index: {len(echoes)}, of which {len(exact & echoes.keys())} in one spelling")
    print(f"hollow notes: {len(hollow)}")


def plain_sentences(text: str) -> set[str]:
    """The sentences of a note, by a computation of its own."""
    lines = _CODE.sub("", _FRONT.sub("", text)).splitlines()
    bare = (_MARK.sub("", " ".join(_TAG.sub(" ", line).split())) for line in lines if not line.lstrip().startswith("#"))
    cut = (sentence.strip() for line in bare if "[!" not in line for sentence in re.split(r"(?<=[.!?])\s+", line))
    return {sentence for sentence in cut if len(_WORD.findall(_LINK.sub(" ", sentence))) >= FEWEST_WORDS}


def recorded() -> Iterable[Path]:
    """The notes that recorded models have written."""
    notes = (FIXTURES / "cases").glob("*/note.md")
    return sorted(note for note in notes if any(map(is_model, (note.parent / "completions").glob("*.json"))))


def is_model(completion: Path) -> bool:
    """Whether somebody other than the no-model engine answered."""
    return bool(json.loads(completion.read_text("utf-8"))["origin"] != "extractive")


def draft_pages(vault: Path, folders: Sequence[Path], most: int) -> list[str]:
    """Drafts of the pages without a model, as many as are wanted; of one article under several addresses the first."""
    store, notes = ReviewStore(vault), dict[str, str]()
    own = (read_own_pages(HERE / "no_model_pages"), read_fixture_pages())
    for name, page in chain.from_iterable((*map(read_folder, folders), *own)):
        if len(notes) < most and (made := store.draft(name, page)) is not None:
            notes.setdefault(made.source.title, made.text)
    return list(notes.values())


def tell(what: str, notes: Sequence[str], echoes: Mapping[int, int]) -> None:
    """Print the share of echoes among the sentences of drafts."""
    said = [{one.key: one.span.of(text) for one in read_said(text, _body(text))} for text in notes]
    drafts = Counter(key for keys in said for key in keys)
    found = [words for keys in said for key, words in keys.items() if key in echoes or drafts[key] >= STANDS_OFTEN]
    total = sum(map(len, said))
    print(f"{what}: {len(notes)} drafts, {total} sentences, {len(found)} echoes ({len(found) / max(1, total):.3f})")
    for words, count in Counter(found).most_common(5):
        print(f"  {count} times: {' '.join(words.split())[:100]}")


def _body(text: str) -> int:
    front = _FRONT.match(text)
    return front.end() if front else 0


if __name__ == "__main__":
    main()
