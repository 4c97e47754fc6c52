"""Training on the vault's own links: notes are taken as if nobody had linked them yet, and the model guesses.

The less there is to learn from, the more the model stays with what holds for vaults in general (`enrich.links.prior`):
the penalty pulls the weights towards it, and with too few links nothing is trained at all.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence

from enrich.links.card import Anchor, read_card, speak
from enrich.links.learned import Trained
from enrich.links.memory import MemoryShelf, anchor_words, resolve_anchors
from enrich.links.mention import read_mentions
from enrich.links.model import Model, Row, train_model
from enrich.links.prior import MENTION_PRIOR, RELATED_PRIOR
from enrich.links.rows import read_rows
from enrich.links.shelf import Entry
from enrich.links.signals import gather_evidence
from enrich.links.subject import Subject, read_subject
from enrich.text.span import Span
from enrich.vault.zones import line_end, line_start

FEWEST_NOTES = 15
"""Notes with links that training needs."""
MOST_NOTES = 400
_MOST_LINKS, _FEWEST_WORDS = 30, 10
_MENTION_RIDGE = 5.0
_SAMPLED = 3
_WORD = re.compile(r"\w\w")


def choose_teachers(shelf: MemoryShelf, most: int = MOST_NOTES, seed: int = 0) -> list[int]:
    """Numbers of the notes to learn from: a random choice of those with some links and some text."""
    able = [
        entry.number
        for entry, outs in zip(shelf.notes, shelf.outs, strict=True)
        if 1 <= len(outs) <= _MOST_LINKS and entry.words >= _FEWEST_WORDS
    ]
    random.Random(seed).shuffle(able)  # noqa: S311 - a sample, not a secret
    return able[:most]


def train_related(shelf: MemoryShelf, teachers: Sequence[int], subject_of: Callable[[int], Subject | None]) -> Trained:
    """The model for related notes, trained on the links of ``teachers``; ``subject_of`` reads a note again."""
    if len(teachers) < FEWEST_NOTES:
        return Trained(RELATED_PRIOR)
    rows: list[Row] = []
    labels: list[bool] = []
    for number in teachers:
        subject = subject_of(number)
        if subject is not None:
            some_rows, some_labels = related_lessons(shelf, subject)
            rows += some_rows
            labels += some_labels
    if not any(labels):
        return Trained(RELATED_PRIOR)
    return Trained(train_model(rows, labels, RELATED_PRIOR, unmade=_SAMPLED), len(teachers), sum(labels))


def related_lessons(shelf: MemoryShelf, subject: Subject) -> tuple[list[list[float]], list[bool]]:
    """Rows and labels of one note: its links, and one in `_SAMPLED` of the candidates that it does not link to."""
    own = shelf.outs[subject.number]
    candidates, rows = read_rows(
        gather_evidence(subject, shelf),
        lambda number: number in own or not (number + subject.number) % _SAMPLED,
    )
    return rows, [candidate in own for candidate in candidates]


def train_mentions(
    shelf: MemoryShelf, related: Model, teachers: Sequence[int], text_of: Callable[[int], str | None]
) -> Trained:
    """The model for mentions: which names in the sentences of ``teachers`` the author made links of."""
    rows: list[Row] = []
    labels: list[bool] = []
    learned = 0
    for number in teachers:
        text = text_of(number)
        if text is not None:
            some_rows, some_labels = mention_lessons(shelf, related, number, text)
            rows += some_rows
            labels += some_labels
            learned += any(some_labels)
    if learned < FEWEST_NOTES or all(labels):
        return Trained(MENTION_PRIOR)
    return Trained(train_model(rows, labels, MENTION_PRIOR, ridge=_MENTION_RIDGE), learned, sum(labels))


def mention_lessons(shelf: MemoryShelf, related: Model, number: int, text: str) -> tuple[list[Row], list[bool]]:
    """Rows and labels of one note: its links as plain words again. Names linked elsewhere in the note teach nothing."""
    entry = shelf.notes[number]
    spoken, anchors = speak(text)
    linked = _linked_in_sentences(shelf, entry, spoken, anchors)
    card = read_card(entry.path, text)
    _, own_words = resolve_anchors(anchor_words(card), shelf.naming, entry)
    subject = read_subject(read_card(entry.path, spoken), number)
    found = read_mentions(spoken, subject, shelf, related, own_words, related_too=False)
    rows: list[Row] = []
    labels: list[bool] = []
    for mention, row in zip(found.mentions, found.rows, strict=True):
        meant = any(_overlap(span, other) for span in mention.spans for other in linked.get(mention.target, ()))
        if meant or mention.target not in shelf.outs[number]:
            rows.append(row)
            labels.append(meant)
    return rows, labels


def _linked_in_sentences(
    shelf: MemoryShelf, entry: Entry, spoken: str, anchors: Sequence[Anchor]
) -> Mapping[int, list[Span]]:
    """Where links to each note stood in lines that hold more than links."""
    linked: dict[int, list[Span]] = {}
    for anchor in anchors:
        target = shelf.naming.resolve(anchor.target, entry.folder)
        if target is not None and target != entry.number and _has_more_words(spoken, anchor, anchors):
            linked.setdefault(target, []).append(Span(anchor.start, anchor.end))
    return linked


def _has_more_words(text: str, anchor: Anchor, anchors: Sequence[Anchor]) -> bool:
    start, end = line_start(text, anchor.start), line_end(text, anchor.end)
    rest = text[start:end]
    for other in anchors:
        if start <= other.start and other.end <= end:
            rest = rest.replace(other.words, " ", 1)
    return bool(_WORD.search(rest))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
