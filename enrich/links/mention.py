"""Mentions: words of a text that name a note, or that the vault's author links to one."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from enrich.links.common import is_common
from enrich.links.features import Features, gather_features
from enrich.links.fit import fit_span, has_break, may_be_name
from enrich.links.inflection import with_forms
from enrich.links.model import Model, log_odds, sigmoid
from enrich.links.note_index import WEIGHT_BITS, Entry, NoteIndex, unpack
from enrich.links.rows import read_rows
from enrich.links.subject import LONGEST_NAME, Forms, Subject, name_key
from enrich.links.terms import find_terms
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.note import Note, stem_of
from enrich.vault.resolve import loose
from enrich.vault.zones import merge_zones

MENTION_FEATURES = (
    "shown for it", "shown at all", "holders", "link share", "share of target", "terms", "characters", "is title",
    "is alias", "same case", "has capital", "targets", "times", "position", "inside longer", "related", "related rank",
    "times linked", "words", "text words", "mentions in text",
)  # fmt: skip
"""What each number of a row is; `mention_rows` fills them in."""
_Run = list[tuple[str, int, int]]
_BREAK = lazy_pattern(r"[|]|\n[ \t>]*\r?\n")
"""Between cells and paragraphs; whether a sign inside a paragraph is the name's own, `enrich.links.fit` knows."""
_WIDEST_GAP = 12
"""Characters between two words of one phrase: room for marks and brackets, not for a missing word. Chosen by hand."""
_MOST_TARGETS = 8
"""A name of more notes than that names none. Chosen by hand; how many it names is in the model as well."""
_UNRELATED = -7.0
"""Log-odds of a note that is no candidate: below nearly all that are (a thousandth)."""


class Phrase(Struct, frozen=True):
    """Words that stand in the text and point to notes."""

    key: str
    named: frozenset[int]
    """Notes that are called so."""
    shown: Mapping[int, int]
    """Notes for which links show these words, with how many notes do."""
    holders: int
    """Notes that have all these terms, at most."""
    of_heading: bool = False
    """The words are a heading of the one note in `named`."""

    @property
    def targets(self) -> frozenset[int]:
        """Every note the words may mean."""
        return self.named | self.shown.keys()


class Mention(Struct):
    """A note that the text names: by which words, and where."""

    target: int
    phrase: Phrase
    spans: list[Span] = field(default_factory=list)
    inside_longer: bool = True
    """Every one of the spans is part of a longer phrase that means some note."""


def find_mentions(
    text: str,
    zones: Sequence[Span],
    index: NoteIndex,
    own_words: Iterable[tuple[str, int]] = (),
    forms: Forms = MappingProxyType({}),
    with_headings: bool = False,
) -> list[Mention]:
    """Each note that ``text`` names outside ``zones``, once, by its most telling words.

    ``own_words`` are pairs of words and note that links of this very text show; they do not count as features.
    ``forms`` are words of the text that are those of a title in another form. With ``with_headings`` headings
    are names too.
    """
    terms = find_terms(text)
    every = {term for term, _, _ in terms} | set(forms.values())
    prefixes = "tbg" if with_headings else "tb"
    known = set[str]().union(*(index.known(prefix, every) for prefix in prefixes))
    runs = [some for run in _runs(text, terms, zones) for some in _readings(run, forms)]
    places = dict.fromkeys(place for run in runs for place in _places(run, known))
    keys = {key for key, _, _ in places}
    phrases = _phrases(keys, index, frozenset(own_words))
    if with_headings:
        phrases = _headings(keys - phrases.keys(), index) | phrases
    hits = [
        (phrases[key], Span(start, end))
        for key, start, end in places
        if key in phrases and may_be_name(text, start, end)
    ]
    found: dict[tuple[int, str], Mention] = {}
    ends = [(span.start, span.end) for _, span in hits]
    covered = _covered(ends)
    for phrase, span in hits:
        for target in phrase.targets:
            mention = found.setdefault((target, phrase.key), Mention(target, phrase))
            mention.spans.append(span)
            mention.inside_longer &= (span.start, span.end) in covered
    return _best_of_each(found.values())


def _runs(text: str, terms: Iterable[tuple[str, int, int]], zones: Sequence[Span]) -> Iterator[_Run]:
    """The terms of the text in runs that nothing interrupts: no zone, no end of a sentence or line."""
    run: _Run = []
    zone = 0
    for term, start, end in terms:
        while zone < len(zones) and zones[zone].end <= start:
            zone += 1
        blocked = zone < len(zones) and zones[zone].start < end
        if run and (blocked or _interrupted(text, run[-1][2], start, zones, zone)):
            yield run
            run = []
        if not blocked:
            run.append((term, start, end))
    if run:
        yield run


def _interrupted(text: str, end: int, start: int, zones: Sequence[Span], zone: int) -> bool:
    if start <= end or (start - end == 1 and text[end] == " "):
        return False
    if start - end > _WIDEST_GAP or _BREAK.search(text[end : start + 1]):
        return True
    return zone > 0 and zones[zone - 1].start >= end


def _readings(run: _Run, forms: Forms) -> Iterator[_Run]:
    """The run as it is, and where words are forms of a title's with those in their place."""
    yield run
    if any(term in forms for term, _, _ in run):
        yield [(forms.get(term, term), start, end) for term, start, end in run]


def _places(run: _Run, known: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Every phrase of a run that consists of known terms, with the characters it stands at."""
    for at, (first, start, first_end) in enumerate(run):
        if first not in known:
            continue
        key = first
        yield key, start, first_end
        for term, _, end in run[at + 1 : at + LONGEST_NAME]:
            if term not in known:
                break
            key = f"{key} {term}"
            yield key, start, end


def _phrases(keys: Collection[str], index: NoteIndex, own_words: frozenset[tuple[str, int]]) -> dict[str, Phrase]:
    """Those of the phrases that mean some note."""
    phrases = {}
    for key in index.known("n", keys) | index.known("a", keys):
        named, shown = index.postings("n" + key), map(unpack, index.postings("a" + key))
        phrase = Phrase(
            key=key,
            named=frozenset(value >> WEIGHT_BITS for value in named) if len(named) <= _MOST_TARGETS else frozenset(),
            shown={n: others for n, count in shown if (others := count - ((key, n) in own_words)) > 0},
            holders=_holders(key, index),
        )
        if phrase.targets:
            phrases[key] = phrase
    return phrases


def _headings(keys: Collection[str], index: NoteIndex) -> dict[str, Phrase]:
    """Those of the phrases that are a heading of one note alone: what many notes have is no subject."""
    postings = {key: index.postings("h" + key) for key in index.known("h", keys)}
    return {
        key: Phrase(key, frozenset([packed[0] >> WEIGHT_BITS]), {}, _holders(key, index), of_heading=True)
        for key, packed in postings.items()
        if len(packed) == 1
    }


def _holders(key: str, index: NoteIndex) -> int:
    return min(len(index.postings("w" + term)) for term in key.split())


def _covered(spans: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those that lie inside a longer one."""
    covered = set()
    reach, opener = -1, (-1, -1)
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if end <= reach and (start, end) != opener:
            covered.add((start, end))
        else:
            reach, opener = end, (start, end)
    return covered


def _best_of_each(mentions: Iterable[Mention]) -> list[Mention]:
    best: dict[int, Mention] = {}
    for mention in mentions:
        held = best.get(mention.target)
        if held is None or _telling(mention) > _telling(held):
            best[mention.target] = mention
    return list(best.values())


def _telling(mention: Mention) -> tuple[float, int]:
    phrase, target = mention.phrase, mention.target
    shown = phrase.shown.get(target, 0) + (2 if target in phrase.named else 0)
    return (shown + 0.1) / (phrase.holders + 2) * len(phrase.key.split()), len(phrase.key)


class Names(NamedTuple):
    """The notes that a text may name; drafts and the note itself are left out."""

    entries: Mapping[int, Entry]
    may_be: Sequence[Mention]
    """By the terms of their names."""
    mentions: Sequence[Mention]
    """Those of them whose names stand there as they are written."""


def find_names(
    note: Note,
    subject: Subject,
    index: NoteIndex,
    own_words: Iterable[tuple[str, int]] = (),
    with_headings: bool = False,
) -> Names:
    """What ``note``, which is ``subject`` with its forms, names: see `find_mentions`."""
    found = find_mentions(note.text, merge_zones(note.zones), index, own_words, subject.forms, with_headings)
    entries = index.entries({mention.target for mention in found})
    may_be = [m for m in found if m.target in entries and m.target != subject.number and not entries[m.target].draft]
    fitted = (fit_mention(mention, note.text, entries[mention.target], subject.forms) for mention in may_be)
    return Names(entries, may_be, list(filter(None, fitted)))


class FoundMentions(Struct, frozen=True):
    """The mentions of a text with a row of `MENTION_FEATURES` for each, and what was found on the way."""

    mentions: Sequence[Mention]
    rows: list[list[float]]
    features: Features
    related: Mapping[int, float]
    """Probabilities of the model for related notes, by number."""
    everyday: frozenset[int] = frozenset()
    """Notes of which only the words stand there: everyday ones (``to go`` may not be Go), or with other signs."""


def read_mentions(
    note: Note,
    subject: Subject,
    index: NoteIndex,
    model: Model,
    own_words: Iterable[tuple[str, int]] = (),
    least: float = 0.0,
) -> FoundMentions:
    """Find what ``note`` names and gather what speaks for a link. Drafts and the note itself are left out.

    Of a related note that is less likely than ``least`` only that is known.
    """
    bound = log_odds(least)
    subject = with_forms(subject, note.text, index)
    features = gather_features(subject, index)
    entries, may_be, mentions = find_names(note, subject, index, own_words, with_headings=True)
    numbers, rows = read_rows(features)
    scores = {
        number: model.score(row, -math.inf if number in entries else bound)
        for number, row in zip(numbers, rows, strict=True)
    }
    ties = index.ties(entries)
    linked = {number: len(ties[number].ins) - (number in features.own) for number in entries}
    odds = {number: score for number, score in scores.items() if number in entries}
    related = {number: sigmoid(score) for number, score in scores.items()}
    named = {m.target for m in mentions if not is_common(note.text, m.spans[0], entries[m.target].names)}
    everyday = frozenset(mention.target for mention in may_be if mention.target not in named)
    return FoundMentions(
        mentions, mention_rows(note.text, mentions, entries, linked, odds), features, related, everyday
    )


def fit_mention(mention: Mention, text: str, entry: Entry, forms: Forms) -> Mention | None:
    """The mention with spans that cover the whole name; None where the words are a name with other signs.

    Other words that links show for the note are the author's own, whatever its name.
    """
    every = entry.headings if mention.phrase.of_heading else entry.names
    names = [name for name in dict.fromkeys(every) if name_key(name) == mention.phrase.key]
    shown = mention.phrase.shown.get(mention.target, 0)
    spans = [fitted for span in mention.spans if (fitted := _fit(text, span, names, forms, bool(shown)))]
    return replace(mention, spans=spans) if spans else None


def _fit(text: str, span: Span, names: Sequence[str], forms: Forms, is_shown: bool) -> Span | None:
    """Where a name stands, else the words themselves where links show them and they are no name with other signs."""
    if (fitted := fit_span(text, span, names, forms)) and (is_shown or not is_common(text, fitted, names)):
        return fitted
    return span if is_shown and not names and not has_break(text, *span) else None


def mention_rows(
    text: str,
    mentions: Sequence[Mention],
    entries: Mapping[int, Entry],
    linked: Mapping[int, int],
    related: Mapping[int, float],
) -> list[list[float]]:
    """A row of `MENTION_FEATURES` for each mention.

    ``linked`` is how often a note is linked, ``related`` the log-odds that the model for related notes gives it.
    """
    ranked = sorted(related, key=lambda number: -related[number])
    places = {number: 1 / (3 + rank) for rank, number in enumerate(ranked)}
    size, crowd = math.log1p(len(text)), math.log1p(len(mentions))
    rows = []
    for mention in mentions:
        entry, number = entries[mention.target], mention.target
        rows.append(
            [
                *_phrase_features(mention), *_surface_features(text, mention, entry),
                related.get(number, _UNRELATED), places.get(number, 0.0),
                math.log1p(linked.get(number, 0)), math.log1p(entry.words), size, crowd,
            ]
        )  # fmt: skip
    return rows


def _phrase_features(mention: Mention) -> Sequence[float]:
    phrase = mention.phrase
    shown, every = phrase.shown.get(mention.target, 0), sum(phrase.shown.values())
    return (
        math.log1p(shown),
        math.log1p(every),
        math.log1p(phrase.holders),
        math.log((shown + 0.2) / (phrase.holders + 1)),
        (shown + 0.1) / (every + 0.2),
    )


def _surface_features(text: str, mention: Mention, entry: Entry) -> Sequence[float]:
    phrase, span = mention.phrase, mention.spans[0]
    surface = span.of(text)
    stem = stem_of(entry.path)
    title = mention.target in phrase.named and loose(surface) in (loose(entry.title), loose(stem))
    return (
        len(phrase.key.split()),
        math.log(len(surface)),
        float(title),
        float(mention.target in phrase.named and not title),
        float(surface in (entry.title, stem)),
        float(surface[:1].isupper()),
        math.log(len(phrase.targets)),
        math.log(len(mention.spans)),
        span.start / max(1, len(text)),
        float(mention.inside_longer),
    )
