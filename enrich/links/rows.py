"""Features as rows of numbers, one a candidate, in the order of `FEATURES`.

Every formula holds for one candidate's figures, which a query asks for, and for arrays with those of many, which
training does: see `enrich.links.note_index.Figures`.
"""

from collections.abc import Sequence
from functools import cache

from enrich.links.features import Features
from enrich.links.note_index import Figure, Figures

FEATURES = (
    "text", "text share", "title", "title coverage", "title in text", "title in title", "text by length", "near text",
    "mentions", "mention length", "long mention", "tag names", "named tags", "title words", "shared title",
    "text outs", "text ins", "tag outs", "tag ins", "date outs", "date ins", "folder outs", "title outs", "neighbours",
    "tags", "keywords", "keyword in title", "title in keywords", "times linked", "links", "words",
    "tag pull", "folder pull", "trait pull", "affinity", "best affinity", "worst affinity", "style", "same case",
    "same folder", "shared path", "days", "near day", "newer", "same day", "same update",
    "rarest word", "rarest words", "rare words",
)  # fmt: skip
"""What each number of a row is; `read_rows` fills them in.

A subject whose meaning is known has four more: its meaning's score, that as a share of the best, and its votes.
"""
_NO_DATE, _MONTH, _WEEK = 7.0, 30.0, 5.0
"""The distance of a note without a date (log of three years), and the days in which nearness fades: a month, and a week
of work. Chosen by hand; what they weigh is learned."""


def read_rows(features: Features, some: Sequence[int] | None = None) -> tuple[Sequence[int], Sequence[Sequence[float]]]:
    """The candidates, or ``some`` of them, and a row for each."""
    numbers = features.candidates if some is None else some
    return numbers, features.index.calculator.rows(numbers, _RowReader(features).row)


class _RowReader:
    """What all rows of a subject share."""

    def __init__(self, features: Features) -> None:
        self.features, self.subject, self.facts = features, features.subject, features.facts
        calculator = features.index.calculator
        self.best_text = features.text.highest or 1.0
        self.best_meaning = features.meaning.highest or 1.0
        self.near = calculator.given(dict.fromkeys(features.nearest, 1.0))
        self.own, self.back = (calculator.given(dict.fromkeys(some, 1.0)) for some in (features.own, features.back))
        style = {trait: 1.0 for trait in self.subject.traits if not trait.startswith("tag:")}
        self.style, self.style_length = calculator.trait_values(style), len(style)
        self.case = calculator.trait_values({trait: 1.0 for trait in style if trait.startswith("case:")})
        self.lifts = calculator.lifts(self.subject.traits, features.own_traits, len(features.own))
        self.path = self.subject.path.split("/")[:-1]
        self.shared_path = cache(self._shared_path)

    def row(self, note: Figures) -> list[Figure]:
        return [
            *self._text(note), *self._names(note), *self._votes(note), *self._words(note), *self._kind(note),
            *self._place(note), *self._time(note), *self._rare_words(note),
            *(() if self.subject.near is None else self._meaning(note)),
        ]  # fmt: skip

    def _text(self, note: Figures) -> Sequence[Figure]:
        found, which = self.features, note.which
        text, title = found.text.of(which), found.title.of(which)
        long_title = 1.3 + 0.9 * note.title_length / self.facts.average_title
        return (
            text,
            text / self.best_text,
            2.2 * title / long_title,
            title / note.title_weight,
            found.title_in_text.of(which),
            2.2 * found.title_in_title.of(which) / long_title,
            text / note.calc.sqrt(1 + note.words),
            self.near.of(which),
        )

    def _names(self, note: Figures) -> Sequence[Figure]:
        found, which = self.features, note.which
        longest, shared = found.mention_length.of(which), found.shared_title.of(which)
        return (
            note.calc.log1p(found.mentions.of(which)),
            longest,
            longest > 1,
            found.tag_names.of(which),
            found.named_tags.of(which),
            note.own_title,
            shared / (1 + note.own_title + len(self.subject.title_terms) - shared),
        )

    def _votes(self, note: Figures) -> Sequence[Figure]:
        found, which = self.features, note.which
        degree = note.outs + note.ins - self.own.of(which) - self.back.of(which)
        return (
            found.by_text.outs.of(which),
            found.by_text.ins.of(which),
            found.by_tags.outs.of(which),
            found.by_tags.ins.of(which),
            found.by_date.outs.of(which),
            found.by_date.ins.of(which),
            found.by_folder.outs.of(which),
            found.by_title.outs.of(which),
            found.linked_to_nearest.of(which) / note.calc.log(2 + degree),
        )

    def _words(self, note: Figures) -> Sequence[Figure]:
        found, which = self.features, note.which
        return (
            found.tags.of(which),
            found.keywords.of(which),
            found.keyword_in_title.of(which) > 0,
            found.title_in_keywords.of(which) > 0,
            note.calc.log1p(note.ins - self.own.of(which)),
            note.calc.log1p(note.outs - self.back.of(which)),
            note.calc.log1p(note.words),
        )

    def _kind(self, note: Figures) -> Sequence[Figure]:
        found, which = self.features, note.which
        counted = note.trait_sum(self.lifts.one)
        shared = note.trait_sum(self.style)
        return (
            found.tag_pull.of(which),
            found.folder_pull.of(which),
            found.trait_pull.of(which),
            note.trait_sum(self.lifts.mean) / (counted + (counted == 0)),
            note.trait_high(self.lifts.highest),
            note.trait_low(self.lifts.lowest),
            shared / (self.style_length + note.style_length - shared),
            note.trait_sum(self.case),
        )

    def _place(self, note: Figures) -> Sequence[Figure]:
        return (
            note.by_folder(lambda folder: folder == self.subject.folder),
            note.by_folder(self.shared_path),
        )

    def _shared_path(self, folder: str) -> float:
        """The folders from the top that a folder shares with the subject's, as a share of the deeper path."""
        path = folder.split("/") if folder else []
        shared = next((n for n, (a, b) in enumerate(zip(path, self.path, strict=False)) if a != b), None)
        return (min(len(path), len(self.path)) if shared is None else shared) / (1 + max(len(path), len(self.path)))

    def _time(self, note: Figures) -> Sequence[Figure]:
        created, updated, exp = self.subject.created, self.subject.updated, note.calc.exp
        known = (note.created > 0) & (created > 0)
        away = note.calc.fabs(note.created - created)
        return (
            known * note.calc.log1p(away) + (1 - known) * _NO_DATE,
            known * exp(-away / _MONTH),
            known & (note.created > created),
            known & (away == 0),
            ((note.updated > 0) & (updated > 0)) * exp(-note.calc.fabs(note.updated - updated) / _WEEK),
        )

    def _rare_words(self, note: Figures) -> Sequence[Figure]:
        found, which = self.features, note.which
        return found.rarest_word.of(which), found.rarest_words.of(which), found.rare_words.of(which)

    def _meaning(self, note: Figures) -> Sequence[Figure]:
        found, which = self.features, note.which
        meaning = found.meaning.of(which)
        return (
            meaning,
            meaning / self.best_meaning,
            found.by_meaning.outs.of(which),
            found.by_meaning.ins.of(which),
        )
