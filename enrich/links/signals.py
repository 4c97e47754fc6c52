"""The signals: what speaks for a link from a subject to each candidate, as one row of numbers a candidate.

A subject that is on the shelf is treated as if its own links were not there, in both directions. So a note of the vault
gives the same rows in training as a new draft gives later, and the model learns from links it could not see.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from heapq import nlargest
from itertools import islice

from enrich.links.shelf import IMPACT_UNIT, WEIGHT_BITS, Entry, Facts, Shelf, Ties, rarity, unpack
from enrich.links.subject import LONGEST_NAME, Subject, log_count, name_key

Scores = Mapping[int, float]
_TEXT_NEIGHBOURS, _TAG_NEIGHBOURS, _DATE_NEIGHBOURS, _FOLDER_NEIGHBOURS, _TITLE_NEIGHBOURS = 25, 25, 30, 30, 12
_ROOMY_FOLDER, _SIMILAR = 60, 60
_COMMON_SHARE, _COMMON_FROM = 0.25, 200
_MOST_POSTINGS = 20_000
_AMBIGUOUS = 5


@dataclass(frozen=True)
class Votes:
    """What neighbours link to, and what links to neighbours; each neighbour has a share of one vote."""

    outs: Scores = field(default_factory=dict)
    ins: Scores = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """Everything found for one subject, by the number of the note it speaks for."""

    subject: Subject
    facts: Facts
    own: frozenset[int]
    """What the subject links to already, when it is on the shelf."""
    own_traits: Mapping[str, int]
    """How many of them have a trait."""
    text: Scores
    title: Scores
    title_in_text: Scores
    title_in_title: Scores
    mentions: Mapping[int, tuple[int, int]]
    """How often a name of the note stands in the subject, and of how many terms the longest one is."""
    tags: Scores
    keywords: Scores
    tag_names: Scores
    named_tags: Scores
    by_text: Votes
    by_tags: Votes
    by_date: Votes
    by_folder: Votes
    by_title: Votes
    nearest: Mapping[int, float]
    """The nearest notes by text, with their score as a share of the best one."""
    ties_of_nearest: Mapping[int, Ties]
    tag_pull: Scores
    folder_pull: Scores
    trait_pull: Scores
    entries: Mapping[int, Entry] = field(default_factory=dict)
    """The candidates, drafts included."""
    ties: Mapping[int, Ties] = field(default_factory=dict)

    @property
    def candidates(self) -> tuple[int, ...]:
        """The notes that anything speaks for, drafts left out."""
        return tuple(number for number, entry in self.entries.items() if not entry.draft)


def gather_evidence(subject: Subject, shelf: Shelf) -> Evidence:
    """Look up everything that speaks for a link from ``subject``, and choose the candidates."""
    return _Gathering(subject, shelf).evidence()


class _Gathering:
    """One subject's look-ups. Postings are asked once a key."""

    def __init__(self, subject: Subject, shelf: Shelf) -> None:
        self.subject, self.shelf, self.sums, self.facts = subject, shelf, shelf.sums, shelf.facts
        self.own = shelf.ties([subject.number])[subject.number].outs if subject.number >= 0 else frozenset()

    def evidence(self) -> Evidence:
        """Every look-up, then the candidates it leads to."""
        subject = self.subject
        text = self._bm25({term: log_count(count) for term, count in subject.terms.items()})
        top = max(text.values(), default=0.0) or 1.0
        title_in_text = self._bm25(dict.fromkeys(subject.title_terms, 1.0))
        tags, keywords = self._overlap("=tag:", subject.tags), self._overlap("k", subject.keywords)
        akin = {
            number: tags.get(number, 0.0) + keywords.get(number, 0.0) + 0.05 * text.get(number, 0.0)
            for number in {*tags, *keywords}
        }
        similar = {number: text[number] for number in _best(text, _SIMILAR)}
        nearest = _best(similar, _TEXT_NEIGHBOURS)
        ties = self.shelf.ties(nearest)
        found = Evidence(
            subject=subject,
            facts=self.facts,
            own=self.own,
            own_traits=Counter(trait for entry in self.shelf.entries(self.own).values() for trait in entry.traits),
            text=text,
            title=self._title_bm25({term: 1 + 0.3 * (log_count(n) - 1) for term, n in subject.terms.items()}),
            title_in_text=title_in_text,
            title_in_title=self._title_bm25(dict.fromkeys(subject.title_terms, 1.0)),
            mentions=self._mentions(),
            tags=tags,
            keywords=keywords,
            tag_names=self._tag_names(),
            named_tags=self._named_tags(),
            by_text=self._votes({number: text[number] ** 2 for number in nearest}, ties),
            by_tags=self._votes({number: akin[number] for number in _best(akin, _TAG_NEIGHBOURS)}),
            by_date=self._votes(self._near_in_time()),
            by_folder=self._votes({number: 1 + text.get(number, 0.0) / top for number in self._same_folder(text)}),
            by_title=self._votes({n: title_in_text[n] for n in _best(title_in_text, _TITLE_NEIGHBOURS)}),
            nearest={number: text[number] / top for number in nearest},
            ties_of_nearest=ties,
            tag_pull=self._pull([f"tag:{tag}" for tag in subject.tags]),
            folder_pull=self._pull([f"folder:{subject.folder}"]),
            trait_pull=self._pull(subject.traits),
        )
        chosen = self._choose(found, akin, similar)
        return replace(found, entries=self.shelf.entries(chosen), ties=self.shelf.ties(chosen))

    def _choose(self, found: Evidence, akin: Scores, similar: Iterable[int]) -> list[int]:
        chosen = {*found.mentions, *found.tag_names, *found.named_tags, *self.facts.hubs}
        chosen.update(similar, _best(found.title, 60), _best(akin, 40))
        chosen.update(_best(found.title_in_text, 30), _best(found.title_in_title, 30))
        for votes, outs, ins in (
            (found.by_text, 80, 30), (found.by_tags, 80, 30), (found.by_date, 60, 30),
            (found.by_folder, 60, 20), (found.by_title, 40, 20),
        ):  # fmt: skip
            chosen.update(_best(votes.outs, outs), _best(votes.ins, ins))
        chosen.discard(self.subject.number)
        return sorted(chosen)

    def _bm25(self, weights: Mapping[str, float]) -> dict[int, float]:
        """BM25 of every note that shares a term; the rarest terms first, until enough postings were read."""
        size = self.facts.size
        common = size * _COMMON_SHARE if size > _COMMON_FROM else size
        lists = [(packed, weight) for term, weight in weights.items() if (packed := self.shelf.postings("w" + term))]
        lists.sort(key=lambda pair: len(pair[0]))
        parts, read = [], 0
        for packed, weight in lists:
            read += len(packed)
            if len(packed) > common or read > _MOST_POSTINGS:
                break
            parts.append((packed, weight * rarity(len(packed), size) / IMPACT_UNIT))
        return self._others(self.sums.total(parts, weighted=True))

    def _title_bm25(self, weights: Mapping[str, float]) -> dict[int, float]:
        lists = ((self.shelf.postings("t" + term), weight) for term, weight in weights.items())
        parts = ((packed, weight * rarity(len(packed), self.facts.size)) for packed, weight in lists if packed)
        return self._others(self.sums.total(parts))

    def _others(self, scores: dict[int, float]) -> dict[int, float]:
        scores.pop(self.subject.number, None)
        return scores

    def _overlap(self, prefix: str, words: Iterable[str]) -> dict[int, float]:
        """The summed rarity of the tags or keywords that a note shares with the subject; common ones don't count."""
        parts = []
        for packed in sorted((self.shelf.postings(prefix + word) for word in words), key=len):
            if len(packed) > 0.3 * self.facts.size + 5 or len(packed) > _MOST_POSTINGS:
                break
            parts.append((packed, rarity(len(packed), self.facts.size)))
        return self._others(self.sums.total(parts))

    def _mentions(self) -> dict[int, tuple[int, int]]:
        """Notes of which a name stands in the subject; a name of more than a few notes tells nothing."""
        known = {term for term in set(self.subject.sequence) if term and self.shelf.postings("t" + term)}
        looked_up: dict[str, list[int]] = {}
        mentions: dict[int, tuple[int, int]] = {}
        for phrase, length in _phrases(self.subject.sequence, known):
            if phrase not in looked_up:
                looked_up[phrase] = self._named(phrase)
            for number in looked_up[phrase]:
                count, longest = mentions.get(number, (0, 0))
                mentions[number] = (count + 1, max(longest, length))
        return mentions

    def _named(self, key: str) -> list[int]:
        packed = self.shelf.postings("n" + key) if key else ()
        numbers = [value >> WEIGHT_BITS for value in packed]
        return [number for number in numbers if number != self.subject.number] if len(numbers) <= _AMBIGUOUS else []

    def _tag_names(self) -> dict[int, float]:
        """Notes that are called like a tag of the subject, or like the last part of a nested one."""
        scores: dict[int, float] = {}
        for tag in self.subject.tags:
            for key in {name_key(tag), name_key(tag.rpartition("/")[2])}:
                for number in self._named(key):
                    scores[number] = max(scores.get(number, 0.0), _depth_share(tag, self.subject.tags))
        return scores

    def _named_tags(self) -> dict[int, float]:
        """Notes with a tag or keyword that is a name of the subject."""
        keys = [f"{kind}{name.lstrip('#').lower()}" for name in self.subject.names for kind in ("=tag:", "k")]
        if len(self.subject.title_terms) <= 2:  # "keyword - clarity" lists what has the keyword clarity
            keys += [f"k{term}" for term in self.subject.title_terms]
        packed = (value for key in keys for value in self.shelf.postings(key))
        return {number: 1.0 for number, _ in map(unpack, packed) if number != self.subject.number}

    def _near_in_time(self) -> dict[int, float]:
        day = self.subject.created
        if not day:
            return {}
        others = [(abs(other - day), n) for other, n in self.shelf.around(day, 25) if n != self.subject.number]
        return {number: 1 / (3 + distance) for distance, number in sorted(others)[:_DATE_NEIGHBOURS]}

    def _same_folder(self, text: Scores) -> list[int]:
        packed = self.shelf.postings(f"=folder:{self.subject.folder}") if self.subject.path else ()
        numbers = [value >> WEIGHT_BITS for value in packed]
        if len(numbers) > _ROOMY_FOLDER:
            numbers = nlargest(_FOLDER_NEIGHBOURS, numbers, key=lambda number: text.get(number, 0.0))
        return [number for number in numbers if number != self.subject.number]

    def _votes(self, neighbours: Scores, ties: Mapping[int, Ties] | None = None) -> Votes:
        total = sum(neighbours.values()) or 1.0
        outs: dict[int, float] = defaultdict(float)
        ins: dict[int, float] = defaultdict(float)
        for number, (to, back) in (ties or self.shelf.ties(neighbours)).items():
            share = neighbours[number] / total
            for other in to:
                outs[other] += share
            for other in back:
                ins[other] += share
        return Votes(self._others(outs), self._others(ins))

    def _pull(self, traits: Iterable[str]) -> Scores:
        """How likely a note with these traits links to a note: one minus the chance that no trait leads to it."""
        parts = ((self.shelf.postings(f">{trait}"), trait) for trait in traits)
        pulls = [(packed, len(self.shelf.postings(f"={trait}")) + 3) for packed, trait in parts if packed]
        return self.sums.any_of(pulls, self.own)


def _best(scores: Scores, count: int) -> list[int]:
    """The ``count`` notes with the highest scores, in no order."""
    if len(scores) <= count:
        return list(scores)
    least = sorted(scores.values(), reverse=True)[count - 1]
    best = [number for number, score in scores.items() if score > least]
    ties = (number for number, score in scores.items() if score == least)
    return [*best, *islice(ties, count - len(best))]


def _phrases(sequence: tuple[str, ...], known: set[str]) -> Iterable[tuple[str, int]]:
    """Every run of terms that could be a name, with its length."""
    for start, first in enumerate(sequence):
        if first not in known:
            continue
        phrase = first
        yield phrase, 1
        for length, term in enumerate(sequence[start + 1 : start + LONGEST_NAME], 2):
            if term not in known:
                break
            phrase = f"{phrase} {term}"
            yield phrase, length


def _depth_share(tag: str, tags: tuple[str, ...]) -> float:
    deepest = max((other.count("/") for other in tags if other.startswith(tag)), default=0) + 1
    return (tag.count("/") + 1) / deepest
