"""Why a link is suggested, in words that a person can check."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from enrich.links.features import Features
from enrich.links.mention import Mention
from enrich.links.note_index import WEIGHT_BITS, Entry, NoteIndex, Ties, rarity
from enrich.links.subject import log_count
from enrich.links.terms import find_terms, term_of
from enrich.text.pattern import lazy_pattern
from enrich.text.stop_words import find_stop_words, small_words
from enrich.vault.note import stem_of
from enrich.vault.resolve import loose

_NEAREST, _TERMS, _TAGS, _NAMES = 5, 4, 3, 3
"""So many of each a reader takes in. By hand, as the lines below: chosen by reading reasons."""
_RARE_SHARE, _RARE_NOTES = 0.02, 3
"""A term is rare in so many notes, or in this share of all."""
_TYPICAL_SHARE, _TYPICAL_NOTES = 0.3, 5
"""A tag is typical in more than this share of all notes and so many more."""
_SHORTEST = 3
"""Letters of a term in ASCII that tells something."""
_KINDS = frozenset(
    "note notes moc index hub stub draft inbox template type status daily weekly journal zettel fleeting permanent "
    "evergreen literature seed seedling seedlings budding sapling todo wip".split()
)
"""Words for kinds and states of notes, as gardens have them in tags. By hand: no list of them is at hand."""
_TAG_PARTS = lazy_pattern(r"[/_-]")
_PLACES = ("nearest", "second nearest", "third nearest", "fourth nearest", "fifth nearest")
NO_OTHER = "nothing but its folder, tags and date, which are like those of what such notes link to"


class Reasons(Struct, frozen=True, dict=True):
    """What speaks for each link of one text."""

    features: Features
    index: NoteIndex
    text: str
    """The note as it is written: words are quoted from it."""

    def related(self, number: int) -> tuple[str, ...]:
        """What speaks for a related note; never empty."""
        entry = self.features.entries[number]
        reasons = tuple(self._of_note(entry))
        return (*reasons, *self._times_linked(entry)) if reasons else (NO_OTHER,)

    def has_linking_neighbours(self, number: int) -> bool:
        """Whether any of the most similar notes links to the note."""
        return bool(self._neighbours(self.features.ties[number]))

    def mention(self, mention: Mention, words: str, entry: Entry) -> tuple[str, ...]:
        """What speaks for ``words`` of the text as a link to ``entry``: names, habit, and what else they may mean."""
        reasons = list(self._of_words(mention, words, entry))
        if entry.number in self.features.ties:
            reasons += filter(None, [self._neighbours(self.features.ties[entry.number]), self._tags(entry)])
        if others := mention.phrase.targets - {entry.number}:
            reasons.append(f"could also mean {_names(self.index.entries(others).values())}")
        return tuple(reasons)

    def _of_words(self, mention: Mention, words: str, entry: Entry) -> Iterator[str]:
        phrase = mention.phrase
        if phrase.of_heading:
            yield f"“{words}” is a heading of it"
        elif entry.number in phrase.named:
            is_name = loose(words) in (loose(entry.title), loose(stem_of(entry.path)))
            yield "its name stands here" if is_name else f"“{words}” is another name of it"
        if shown := phrase.shown.get(entry.number, 0):
            yield f"“{words}” is a link to it in {_counted(shown, 'note')}"

    def _of_note(self, entry: Entry) -> Iterator[str]:
        ties = self.features.ties[entry.number]
        if neighbours := self._neighbours(ties):
            yield neighbours
        if tags := self._tags(entry):
            yield tags
        own = [term for term in entry.title_terms[: entry.own_title] if self._tells(term)][:_TERMS]
        if self.features.mentions.of(entry.number):
            yield "its name stands in the text"
        elif own:
            yield f"title words: {self._quoted(own)}"
        if len(own) < 2 and (rare := self._rare(entry, own)):
            yield f"rare words of both: {self._quoted(rare)}"
        if nearness := self._nearness(entry):
            yield nearness
        if self.features.named_tags.of(entry.number):
            yield "it has this note's name as a tag or keyword"

    def _times_linked(self, entry: Entry) -> Iterator[str]:
        """How many notes link to it: tells something beside a reason, and nothing by itself."""
        if times := len(self.features.ties[entry.number].ins) - (entry.number in self.features.own):
            yield f"{_counted(times, 'note')} link{'s' if times == 1 else ''} to it"

    def _neighbours(self, ties: Ties) -> str:
        nearest = sorted(self.features.nearest, key=lambda number: -self.features.nearest[number])[:_NEAREST]
        linking = [number for number in nearest if number in ties.ins]
        if not linking:
            return ""
        verb = "links" if len(linking) == 1 else "link"
        names = _names(self.index.entries(linking).values())
        return f"{len(linking)} of the {len(nearest)} most similar notes {verb} to it ({names})"

    def _nearness(self, entry: Entry) -> str:
        """Its place among the nearest notes in meaning, where that is one of the first."""
        near = self.features.subject.near or {}
        nearest = sorted(near, key=lambda number: (-near[number], number))[: len(_PLACES)]
        return f"the {_PLACES[nearest.index(entry.number)]} note in meaning" if entry.number in nearest else ""

    def _tags(self, entry: Entry) -> str:
        shared = [
            tag
            for tag in entry.tags
            if tag in self.features.subject.tags and not tag.isdigit() and self._is_telling(tag)
        ]
        deepest = [tag for tag in shared if not any(other.startswith(f"{tag}/") for other in shared)]
        return "shares " + " ".join(f"#{tag}" for tag in deepest[:_TAGS]) if deepest else ""

    def _is_telling(self, tag: str) -> bool:
        """Whether the tag is about something: not the kind or state of a note, and not on every third."""
        most = _TYPICAL_SHARE * self.features.facts.size + _TYPICAL_NOTES
        return not self._is_kind(tag) and len(self.index.postings(f"=tag:{tag}")) <= most

    def _is_kind(self, tag: str) -> bool:
        return tag in self._types or any(part in _KINDS for part in _TAG_PARTS.split(tag))

    @cached_property
    def _types(self) -> Mapping[str, int]:
        return self.index.type_counts()

    def _tells(self, term: str) -> bool:
        """Whether the text has the term too, and it is more than the ``s`` of *China's*."""
        is_word = (len(term) > 1 or not term.isascii()) and not self._is_stop_word(term)
        return is_word and term in self.features.subject.terms

    def _rare(self, entry: Entry, known: Sequence[str]) -> list[str]:
        """Terms that few notes have, and these two among them; the most telling first."""
        size, terms = self.features.facts.size, self.features.subject.terms
        most = max(_RARE_NOTES, _RARE_SHARE * size)
        weights: dict[str, float] = {}
        for term, count in terms.items():
            if (
                (len(term) < _SHORTEST and term.isascii())
                or term.isdigit()
                or term in known
                or self._is_stop_word(term)
            ):
                continue
            packed = self.index.postings("w" + term)
            if len(packed) <= most and _holds(packed, entry.number):
                weights[term] = log_count(count) * rarity(len(packed), size)
        return sorted(weights, key=lambda term: (-weights[term], term))[:_TERMS]

    def _quoted(self, terms: Iterable[str]) -> str:
        """Terms as the text writes them, in its order; pairs of characters that overlap become one word."""
        spans = sorted((self._places[term], term) for term in terms if term in self._places)
        words: list[tuple[int, int]] = []
        for (start, end), _ in spans:
            if words and start < words[-1][1]:
                words[-1] = words[-1][0], max(end, words[-1][1])
            else:
                words.append((start, end))
        elsewhere = [term for term in terms if term not in self._places]
        return ", ".join(dict.fromkeys([*(self.text[start:end] for start, end in words), *elsewhere]))

    def _is_stop_word(self, term: str) -> bool:
        """One of the text's language, or a small one of another: a title may be in another language than the text."""
        return term in self._stop_words or term in small_words()

    @cached_property
    def _stop_words(self) -> frozenset[str]:
        """As terms: a plural may have lost its ending."""
        return frozenset(term for word in find_stop_words(self.text) for term in (word, term_of(word)))

    @cached_property
    def _places(self) -> Mapping[str, tuple[int, int]]:
        """Where each term stands in the text first."""
        places: dict[str, tuple[int, int]] = {}
        for term, start, end in find_terms(self.text):
            for known in (term, self.features.subject.forms.get(term, term)):
                places.setdefault(known, (start, end))
        return places


def shared_terms(
    subject_terms: Mapping[str, int], entry: Entry, index: NoteIndex, limit: int = _TERMS
) -> tuple[str, ...]:
    """Terms of the subject that the note has too, the rarest first: its title's, then its text's."""
    size = index.facts.size
    own = [term for term in entry.title_terms if term in subject_terms]
    if len(own) < limit:
        postings = {term: index.postings("w" + term) for term in subject_terms if len(term) > 3 and term not in own}
        has = [term for term, packed in postings.items() if _holds(packed, entry.number)]
        own += sorted(has, key=lambda term: (-rarity(len(postings[term]), size), term))
    return tuple(own[:limit])


def _holds(packed: Sequence[int], number: int) -> bool:
    """Whether the note is among the postings, which are in order of number."""
    at = bisect_left(packed, number << WEIGHT_BITS)
    return at < len(packed) and packed[at] >> WEIGHT_BITS == number


def _names(entries: Iterable[Entry]) -> str:
    """``“A”``, ``“A” and “B”``, ``“A”, “B” and 2 more``."""
    names = [f"“{entry.title or stem_of(entry.path)}”" for entry in entries]
    if len(names) > _NAMES:
        names[_NAMES - 1 :] = [f"{len(names) - _NAMES + 1} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
