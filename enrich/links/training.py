"""Training on the vault's own links: notes are taken as if nobody had linked them yet, and the model guesses.

The less there is to learn from, the more the model stays with what holds for vaults in general
(`enrich.links.pretrained`): the penalty pulls the weights towards it, and with too few links nothing is trained at all.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from types import MappingProxyType

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from enrich.links.document import Unlinked, read_document, unlink
from enrich.links.features import gather_features
from enrich.links.inflection import with_forms
from enrich.links.learned import Trained
from enrich.links.loose_resolver import link_words, resolve_links
from enrich.links.meaning import Meaning
from enrich.links.memory_index import MemoryIndex
from enrich.links.mention import Mention, find_names, mention_rows
from enrich.links.model import Model, Row, train_model
from enrich.links.pretrained import PRETRAINED_MENTIONS, PRETRAINED_RELATED
from enrich.links.rows import read_rows
from enrich.links.subject import Subject, read_subject
from enrich.links.trees import score_rows, with_trees
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.echo import HOLLOW
from enrich.vault.note import Note, parse_note
from enrich.vault.zones import line_end, line_start

FEWEST_NOTES = 15
"""Notes with links that training needs.

As the numbers below chosen on the four vaults of docs/measured.md (`benchmarks.links`).
"""
MOST_NOTES = 400
"""Notes that are learned from: a bound of time, which each costs."""
_MOST_LINKS, _FEWEST_WORDS = 30, 10
"""A note with more links is a list, one with fewer words a stub."""
_LEAST_WEIGHT = 0.1
"""Of a note that has no sentence of its own: its links are still somebody's."""
_MENTION_RIDGE = 5.0
"""How strongly the weights for mentions are held to the pretrained ones."""
_LIKELY, _SAMPLED = 25, 5
"""Of the candidates that a note does not link to: the likeliest, and one in so many of the rest, are learned from."""
_FEWEST_FOR_TREES = 100
"""Notes without which trees learn their notes by heart."""
_WORD = lazy_pattern(r"\w\w")


def choose_notes(index: MemoryIndex, most: int = MOST_NOTES, seed: int = 0) -> list[int]:
    """Numbers of the notes to learn from: a random choice of those with some links and some text."""
    lengths, links = np.array(index.table.lengths), index.outs.sizes
    able = np.flatnonzero((links >= 1) & (links <= _MOST_LINKS) & (lengths >= _FEWEST_WORDS)).tolist()
    random.Random(seed).shuffle(able)  # noqa: S311 - a sample, not a secret
    return able[:most]


class TrainingExamples(Struct, frozen=True):
    """What one note teaches. Where its links are taken as plain words, it is as before the author linked anything."""

    rows: NDArray[np.float64]
    """Rows of `enrich.links.rows.FEATURES`: of its links, the likeliest others and a sample of the rest."""
    linked: NDArray[np.bool_]
    """Whether the note links to them."""
    counts: NDArray[np.float64]
    """For how many candidates each one stands."""
    text: str
    """The note with each link as the words it shows."""
    mentions: Sequence[Mention]
    """The names in it."""
    named: Sequence[int]
    """The candidates among the notes that are named."""
    named_rows: NDArray[np.float64]
    """A row for each of them, from the text with the words of its links in it: what a query on a draft sees."""
    own: frozenset[int]
    """The notes that it links to."""
    meant: Sequence[bool]
    """Whether the author made a link of them."""
    telling: Sequence[bool]
    """Whether that teaches anything; it does not where the note is linked elsewhere in the text."""
    weight: float = 1.0
    """How much the note counts."""


def read_examples(
    index: MemoryIndex,
    chosen: Iterable[int],
    note_of: Callable[[int], Note | None],
    meaning: Meaning | None = None,
    echoes: Mapping[str, float] = MappingProxyType({}),
) -> list[TrainingExamples]:
    """The examples of those notes that can still be read.

    A hollow note, of whose sentences ``echoes`` says how many are echoes, counts as much as it has of its own: what a
    script has written, it has also linked.
    """
    notes = ((number, note_of(number)) for number in chosen)
    return [
        replace(read_note_examples(index, number, note, meaning), weight=_weight(echoes.get(note.path, 0.0)))
        for number, note in notes
        if note is not None
    ]


def _weight(echoes: float) -> float:
    return max(_LEAST_WEIGHT, 1 - echoes) if echoes >= HOLLOW else 1.0


def read_note_examples(index: MemoryIndex, number: int, note: Note, meaning: Meaning | None = None) -> TrainingExamples:
    """The examples of one note, which has the number in the index."""
    own = frozenset(index.outs.at(number))
    document, unlinked = read_document(note), unlink(note)
    plain = parse_note(note.path, unlinked.text)
    _, own_words = resolve_links(link_words(document.links), index.resolver, number, document.folder)
    near = meaning.near(document) or {} if meaning else None
    subject, named_in = (
        with_forms(read_subject(some, number, near), plain.text, index) for some in (document, read_document(plain))
    )
    mentions = find_names(plain, named_in, index, own_words).mentions
    in_sentences = _linked_in_sentences(index, number, unlinked)
    meant = [_overlaps(mention, in_sentences.get(mention.target, ())) for mention in mentions]
    numbers, found_rows = read_rows(gather_features(subject, index))
    rows, linked = np.asarray(found_rows), np.array([other in own for other in numbers], bool)
    counts = _counts(number, numbers, rows, linked)
    used = counts > 0
    named, named_rows = _named_rows(index, named_in, mentions)
    return TrainingExamples(
        rows=rows[used],
        linked=linked[used],
        counts=counts[used],
        text=plain.text,
        mentions=mentions,
        named=named,
        named_rows=named_rows,
        own=own,
        meant=meant,
        telling=[is_link or mention.target not in own for mention, is_link in zip(mentions, meant, strict=True)],
    )


def _named_rows(
    index: MemoryIndex, subject: Subject, mentions: Sequence[Mention]
) -> tuple[Sequence[int], NDArray[np.float64]]:
    """The candidates of ``subject`` among the notes that are named, and a row for each."""
    if not mentions:
        return (), np.zeros((0, 0))
    features = gather_features(subject, index)
    named = {mention.target for mention in mentions}
    numbers, rows = read_rows(features, [number for number in features.candidates if number in named])
    return numbers, np.asarray(rows)


def _counts(
    number: int, numbers: Sequence[int], rows: NDArray[np.float64], linked: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """For how many candidates each stands: links and the likeliest for one, one in `_SAMPLED` of the rest for all."""
    scores = score_rows(PRETRAINED_RELATED.widened(rows.shape[1]), rows)
    least = np.partition(scores, -_LIKELY)[-_LIKELY] if len(scores) > _LIKELY else -np.inf
    sampled = (np.array(numbers) + number) % _SAMPLED == 0
    return np.where(linked | (scores >= least), 1.0, np.where(sampled, float(_SAMPLED), 0.0))


def train_related(examples: Sequence[TrainingExamples]) -> Trained:
    """The model for related notes; the general one where there is too little to learn from."""
    links = sum(int(taught.linked.sum()) for taught in examples)
    if len(examples) < FEWEST_NOTES or not links:
        return Trained(PRETRAINED_RELATED)
    rows, linked, counts = join_examples(examples)
    model = train_model(rows, linked, PRETRAINED_RELATED.widened(rows.shape[1]), counts=counts)
    if len(examples) >= _FEWEST_FOR_TREES:
        model = with_trees(model, rows, linked, counts)
    return Trained(model, len(examples), links)


def join_examples(
    examples: Sequence[TrainingExamples],
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """Rows, links and counts of all examples; one with many links counts less than its links would."""
    some = [taught for taught in examples if len(taught.counts)]
    shares = np.array([taught.weight * max(1, taught.linked.sum()) ** -0.5 for taught in some])
    shares /= shares.mean()
    return (
        np.concatenate([taught.rows for taught in some]),
        np.concatenate([taught.linked for taught in some]),
        np.concatenate([share * taught.counts for taught, share in zip(some, shares, strict=True)]),
    )


def train_mentions(index: MemoryIndex, examples: Sequence[TrainingExamples], related: Model) -> Trained:
    """The model for mentions: which names in sentences the author made links of."""
    rows: list[Row] = []
    labels: list[bool] = []
    counts: list[float] = []
    for taught in examples:
        some_rows, some_labels = mention_rows_of(index, taught, related)
        rows += some_rows
        labels += some_labels
        counts += [taught.weight] * len(some_labels)
    learned = sum(map(any, (taught.meant for taught in examples)))
    if learned < FEWEST_NOTES or all(labels):
        return Trained(PRETRAINED_MENTIONS)
    model = train_model(rows, labels, PRETRAINED_MENTIONS, _MENTION_RIDGE, counts)
    return Trained(model, learned, sum(labels))


def mention_rows_of(index: MemoryIndex, taught: TrainingExamples, related: Model) -> tuple[list[Row], list[bool]]:
    """Rows and labels of a note's mentions; the rows take in what ``related`` says of the notes that are named."""
    entries = index.entries({mention.target for mention in taught.mentions})
    linked = {number: int(index.ins.sizes[number]) - (number in taught.own) for number in entries}
    model = related.widened(taught.named_rows.shape[1])  # of a vault too small to learn from it knows no meaning
    odds = dict(zip(taught.named, score_rows(model, taught.named_rows).tolist(), strict=True))
    rows = mention_rows(taught.text, taught.mentions, entries, linked, odds)
    return list(compress(rows, taught.telling)), list(compress(taught.meant, taught.telling))


def _linked_in_sentences(index: MemoryIndex, number: int, unlinked: Unlinked) -> Mapping[int, list[Span]]:
    """Where links to each note stood in lines that hold more than links."""
    linked: dict[int, list[Span]] = {}
    folder = index.paths[number].rpartition("/")[0]
    spans = [span for _, span in unlinked.links]
    for link, span in unlinked.links:
        target = index.resolver.resolve(link.target, folder)
        if target is not None and target != number and _has_more_words(unlinked.text, span, spans):
            linked.setdefault(target, []).append(span)
    return linked


def _has_more_words(text: str, words: Span, spans: Sequence[Span]) -> bool:
    start, end = line_start(text, words.start), line_end(text, words.end)
    rest = text[start:end]
    for other in spans:
        if start <= other.start and other.end <= end:
            rest = rest.replace(other.of(text), " ", 1)
    return bool(_WORD.search(rest))


def _overlaps(mention: Mention, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for span in mention.spans for other in others)
