"""Evidence as rows of numbers, one a candidate, in the order of `SIGNALS`."""

import math
from collections import defaultdict
from collections.abc import Callable, Sequence

from enrich.links.shelf import Entry, Ties
from enrich.links.signals import Evidence

SIGNALS = (
    "text", "text share", "title", "title coverage", "title in text", "title in title", "text by length", "near text",
    "mentions", "mention length", "long mention", "tag names", "named tags", "title words", "shared title",
    "text outs", "text ins", "tag outs", "tag ins", "date outs", "date ins", "folder outs", "title outs", "neighbours",
    "tags", "keywords", "keyword in title", "title in keywords", "times linked", "links", "words",
    "tag pull", "folder pull", "trait pull", "affinity", "best affinity", "worst affinity", "style", "same case",
    "same folder", "shared path", "days", "near day", "newer", "same day", "same update",
)  # fmt: skip
"""What each number of a row is; `read_rows` fills them in."""
_NO_DATE, _MONTH, _WEEK = 7.0, 30.0, 5.0
_PRIOR_LINKS = 5.0


def read_rows(
    evidence: Evidence, only: Callable[[int], bool] = lambda _: True
) -> tuple[tuple[int, ...], list[list[float]]]:
    """The candidates (those that ``only`` wants) and a row for each, in the same order."""
    reader = _RowReader(evidence)
    candidates = tuple(filter(only, evidence.candidates))
    return candidates, [reader.row(evidence.entries[number], evidence.ties[number]) for number in candidates]


class _RowReader:
    """What all rows of a subject share."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence, self.subject, self.facts = evidence, evidence.subject, evidence.facts
        self.best_text = max(evidence.text.values(), default=0.0) or 1.0
        self.title_terms, self.words = set(self.subject.title_terms), set(self.subject.keywords)
        self.style_traits = {trait for trait in self.subject.traits if not trait.startswith("tag:")}
        self.counted = [trait for trait in self.subject.traits if trait in self.facts.from_trait]
        self.lifts: dict[str, tuple[float, float, float]] = {}
        self.case = next((trait for trait in self.subject.traits if trait.startswith("case:")), "")
        self.path = self.subject.path.split("/")[:-1]
        self.ties_of_nearest = self._share_near()

    def row(self, entry: Entry, ties: Ties) -> list[float]:
        return [
            *self._text(entry), *self._names(entry), *self._votes(entry, ties), *self._words(entry, ties),
            *self._kind(entry), *self._place_and_time(entry),
        ]  # fmt: skip

    def _text(self, entry: Entry) -> Sequence[float]:
        found, number = self.evidence, entry.number
        text = found.text.get(number, 0.0)
        long_title = 1.3 + 0.9 * len(entry.title_terms) / self.facts.average_title
        return (
            text,
            text / self.best_text,
            2.2 * found.title.get(number, 0.0) / long_title,
            found.title.get(number, 0.0) / entry.title_weight,
            found.title_in_text.get(number, 0.0),
            2.2 * found.title_in_title.get(number, 0.0) / long_title,
            text / math.sqrt(1 + entry.words),
            float(number in found.nearest),
        )

    def _names(self, entry: Entry) -> Sequence[float]:
        number = entry.number
        count, longest = self.evidence.mentions.get(number, (0, 0))
        own = set(entry.title_terms[: entry.own_title])
        return (
            math.log1p(count),
            longest,
            float(longest > 1),
            self.evidence.tag_names.get(number, 0.0),
            self.evidence.named_tags.get(number, 0.0),
            entry.own_title,
            len(own & self.title_terms) / (1 + len(own | self.title_terms)),
        )

    def _votes(self, entry: Entry, ties: Ties) -> Sequence[float]:
        found, number = self.evidence, entry.number
        degree = len(ties.outs) + len(ties.ins) - (number in found.own)
        return (
            found.by_text.outs.get(number, 0.0),
            found.by_text.ins.get(number, 0.0),
            found.by_tags.outs.get(number, 0.0),
            found.by_tags.ins.get(number, 0.0),
            found.by_date.outs.get(number, 0.0),
            found.by_date.ins.get(number, 0.0),
            found.by_folder.outs.get(number, 0.0),
            found.by_title.outs.get(number, 0.0),
            self.ties_of_nearest.get(number, 0.0) / math.log(2 + degree),
        )

    def _share_near(self) -> dict[int, float]:
        """How much of the nearest notes a candidate is linked with, in either direction."""
        shares: dict[int, float] = defaultdict(float)
        for near, share in self.evidence.nearest.items():
            ties = self.evidence.ties_of_nearest[near]
            for number in ties.outs | ties.ins:
                shares[number] += share
        return shares

    def _words(self, entry: Entry, ties: Ties) -> Sequence[float]:
        found, number = self.evidence, entry.number
        return (
            found.tags.get(number, 0.0),
            found.keywords.get(number, 0.0),
            float(not self.title_terms.isdisjoint(entry.keywords)),
            float(not self.words.isdisjoint(entry.title_terms[: entry.own_title])),
            math.log1p(len(ties.ins) - (number in found.own)),
            math.log1p(len(ties.outs)),
            math.log1p(entry.words),
        )

    def _kind(self, entry: Entry) -> Sequence[float]:
        found, number = self.evidence, entry.number
        lifts = [self._lift(trait) for trait in entry.traits if trait in self.facts.to_trait] or [(0.0, 0.0, 0.0)]
        shared = [trait for trait in entry.traits if trait in self.style_traits]
        either = len(self.style_traits) + sum(not trait.startswith("tag:") for trait in entry.traits) - len(shared)
        return (
            found.tag_pull.get(number, 0.0),
            found.folder_pull.get(number, 0.0),
            found.trait_pull.get(number, 0.0),
            sum(lift[0] for lift in lifts) / len(lifts),
            max(lift[1] for lift in lifts),
            min(lift[2] for lift in lifts),
            len(shared) / max(1, either),
            float(self.case in entry.traits),
        )

    def _lift(self, trait: str) -> tuple[float, float, float]:
        """Mean, highest and lowest log-lift of links from the subject's traits to ``trait``, its own links left out."""
        if trait not in self.lifts:
            own = self.evidence.own_traits.get(trait, 0)
            links = max(1, self.facts.links - len(self.evidence.own))
            share = (self.facts.to_trait[trait] - own + 1) / (links + 10)
            lifts = []
            for source in self.counted:
                made = self.facts.between.get(source, {}).get(trait, 0) - own
                possible = self.facts.from_trait[source] - len(self.evidence.own)
                lifts.append(math.log((made + _PRIOR_LINKS * share) / ((possible + _PRIOR_LINKS) * share)))
            self.lifts[trait] = (sum(lifts) / len(lifts), max(lifts), min(lifts)) if lifts else (0.0, 0.0, 0.0)
        return self.lifts[trait]

    def _place_and_time(self, entry: Entry) -> Sequence[float]:
        path = entry.path.split("/")[:-1]
        shared = 0
        for ours, theirs in zip(self.path, path, strict=False):
            if ours != theirs:
                break
            shared += 1
        days = entry.created - self.subject.created if entry.created and self.subject.created else None
        updates = abs(entry.updated - self.subject.updated) if entry.updated and self.subject.updated else 9999
        return (
            float(path == self.path),
            shared / (1 + max(len(path), len(self.path))),
            _NO_DATE if days is None else math.log1p(abs(days)),
            0.0 if days is None else math.exp(-abs(days) / _MONTH),
            float(days is not None and days > 0),
            float(days == 0),
            math.exp(-updates / _WEEK),
        )
