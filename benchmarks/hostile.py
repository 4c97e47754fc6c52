"""How the time of each text function grows with hostile text: 25 kB against 100 kB of one kind.

python -m benchmarks.hostile [--only NAME ...] [--kind KIND ...] [--limit 20] [--rows]

A row is a function of `functions` with a kind of `KINDS`: the time for 25 kB, for 100 kB, their ratio and a verdict.
Both tables are meant to be added to. The aim: four times the text takes at most five times as long, and never over two
seconds. Less than `FLOOR` is no measure of anything, so a ratio is taken of times raised to it: a row that takes less
than five times the floor for 100 kB cannot miss the ratio.

Times are those of the processor, so that a busy machine fails no row; a row that misses is measured twice more, each
time in a fresh process, and its best counts. Every probe runs in a process of its own, which the system ends after
``--limit`` seconds of the processor: a hang is a row. So is an exception that is no `EnrichError`.

Printed are the rows that miss (with ``--rows`` all) and a line of totals for each function. The exit code is 1 when a
row misses the aim.
"""

import argparse
import contextlib
import multiprocessing
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from benchmarks.hostile_kinds import KINDS

if TYPE_CHECKING:
    from enrich.links.memory_index import MemoryIndex
    from enrich.source.source import Source
    from enrich.vault.note_type import NoteType

SMALL, LARGE = 25_000, 100_000
FLOOR = 0.02
"""Seconds below which a time is noise."""
MOST_RATIO, MOST_SECONDS = 5.0, 2.0
ROUNDS = 3
TODAY = date(2023, 7, 19)
ADDRESS = "https://news.example.com/a"
PROSE = (
    "Larkspur AI released the weights of its Corvid 2 language models on Tuesday, and companies may use them free of "
    "charge below a threshold of 700 million monthly users. The sizes are 7B, 13B and 70B.",
    "The company said that public text of 2.1 trillion tokens went into training, 40 percent more than for the first "
    "Corvid. A 34B model was held back because it gave unsafe answers more often than the others.",
    "Universities that compare systems could be put off by a clause that bars the use of outputs to improve another "
    "model, according to three researchers who read the licence in the spring.",
)
FRONT = 'tags:\n  - tech-journal\ndescription: "Larkspur released weights."\ncreated: 2023-07-18\n'

Function = Callable[[str], object]


def article(text: str) -> "Source":
    """A source with ``text`` in the midst of ordinary paragraphs."""
    from enrich.source.source import Source
    from enrich.text.span import Span

    whole = "\n\n".join((*PROSE[:2], f"The company said {text} and then it ended.", PROSE[2]))
    return Source(
        url=ADDRESS,
        title="Larkspur opens the weights of Corvid 2",
        title_origin="given",
        site="Northgate Wire",
        author="Ada Byron",
        published=date(2023, 7, 18),
        published_origin="given",
        language="en",
        text=whole,
        paragraphs=(Span(0, len(whole)),),
    )


def note(text: str, front: str = FRONT) -> str:
    """A note with ``text`` as a paragraph of its own and in a bullet."""
    return f"---\n{front}---\n\n# larkspur opens weights\n\n{PROSE[0]}\n\n{text}\n\n## Facts\n\n- {PROSE[1]}\n\n#\n"


def page(text: str) -> str:
    """A page that has ``text`` wherever a page says something of itself, and as a paragraph."""
    from html import escape

    said = escape(text.encode("utf-8", "replace").decode())
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (*map(escape, PROSE), said))
    return (
        f"<!doctype html><html><head><title>{said}</title><meta property='og:title' content='{said}'>"
        f"<meta property='og:site_name' content='{said}'><meta name='author' content='{said}'>"
        f"<meta property='article:published_time' content='{said}'></head>"
        f"<body><article><h1>{said}</h1><p class='byline'>{said}</p>{body}</article></body></html>"
    )


@cache
def note_type() -> "NoteType":
    """The journal's own type."""
    from enrich.vault.note_type import prompt_folders, read_note_type

    return read_note_type("tech-journal", prompt_folders(None))


def answer(text: str) -> dict[str, Any]:
    """A model's answer for that type that says ``text`` everywhere, quotes too."""
    row = {"text": text, "evidence": text, "link": None}
    sections = {section.key: {"sentences": [row], "bullets": [row], **row} for section in note_type().written_by_model}
    return {"title": text, "topics": [text], "keywords": [text], "description": row, **sections}


def compose(text: str) -> object:
    """A model's answer becomes a checked note, cited with the site's name."""
    from msgspec.structs import replace

    from enrich.draft.checked import check_answer
    from enrich.draft.compose import compose_note
    from enrich.draft.context import DraftContext
    from enrich.draft.section import parse_answer

    source = replace(article("nothing"), site=text)
    checked = check_answer(parse_answer(answer(text), note_type(), ()), source)
    return compose_note(checked, DraftContext(source, note_type().name, TODAY), note_type(), "230719TJ01")


def read_answer(text: str) -> object:
    """What a model wrote, bare and as a value of the object that was asked for."""
    import json

    from enrich.llm.answer import read_answer
    from enrich.llm.schema import build_schema

    schema = build_schema(note_type(), ())
    said = json.dumps(answer(text[: len(text) // 8]))
    return read_answer(text, schema), read_answer(f"<think>{text}", schema), read_answer(said, schema)


def draft_without_model(text: str) -> object:
    """The no-model engine's answer to a source that holds ``text``."""
    from enrich.llm.completion import AnswerError, Prompt
    from enrich.llm.extractive.engine import ExtractiveEngine
    from enrich.llm.schema import build_schema

    prompt = Prompt("draft", (), build_schema(note_type(), ()), "note")
    with contextlib.suppress(AnswerError):
        return ExtractiveEngine(article(text), (), note_type(), ()).complete(prompt, lambda _: None)
    return None


def take_apart(text: str) -> object:
    """A page that says ``text`` everywhere, read without the time limit that `extract_source` sets."""
    from enrich.source.reader import read_html

    return read_html(page(text), ADDRESS, TODAY, 1_000_000)


def take_text(text: str) -> object:
    """Plain text as the article of a page."""
    from enrich.source.extract import source_from_text

    return source_from_text(f"{PROSE[0]}\n\n{text}\n\n{PROSE[1]}", ADDRESS, text, TODAY)


def check_note(text: str) -> object:
    """A note that says ``text``, against a source that says it too and against one that does not."""
    from enrich.check.check_note import check_note
    from enrich.check.note_check import Against

    quotes = {text: text}
    sources = article(text), article("nothing")
    return [check_note(note(text), "a", note_type(), Against(source, quotes)) for source in sources]


def check_claims(text: str) -> object:
    """``text`` as one claim, alone and quoted, against a source that holds it."""
    from enrich.check.evidence.claim import Claim
    from enrich.check.evidence.judge import check_claims

    claims = [Claim(text), Claim(f"The company said {text}.", text), Claim(PROSE[0], text)]
    return check_claims(claims, article(text))


def check_text(text: str) -> object:
    """Running text against a source that holds it."""
    from enrich.check.check_note import check_text

    return check_text(f"{PROSE[0]}\n\n{text}", article(text), {})


def check_style(text: str) -> object:
    """The rules of a note's type, with ``text`` in the body, and with it in the front matter."""
    from enrich.check.style.lint import check_style

    line = " ".join(text.split())
    notes = note(text), note("a", f"{FRONT}title: {line}\n"), note("a", f"{FRONT}{text}\n")
    return [check_style(each, "a", note_type()) for each in notes]


def mend(text: str) -> object:
    """What `check --fix` writes."""
    from enrich.check.style.autofix import mend

    return mend(note(text), "a", note_type())


@cache
def shelf() -> "MemoryIndex":
    """A few notes that are called what some kinds say over and over."""
    from enrich.links.document import read_document
    from enrich.links.memory_index import MemoryIndex
    from enrich.vault.note import parse_note

    found = MemoryIndex()
    for name in ("a", "Aa Bb", "one hundred", "January", "Jan 1", "中文", "2023", "Ab", "a b", "ab ab ab"):
        text = f"---\ntitle: {name}\n---\n\n{PROSE[0]} [[a]] [[Ab|{name}]]\n"
        found.add(read_document(parse_note(f"notes/{name}.md", text)))
    found.finish()
    return found


def find_mentions(text: str) -> object:
    """The notes that ``text`` names."""
    from enrich.links.mention import find_mentions
    from enrich.vault.zones import protected_zones

    return find_mentions(text, protected_zones(text), shelf())


def index(text: str) -> object:
    """A note that says ``text`` in its body, title and keys: its entry in an index, its words without links."""
    from enrich.links.document import read_document, unlink
    from enrich.links.memory_index import MemoryIndex
    from enrich.vault.note import parse_note

    line = " ".join(text.split())
    made = MemoryIndex()
    made.add(read_document(parse_note("a.md", note(text))))
    other = note("a", f"title: {line}\ntags: {line}\naliases: [{line}]\n{text}\n")
    made.add(read_document(parse_note("b.md", other)))
    made.finish()
    return unlink(parse_note("a.md", note(text)))


def place(text: str) -> object:
    """Where a related note and a mention would be placed."""
    from enrich.links.place import place_mention, place_related
    from enrich.text.span import Span

    found = note(text)
    place_related(found, "a", {"weights"}, note_type())
    place_related(found, "a", {"weights"}, None)
    return place_mention(found, Span(len(found) - 10, len(found) - 5), "a|b")


def review(text: str) -> object:
    """A sentence beside its evidence, and the note's actions on its text."""
    from enrich.check.facts.stems import stems_of
    from enrich.review.difference import compare_words, mark_shared
    from enrich.text.mark import find_marks, remove_marks

    remove_marks(text)
    find_marks(text)
    mark_shared(text, PROSE[0])
    return compare_words(text, PROSE[0], stems_of(text), ["a", text])


def whole_statements(text: str) -> object:
    """What the no-model engine would quote of a text, and the names and nouns that it finds there."""
    from enrich.llm.extractive.lexicon import find_lexicon
    from enrich.llm.extractive.statement import find_statements, read_statement
    from enrich.llm.extractive.terms import find_terms

    lexicon = find_lexicon("en")
    read_statement(f"After the vote, {text} was the first to say that it is over.", lexicon)
    return list(find_statements(text, lexicon)), find_terms(text[:400], (text[:400],), lexicon)


def names(text: str) -> object:
    """The names of a text, and what a source that holds it knows of them."""
    from enrich.check.facts.names import find_names
    from enrich.text.words import split_words

    return find_names(text, split_words(text))


def quotations(text: str) -> object:
    """The quotations of a text, and where another has them."""
    from enrich.check.facts.quotations import find_quotations, locate_quote

    locate_quote(text, f"{PROSE[0]} {text}")
    locate_quote(f"{text} … {text}", text)
    return find_quotations(text)


def copying(text: str) -> object:
    """The longest run of words that a text shares with a source, and its share of shared runs."""
    from enrich.check.evidence.copying import longest_shared_run, shared_share

    source = f"{text[len(text) // 3 :]} b {text}"
    return longest_shared_run(text, source), shared_share(text, source)


def normal(text: str) -> object:
    """The normal form of a text, and the way back."""
    from enrich.text.normal import fold, normalise

    folded = fold(text)
    return normalise(text), folded.original(0, len(folded.text))


def read_note(text: str) -> object:
    """A note of a vault: its front matter, headings, links and words, with ``text`` in the body and in a key."""
    from enrich.vault.note import parse_note

    line = " ".join(text.split())
    return [parse_note("a.md", each) for each in (note(text), note("a", f"title: {line}\n"), note("a", f"{text}\n"))]


def zones(text: str) -> object:
    """The zones of a note and its links."""
    from enrich.vault.wikilink import find_wikilinks
    from enrich.vault.zones import protected_zones

    return protected_zones(text), find_wikilinks(text)


def names_of_notes(text: str) -> object:
    """What a name becomes in a link, an address and a file."""
    from enrich.vault.file_name import name_fault
    from enrich.vault.resolve import loose
    from enrich.vault.slug import link_slug, slug_of_alias, slug_of_path

    line = " ".join(text.split())
    return slug_of_path(f"{line}.md"), slug_of_alias(line), link_slug(line), name_fault(line), loose(line)


def statements(text: str) -> object:
    """What a page says of itself, one statement after the other."""
    from enrich.source.byline import split_names
    from enrich.source.dates import find_date_in_address, parse_stamp
    from enrich.source.site import SiteEvidence, choose_site
    from enrich.source.title import Titled, choose_title, clean_title, find_suffix, fold_name

    sites = frozenset({fold_name(text)})
    choose_title([Titled(text, "og"), Titled(f"{text} | {text}", "title")], [text], sites)
    find_suffix(f"Larkspur opens {text}", "Larkspur opens")
    choose_site(SiteEvidence([text], [text], "news.example.com"))
    parse_stamp(text, "vi")
    find_date_in_address(f"{ADDRESS}/{text}")
    return split_names(text), clean_title(text)


def paywalls(text: str) -> object:
    """Whether a page is a wall or an error page."""
    from enrich.source import paywall

    titles = [title.fullmatch(text) for title in (paywall.ERROR_TITLE, paywall.BOT_TITLE, paywall.LOGIN_TITLE)]
    patterns = (paywall.ERROR_TEXT, paywall.BOT_CHECK, paywall.NEEDS_SCRIPTS, paywall.MEMBERS_ONLY, *paywall.CONSENT)
    return titles, [pattern.search(text) for pattern in patterns]


def raw_page(text: str) -> object:
    """The bytes of a page before it is taken apart, and its JSON-LD and style sheets when it is."""
    from enrich.source.decode import decode
    from enrich.source.jsonld import read_items
    from enrich.source.kind import find_kind
    from enrich.source.markup import drop_hidden, parse_html

    data = text.encode("utf-8", "replace")
    decode(data, text)
    decode(b"<meta " + data + b"\xff", "")
    find_kind("", data)
    find_kind(text, b"<!-- " + data)
    tree = parse_html(f"<style>{text}</style><script type='application/ld+json'>{text}</script><p style='{text}'>a</p>")
    drop_hidden(tree)
    return read_items(tree)


def address(text: str) -> object:
    """An address as a page or a user gives it."""
    from enrich.errors import EnrichError
    from enrich.source.address import address_key, canonical_url, follow, parse_address

    base = parse_address(ADDRESS)
    for url in (f"{ADDRESS}/{text}", f"https://{text}/", f"{ADDRESS}?{text}", text):
        for read in (address_key, canonical_url, lambda reference: follow(base, reference)):
            with contextlib.suppress(EnrichError):
                read(url)
    return None


def functions() -> Mapping[str, Function]:
    """The functions under test, by name."""
    from enrich.check.evidence.passage import Passage
    from enrich.check.facts.dates import find_dates
    from enrich.check.facts.equal_forms import Equivalents
    from enrich.check.facts.listing import list_lengths
    from enrich.check.facts.quantity import find_quantities
    from enrich.check.facts.relative_dates import find_shifts
    from enrich.check.facts.stems import bare, stem
    from enrich.check.style.layout import paragraphs, read_layout, reading
    from enrich.draft.section import clean_tag, clean_title
    from enrich.links.terms import find_terms, split_terms
    from enrich.source.paragraphs import clean_paragraph, split_paragraphs
    from enrich.text.language import guess_language
    from enrich.text.plain import Plain, from_plain, protect_dollars
    from enrich.text.sentences import split_sentences
    from enrich.text.span import Span
    from enrich.text.words import count_words, split_words
    from enrich.vault.front_matter import read_front_matter
    from enrich.vault.yaml_scalar import yaml_scalar

    return {
        "text/sentences": split_sentences,
        "text/words": split_words,
        "text/words, any script": lambda text: split_words(f"中 ế {text}"),
        "text/words, counted": lambda text: (count_words(text), count_words(f"中 {text}")),
        "text/normal": normal,
        "text/plain Plain": Plain,
        "text/plain protect_dollars": lambda text: protect_dollars(f"$ {text} $"),
        "text/plain from_plain": from_plain,
        "check/quantity": find_quantities,
        "check/dates": lambda text: find_dates(text, TODAY),
        "check/counted": lambda text: (list(find_shifts(text)), list(list_lengths(text))),
        "check/names": names,
        "check/equivalents": lambda text: Equivalents(text).said(text),
        "check/quotation": quotations,
        "check/copying": copying,
        "check/passage": lambda text: Passage(f"- {text}", Span(0, len(text) + 2)),
        "check/layout": lambda text: (read_layout(note(text), "a").links, read_layout(text, "a").parts),
        "check/layout, reading": lambda text: (reading(text), paragraphs(text, Span(0, len(text)))),
        "check/language": guess_language,
        "check/stems": lambda text: (stem(text), bare(text)),
        "check claims": check_claims,
        "check text": check_text,
        "check note": check_note,
        "check style": check_style,
        "check fix": mend,
        "draft compose": compose,
        "draft/section": lambda text: (clean_title(text), clean_tag(text)),
        "draft without a model": draft_without_model,
        "llm/extractive/statement": whole_statements,
        "llm/answer": read_answer,
        "links/terms": lambda text: (split_terms(text), find_terms(text)),
        "links index": index,
        "links/mention": find_mentions,
        "links/place": place,
        "review": review,
        "vault/zones": zones,
        "vault/note": read_note,
        "vault/front_matter": lambda text: read_front_matter(f"---\n{text}\n---\n"),
        "vault/yaml_scalar": lambda text: yaml_scalar(" ".join(text.split())),
        "vault names": names_of_notes,
        "source page": take_apart,
        "source page, raw": raw_page,
        "source text": take_text,
        "source/paragraphs": lambda text: (clean_paragraph(text), split_paragraphs(text)),
        "source statements": statements,
        "source/paywall": paywalls,
        "source/address": address,
    }


@dataclass(frozen=True)
class Row:
    """What one probe took, in seconds of the processor; `fault` says how it ended when it gave no time."""

    function: str
    kind: str
    small: float = 0.0
    large: float = 0.0
    fault: str = ""

    @property
    def ratio(self) -> float:
        """How many times as long the larger text took, of times raised to the floor."""
        return max(self.large, FLOOR) / max(self.small, FLOOR)

    @property
    def misses(self) -> str:
        """What of the aim it misses; empty when nothing."""
        if self.fault:
            return self.fault
        return " and ".join(
            said
            for said, missed in (
                (f"ratio over {MOST_RATIO:g}", self.ratio > MOST_RATIO),
                (f"over {MOST_SECONDS:g} s", self.large > MOST_SECONDS),
            )
            if missed
        )


def seconds() -> float:
    """What this process and its ended children took of the processor so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def measure(function: Function, text: str) -> float:
    """The time that one call takes; what the product itself refuses counts as done."""
    from enrich.errors import EnrichError

    start = seconds()
    with contextlib.suppress(EnrichError):
        function(text)
    return seconds() - start


def answer_probes(asked: Connection, limit: float) -> None:
    """In the child: measure what is asked for, one function, kind and size after the other."""
    table = functions()
    warm: set[str] = set()
    while True:
        name, kind, size = asked.recv()
        function = table[name]
        if name not in warm:  # imports and patterns that are compiled when they are needed
            warm.add(name)
            measure(function, " ".join(PROSE))
        try:
            signal.setitimer(signal.ITIMER_PROF, limit)  # nobody handles its signal, so it ends the process
            asked.send(measure(function, KINDS[kind](size)))
        except Exception as error:
            asked.send(f"{type(error).__name__}: {str(error)[:60]!r}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


class Prober:
    """A child process that is replaced when it hangs."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self._child: multiprocessing.Process | None = None
        self._asked: Connection

    def stop(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child = None

    def ask(self, name: str, kind: str, size: int) -> float | str:
        """The seconds, or what went wrong."""
        if self._child is None:
            self._asked, theirs = multiprocessing.Pipe()
            self._child = multiprocessing.Process(target=answer_probes, args=(theirs, self.limit), daemon=True)
            self._child.start()
            theirs.close()
        self._asked.send((name, kind, size))
        try:
            said: float | str = self._asked.recv()
        except EOFError:
            self.stop()
            return f"over {self.limit:g} s, or ended, with {size // 1000} kB"
        return said

    def probe(self, name: str, kind: str) -> Row:
        """One row; a miss is measured again in fresh processes, and the best counts."""
        best = self._once(name, kind)
        for _ in range(ROUNDS - 1):
            if not best.misses or best.fault:
                break
            self.stop()
            again = self._once(name, kind)
            best = min(best, again, key=lambda row: (row.misses != "", row.ratio))
        return best

    def _once(self, name: str, kind: str) -> Row:
        times = []
        for size in (SMALL, LARGE):
            taken = self.ask(name, kind, size)
            if isinstance(taken, str):
                return Row(name, kind, fault=taken)
            times.append(taken)
        return Row(name, kind, times[0], times[1])


def probe_all(names: Sequence[str], kinds: Sequence[str], limit: float) -> Iterator[Row]:
    """Every function with every kind, in order."""
    prober = Prober(limit)
    try:
        for name in names:
            for kind in kinds:
                yield prober.probe(name, kind)
    finally:
        prober.stop()


def show(row: Row) -> None:
    """Print a row of the table."""
    times = "| - | - | -" if row.fault else f"| {row.small:.3f} | {row.large:.3f} | {row.ratio:.1f}"
    print(f"| {row.function} | {row.kind} {times} | {row.misses or 'ok'} |", flush=True)


def main() -> int:
    """Print the table and say whether all of it keeps the aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=[], help="functions whose name holds one of these")
    parser.add_argument("--kind", nargs="+", default=[], choices=KINDS, metavar="KIND")
    parser.add_argument(
        "--limit", type=float, default=20, help="seconds of the processor after which a probe is a hang"
    )
    parser.add_argument("--rows", action="store_true", help="print the rows that keep the aim too")
    options = parser.parse_args()
    names = [name for name in functions() if not options.only or any(part in name for part in options.only)]
    if not names:
        parser.error(f"--only: no function is called like that; there are {', '.join(functions())}")
    kinds = options.kind or list(KINDS)
    print("| function | kind | 25 kB, s | 100 kB, s | ratio | verdict |\n|---|---|---:|---:|---:|---|")
    rows: list[Row] = []
    for row in probe_all(names, kinds, options.limit):
        rows.append(row)
        if row.misses or options.rows:
            show(row)
    print("\n| function | rows | missed | slowest, s | largest ratio |\n|---|---:|---:|---:|---:|")
    for name in (*names, ""):
        own = [row for row in rows if name in ("", row.function)]
        missed = sum(bool(row.misses) for row in own)
        slowest, ratio = max(row.large for row in own), max(row.ratio for row in own)
        print(f"| {name or 'all'} | {len(own)} | {missed} | {slowest:.2f} | {ratio:.1f} |")
    return int(any(row.misses for row in rows))


if __name__ == "__main__":
    sys.exit(main())
