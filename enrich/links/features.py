"""What speaks for a link from a subject to each candidate; `enrich.links.rows` makes a row of numbers of it.

A subject that is in the index is treated as if its own links were not there, in both directions. So a note of the vault
gives the same rows in training as a new draft gives later, and the model learns from links it could not see.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from enrich.links.note_index import WEIGHT_BITS, Entry, Facts, NoteIndex, Scores, Ties, rarity, unpack
from enrich.links.subject import LONGEST_NAME, Subject, name_key

_TEXT_NEIGHBOURS, _TAG_NEIGHBOURS, _DATE_NEIGHBOURS, _FOLDER_NEIGHBOURS, _TITLE_NEIGHBOURS = 25, 25, 30, 30, 12
"""Notes that are asked for what they link to. Chosen, as the lines below, on the four vaults of docs/measured.md
(`benchmarks.links`)."""
_MEANING_NEIGHBOURS = 25
"""The same by meaning: as many as by text."""
_ROOMY_FOLDER = 60
"""Notes of a folder from which the nearest are asked, not all."""
_SIMILAR = 60
"""Notes of similar text, or meaning, that are candidates: a bound of time, for those further down are hardly linked."""
_COMMON_SHARE, _COMMON_FROM = 0.25, 200
"""In a vault of at least 200 notes, words that a quarter of them hold are not searched for."""
_MOST_POSTINGS = 20_000
"""A bound of time for a search in a vault of 100,000 notes (`benchmarks.links_speed`)."""
_RAREST, _HARDLY_ANY = 3, 4
"""The rarest words that two notes share, which tell more than all others do; and other notes that have a rare word.

The first that were tried (docs/ranking.md).
"""
_AMBIGUOUS = 5
"""A name of more notes than that points to none of them."""
_AGAIN_IN_TITLE = 0.3
"""What each further occurrence (as a logarithm) of a title's word in the text counts."""
_MOST_NAMED = 200
"""A bound of time on candidates through tags: a tag may name thousands."""

Parts = list[tuple[Sequence[int], float]]


class Votes(Struct, frozen=True):
    """What neighbours link to, and what links to neighbours; each neighbour has a share of one vote."""

    outs: Scores
    ins: Scores


class Features(Struct, frozen=True, eq=False, dict=True):
    """Everything found for one subject, by the number of the note it speaks for."""

    subject: Subject
    index: NoteIndex
    own: frozenset[int]
    """What the subject links to already, when it is in the index."""
    back: frozenset[int]
    """What links to it."""
    own_traits: Mapping[str, int]
    """How many of them have a trait."""
    text: Scores
    rarest_word: Scores
    """How rare the rarest word is that the note shares with the subject."""
    rarest_words: Scores
    """The same for the rarest three together."""
    rare_words: Scores
    """How many words they share that hardly another note has."""
    title: Scores
    title_in_text: Scores
    title_in_title: Scores
    shared_title: Scores
    """How many terms of its title, aliases aside, the note shares with the subject's."""
    mentions: Scores
    """How often a name of the note stands in the subject."""
    mention_length: Scores
    """Of how many terms the longest of those names is."""
    tags: Scores
    keywords: Scores
    keyword_in_title: Scores
    title_in_keywords: Scores
    tag_names: Scores
    named_tags: Scores
    by_text: Votes
    by_tags: Votes
    by_date: Votes
    by_folder: Votes
    by_title: Votes
    by_meaning: Votes
    meaning: Scores
    nearest: Mapping[int, float]
    """The nearest notes by text, with their score as a share of the best one."""
    linked_to_nearest: Scores
    tag_pull: Scores
    folder_pull: Scores
    trait_pull: Scores
    chosen: tuple[int, ...] = ()
    """The notes that anything speaks for, drafts included."""

    @property
    def facts(self) -> Facts:
        """Figures of the vault as a whole."""
        return self.index.facts

    @cached_property
    def entries(self) -> Mapping[int, Entry]:
        """The chosen notes that still exist."""
        return self.index.entries(self.chosen)

    @cached_property
    def ties(self) -> Mapping[int, Ties]:
        """The links of the chosen notes."""
        return self.index.ties(self.chosen)

    @property
    def candidates(self) -> tuple[int, ...]:
        """The notes that anything speaks for, drafts left out."""
        return self.index.calculator.published(self.chosen)


def gather_features(subject: Subject, index: NoteIndex) -> Features:
    """Look up everything that speaks for a link from ``subject``, and choose the candidates."""
    return _Gathering(subject, index).features()


def search_words(index: NoteIndex, counts: Mapping[str, int]) -> Scores:
    """BM25 of every note that shares a term; the rarest terms first, until enough postings were read."""
    size = index.facts.size
    common = size * _COMMON_SHARE if size > _COMMON_FROM else size
    return index.calculator.search("w", counts, 1.0, common, _MOST_POSTINGS)


class _Gathering:
    """One subject's look-ups."""

    def __init__(self, subject: Subject, index: NoteIndex) -> None:
        self.subject, self.index, self.calculator, self.facts = subject, index, index.calculator, index.facts
        ties = index.ties([subject.number])[subject.number] if subject.number >= 0 else Ties()
        self.own, self.back = ties
        self.inside = int(subject.number >= 0)
        """Whether the index counts the subject among the notes that have a word."""

    def features(self) -> Features:
        """Every look-up, then the candidates it leads to."""
        subject, given = self.subject, self.calculator.given
        title_terms = dict.fromkeys(subject.title_terms, 1)
        text = self._bm25(subject.terms)
        top = text.highest or 1.0
        meaning = given(subject.near or {})
        title_in_text = self._bm25(title_terms)
        tags, keywords = self._overlap("=tag:", subject.tags), self._overlap("k", subject.keywords)
        akin = self._total([*tags, *keywords]).raised(text, 0.05)
        similar = text.best(_SIMILAR)
        nearest = _first(similar, _TEXT_NEIGHBOURS)
        shares = {number: score / top for number, score in nearest.items()}
        shared = self._shared_words()
        rarest_word, rarest_words = self.calculator.first_of(shared, (1, _RAREST))
        mentions = self._mentions()
        by_text, by_tags, by_date, by_folder, by_title, by_meaning = self._votes(
            {number: score**2 for number, score in nearest.items()},
            akin.best(_TAG_NEIGHBOURS),
            self._near_in_time(),
            self._same_folder(text, top),
            title_in_text.best(_TITLE_NEIGHBOURS),
            meaning.best(_MEANING_NEIGHBOURS),
        )
        found = Features(
            subject=subject,
            index=self.index,
            own=self.own,
            back=self.back,
            own_traits=Counter(trait for entry in self.index.entries(self.own).values() for trait in entry.traits),
            text=text,
            rarest_word=rarest_word.drop(subject.number),
            rarest_words=rarest_words.drop(subject.number),
            rare_words=self._total([(packed, 1.0) for packed, _ in shared if len(packed) <= _HARDLY_ANY + self.inside]),
            title=self._title_bm25(subject.terms),
            title_in_text=title_in_text,
            title_in_title=self._title_bm25(title_terms),
            shared_title=self._total(self._parts("t", subject.title_terms), weighted=True),
            mentions=given({number: count for number, (count, _) in mentions.items()}),
            mention_length=given({number: length for number, (_, length) in mentions.items()}),
            tags=self._total(tags),
            keywords=self._total(keywords),
            keyword_in_title=self._total(self._parts("k", subject.title_terms)),
            title_in_keywords=self._total(self._parts("t", subject.keywords), weighted=True),
            tag_names=given(self._tag_names()),
            named_tags=given(self._named_tags()),
            by_text=by_text,
            by_tags=by_tags,
            by_date=by_date,
            by_folder=by_folder,
            by_title=by_title,
            by_meaning=by_meaning,
            meaning=meaning,
            nearest=shares,
            linked_to_nearest=self.calculator.linked(shares),
            tag_pull=self._pull([f"tag:{tag}" for tag in subject.tags]),
            folder_pull=self._pull([f"folder:{subject.folder}"]),
            trait_pull=self._pull(subject.traits),
        )
        return replace(found, chosen=self._choose(found, akin, (*similar, *mentions)))

    def _choose(self, found: Features, akin: Scores, near: Iterable[int]) -> tuple[int, ...]:
        chosen = {*near, *self.facts.hubs, *found.title.best(60), *akin.best(40)}
        chosen.update(found.title_in_text.best(30), found.title_in_title.best(30))
        chosen.update(found.meaning.best(_SIMILAR))
        chosen.update(found.tag_names.best(_MOST_NAMED), found.named_tags.best(_MOST_NAMED))
        for votes, outs, ins in (
            (found.by_text, 80, 30), (found.by_tags, 80, 30), (found.by_date, 60, 30),
            (found.by_folder, 60, 20), (found.by_title, 40, 20), (found.by_meaning, 80, 30),
        ):  # fmt: skip
            chosen.update(votes.outs.best(outs), votes.ins.best(ins))
        chosen.discard(self.subject.number)
        return tuple(sorted(chosen))

    def _shared_words(self) -> Parts:
        """The subject's words that other notes have, each with its rarity among them; the rarest first.

        As a share of the rarity of a word that a single note has, which grows with the vault.
        """
        found = sorted((packed for packed, _ in self._parts("w", self.subject.terms)), key=len)
        read = accumulate(map(len, found))
        some = [packed for packed, count in zip(found, read, strict=True) if count <= _MOST_POSTINGS]
        others = max(1, self.facts.size - self.inside)
        highest = rarity(1, others)
        return [(packed, rarity(max(1, len(packed) - self.inside), others) / highest) for packed in some]

    def _bm25(self, counts: Mapping[str, int]) -> Scores:
        return search_words(self.index, counts).drop(self.subject.number)

    def _title_bm25(self, counts: Mapping[str, int]) -> Scores:
        return self.calculator.search("t", counts, _AGAIN_IN_TITLE).drop(self.subject.number)

    def _total(self, parts: Parts, weighted: bool = False) -> Scores:
        """What the postings give to other notes than the subject."""
        return self.calculator.total(parts, weighted).drop(self.subject.number)

    def _parts(self, prefix: str, words: Iterable[str]) -> Parts:
        return [(packed, 1.0) for word in words if (packed := self.index.postings(prefix + word))]

    def _overlap(self, prefix: str, words: Iterable[str]) -> Parts:
        """The tags or keywords of the subject that others share, each with its rarity; common ones don't count."""
        parts = []
        for packed in sorted((self.index.postings(prefix + word) for word in words), key=len):
            if len(packed) > 0.3 * self.facts.size + 5 or len(packed) > _MOST_POSTINGS:
                break
            parts.append((packed, rarity(len(packed), self.facts.size)))
        return parts

    def _mentions(self) -> dict[int, tuple[int, int]]:
        """Notes of which a name stands in the subject; a name of more than a few notes tells nothing."""
        known = self.index.known("t", set(self.subject.sequence))
        phrases = list(_phrases(self.subject.sequence, known))
        named = {phrase: self._named(phrase) for phrase in self.index.known("n", {phrase for phrase, _ in phrases})}
        mentions: dict[int, tuple[int, int]] = {}
        for phrase, length in phrases:
            for number in named.get(phrase, ()):
                count, longest = mentions.get(number, (0, 0))
                mentions[number] = (count + 1, max(longest, length))
        return mentions

    def _named(self, key: str) -> list[int]:
        packed = self.index.postings("n" + key) if key else ()
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
        packed = (value for key in keys for value in self.index.postings(key))
        return {number: 1.0 for number, _ in map(unpack, packed) if number != self.subject.number}

    def _near_in_time(self) -> dict[int, float]:
        day = self.subject.created
        if not day:
            return {}
        others = [(abs(other - day), n) for other, n in self.index.around(day, 25) if n != self.subject.number]
        return {number: 1 / (3 + distance) for distance, number in sorted(others)[:_DATE_NEIGHBOURS]}

    def _same_folder(self, text: Scores, top: float) -> Mapping[int, float]:
        """Notes of the subject's folder, in a roomy one those of similar text."""
        packed = self.index.postings(f"=folder:{self.subject.folder}") if self.subject.path else ()
        members = self._total([(packed, 1.0)]).raised(text, 1 / top)
        return members.best(_FOLDER_NEIGHBOURS if len(packed) > _ROOMY_FOLDER else _ROOMY_FOLDER)

    def _votes(self, *neighbours: Mapping[int, float]) -> list[Votes]:
        """The votes of several groups of neighbours, who share one vote in each group by their scores."""
        totals = [sum(some.values()) or 1.0 for some in neighbours]
        shares = [
            {number: score / total for number, score in some.items()}
            for some, total in zip(neighbours, totals, strict=True)
        ]
        number = self.subject.number
        return [Votes(outs.drop(number), ins.drop(number)) for outs, ins in self.calculator.votes(shares)]

    def _pull(self, traits: Iterable[str]) -> Scores:
        """How likely a note with these traits links to a note: one minus the chance that no trait leads to it."""
        parts = ((self.index.postings(f">{trait}"), trait) for trait in traits)
        pulls = [(packed, len(self.index.postings(f"={trait}")) + 3) for packed, trait in parts if packed]
        return self.calculator.any_of(pulls, self.own)


def _first(best: Mapping[int, float], count: int) -> dict[int, float]:
    """The highest of some scores; of equal ones those of the lowest numbers."""
    return dict(sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:count])


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
