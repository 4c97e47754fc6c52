"""What the no-model engine writes: how often its sentences are the same, and whether quotations and titles are whole.

    python -m benchmarks.no_model [PAGES…] [--print]

Drafts every page of `no_model_pages/` (our own: English, German, French, Spanish, Vietnamese, Chinese), those of the
fixtures, and further pages: folders with ``*.html`` or ``*.html.gz``, with their addresses in ``expected.json`` where
there is one. The vault is the fixtures' own. Counted over all drafts:

- echoes: sentences of prose that stand in three drafts or more once names, numbers, quotations and links are masked,
  as a share of those that have six words left;
- marks; quotations that begin or end inside of a sentence of the page; titles with a word that page and headline lack.
"""

import argparse
import gzip
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from enrich.draft.draft_note import Engines, Rules, Watch, draft_note
from enrich.draft.gather import Options, gather_context
from enrich.draft.report import report_lines
from enrich.errors import EnrichError
from enrich.llm.extractive import ExtractiveEngine
from enrich.source.extract import extract_source
from enrich.source.source import Page, Source
from enrich.text.latin import to_latin
from enrich.text.mark import find_marks
from enrich.text.sentences import split_sentences
from enrich.text.words import split_words
from enrich.vault.note_type import prompt_folders, read_note_type
from enrich.vault.resolve import Resolver
from enrich.vault.vault import read_vault

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures"
ENOUGH_WORDS = 6
ECHO = 3

_LINK = re.compile(r"\(?\[\[[^\]]*\]\]\)?|\(\[[^\]]*\]\([^)]*\)\)")
_QUOTE = re.compile(r'"([^"\n]+)"')
_NUMBER = re.compile(r"[\d.,]*\d\S*")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'&.-]*(?: [A-ZÀ-Þ][\w’'&.-]*)*")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Drafted:
    """One page's draft."""

    name: str
    source: Source
    text: str
    title: str
    must: tuple[str, ...]
    report: tuple[str, ...]

    @property
    def prose(self) -> str:
        """What stands under the headings, without todo lines, tree and see-also line."""
        body = self.text.split("\n---\n", 1)[1]
        body = re.sub(r"<div.*?</div>", "", body, flags=re.S)
        lines = (line.removeprefix("- ").replace("\\$", "$") for line in body.splitlines())
        return "\n".join(line for line in lines if line and not line.startswith(("#", "todo:", "*see also")))


def read_own_pages(folder: Path) -> Iterator[tuple[str, Page]]:
    """The pages of a folder of text files: ``# address | site | date``, the headline, then a paragraph a line."""
    for path in sorted(folder.glob("*.txt")):
        for number, block in enumerate(re.split(r"^# ", path.read_text("utf-8"), flags=re.M)[1:], 1):
            about, headline, *paragraphs = block.strip().splitlines()
            url, site, published = about.split(" | ")
            body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
            html = (
                f'<!DOCTYPE html><html lang="{path.stem[:2]}"><head><meta charset="utf-8">'
                f"<title>{escape(headline)}</title>"
                f'<meta property="og:site_name" content="{escape(site)}">'
                f'<meta property="article:published_time" content="{published}"></head>'
                f"<body><article><h1>{escape(headline)}</h1>\n{body}</article></body></html>"
            )
            yield f"{path.stem}-{number}", Page(url, url, html.encode())


def read_fixture_pages() -> Iterator[tuple[str, Page]]:
    """The pages of the fixtures, each with its address."""
    for path in sorted((FIXTURES / "cases").glob("*/page.html")):
        url = tomllib.loads((path.parent / "case.toml").read_text("utf-8"))["url"]
        yield path.parent.name, Page(url, url, path.read_bytes())


def read_folder(folder: Path) -> Iterator[tuple[str, Page]]:
    """``*.html`` and ``*.html.gz`` of a folder."""
    addresses = _addresses(folder / "expected.json")
    for path in sorted([*folder.glob("*.html"), *folder.glob("*.html.gz")]):
        name = path.name.removesuffix(".gz").removesuffix(".html")
        url = addresses.get(name, f"https://example.org/{name}")
        yield name, Page(url, url, gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes())


def _addresses(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    about: Any = json.loads(path.read_text("utf-8"))
    rows = about.items() if isinstance(about, dict) else ((row["id"], row) for row in about)
    return {name: row["url"] for name, row in rows}


class ReviewStore:
    """The vault and type that every page is drafted for."""

    def __init__(self, vault: Path, type_name: str = "tech-journal") -> None:
        self.note_type = read_note_type(type_name, prompt_folders(None))
        self.vault = read_vault(vault)
        self.resolver = Resolver(self.vault)

    def draft(self, name: str, page: Page) -> Drafted | None:
        """The page's draft; None when it is refused."""
        today = date.today()
        try:
            source = extract_source(page, today)
        except EnrichError as error:
            print(f"{name}: refused: {error}", file=sys.stderr)
            return None
        context = gather_context(source, self.vault, self.resolver, self.note_type, Options(today))
        engine = ExtractiveEngine(source, context.candidates, self.note_type, context.known_tags)
        rules = Rules(lambda target: (self.resolver.obsidian(target) is not None,) * 2)
        made = draft_note(context, self.note_type, Engines(engine), "000101TJ01", rules, Watch())
        must = tuple(f"{row.rule}: {row.message}" for row in made.failures if row.rule != "M9")
        return Drafted(
            name, source, made.note.text, made.note.title, must, tuple(report_lines(made, context, self.note_type))
        )


def mask(sentence: str, site: str) -> str:
    """The sentence without what differs anyway: its own words are left, in lower case."""
    bare = _QUOTE.sub(" ", _LINK.sub(" ", sentence.replace(site, " ")))
    return " ".join(_WORD.findall(_NUMBER.sub(" ", _NAME.sub(" ", bare)).casefold()))


def find_echoes(drafts: Sequence[Drafted]) -> tuple[Counter[str], int]:
    """Masked sentences that stand in three drafts or more, and how many sentences were looked at."""
    frames = [
        mask(span.of(draft.prose), draft.source.site) for draft in drafts for span in split_sentences(draft.prose)
    ]
    long = Counter(frame for frame in frames if len(frame.split()) >= ENOUGH_WORDS)
    return Counter({frame: count for frame, count in long.items() if count >= ECHO}), len(frames)


def find_broken_quotes(draft: Drafted) -> list[str]:
    """Quotations that are not whole sentences of the page, what follows a dateline, or the headline up to a bar."""
    text = _even(draft.source.text)
    headlines = {part.strip(" .") for part in (_even(draft.source.title), *_even(draft.source.title).split("|"))}
    broken = []
    for quote in map(str.strip, _QUOTE.findall(draft.prose)):
        at = text.find(quote)
        before, behind = text[: max(at, 0)].rstrip(" "), text[at + len(quote) : at + len(quote) + 1]
        starts = not before or before[-1] in "\n.!?。！？')-–—）】:"
        stops = behind in (".", "。") or quote.endswith(".")
        if quote not in headlines and not (at >= 0 and starts and stops):
            broken.append(quote)
    return broken


def find_foreign_words(draft: Drafted) -> list[str]:
    """Words of the title that neither page nor headline has, in whatever script."""
    said = re.sub(r"(?<=\w)'(?=\w)", "", f"{draft.source.title} {draft.source.text}".replace("’", "'"))
    said += _even(f" {draft.source.title} {draft.source.text} {draft.source.site}")
    forms = {form for language in ("", "de") for form in re.findall("[a-z0-9]+", to_latin(said, language).lower())}
    words = (word.text for word in split_words(said) if not word.text.isascii())
    forms |= {piece for word in words for piece in re.findall("[a-z0-9]+", to_latin(word).lower())}
    return [word for word in draft.title.split() if word not in forms and word.removesuffix("s") not in forms]


def _even(text: str) -> str:
    """With one kind of quotation marks, single as within a quotation, and one kind of space."""
    return re.sub('[’“”„«»「」『』"]', "'", text).replace("\u00a0", " ")


def show(drafts: Iterable[Drafted]) -> None:
    """Every draft as its owner finds it."""
    for draft in drafts:
        print(f"\n===== {draft.name}\n{draft.text}")
        print("\n".join(draft.report))


def main() -> None:
    """Draft all pages and print the figures; with ``--print`` the drafts too."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--own", type=Path, default=HERE / "no_model_pages", help="another folder of text files")
    parser.add_argument("--only-own", action="store_true")
    parser.add_argument("--vault", type=Path, default=FIXTURES / "vault")
    parser.add_argument("--type", default="tech-journal")
    parser.add_argument("--print", action="store_true", dest="shown")
    options = parser.parse_args()
    store = ReviewStore(options.vault, options.type)
    pages = [*read_own_pages(options.own)]
    if not options.only_own:
        pages += [*read_fixture_pages(), *(page for folder in options.folders for page in read_folder(folder))]
    drafts = [draft for name, page in pages if (draft := store.draft(name, page))]
    if options.shown:
        show(drafts)
    echoes, sentences = find_echoes(drafts)
    broken = {draft.name: quotes for draft in drafts if (quotes := find_broken_quotes(draft))}
    foreign = {draft.name: words for draft in drafts if (words := find_foreign_words(draft))}
    must = {draft.name: draft.must for draft in drafts if draft.must}
    marks = {draft.name: len(found) for draft in drafts if (found := find_marks(draft.text))}
    for title, rows in (("echo", echoes), ("broken", broken), ("foreign", foreign), ("must", must), ("mark", marks)):
        for name, what in rows.items():
            print(f"{title}: {name}: {what}")
    print(
        f"{len(drafts)} drafts, {sentences} sentences; echoes {sum(echoes.values()) / max(1, sentences):.3f}; "
        f"marks {sum(marks.values())}; broken quotations {sum(map(len, broken.values()))}; "
        f"titles with a foreign word {len(foreign)}; must findings {sum(map(len, must.values()))}"
    )


if __name__ == "__main__":
    main()
