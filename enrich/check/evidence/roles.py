"""Roles: who stands where.

Where two names of a sentence would each fit the words around the other better, judged by the evidence, they are
exchanged; where another name of the evidence fits far better than the one that is said, it was replaced; and a name
that the source has only elsewhere was brought in.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, combinations, islice
from operator import itemgetter

from msgspec import Struct

from enrich.check.evidence.name_context import Slot, name_forms, name_slots, same_name, stand_in_slots, suit
from enrich.check.evidence.name_kind import NameKinds
from enrich.check.evidence.place import Place
from enrich.check.evidence.problem import Problem
from enrich.check.evidence.wording import Wording
from enrich.check.facts.date_mention import MONTH_OF
from enrich.check.facts.name_forms import countries_of, is_country, is_person_of_country, seats_of
from enrich.check.facts.stems import bare, stem
from enrich.check.facts.synonyms import synonym_root
from enrich.text.pattern import lazy_pattern
from enrich.text.words import word_set

_EXCHANGED = 1.4
"""By how much two names of the evidence must fit better exchanged."""
_REPLACED_HERE, _REPLACED_TOPIC, _REPLACED = 1.8, 1.6, 0.8
"""By how much another name must fit better where the evidence has the one that is said too, has it near
and in the headline, and else."""
_REPLACED_INFERRED = 0.8
"""The same of an inference, in the quote itself."""
_VERY_WORDS = 2.5
"""How well a name must fit to stand in another's place though the page shows it as of another kind."""
_TOPIC = 5
"""How often a source must have a name for `she` or `the company` to be taken for it, far from where it stands."""
_FIRST_PERSON = word_set("we our i my")
_THEMSELVES = word_set("company firm agency city state university school council foundation charity club bank museum")
"""What a page calls the one that it is about, behind `the`."""
_SHORT_WORD = 2
"""Letters of a word that stands within others by chance."""
_SPEECH = 30
"""Sentences before the evidence in which it is told who speaks. By hand, a bound of time."""
_OPENING = 3
"""Sentences in which a page that says `we` names who that is, and how often it may do so elsewhere."""
_MOST_SAID, _MOST_AROUND, _MOST_MENTIONS = 24, 200, 100
"""Names of a sentence, names around its evidence, and places of one name that are held against each other: bounds of
time."""
_OWNER = lazy_pattern(r"['’]s?$")
_AFFILIATION = lazy_pattern(
    r"[^\s,;]+(?:\s[A-Z]\S*)*\s(?:[a-z-]+\s){0,4}(?:president|chief|executive|founder|director|manager|head|chair\w*"
    r"|officer|economist|analyst|engineer|minister|spokes\w+|researcher|professor|lawyer|counsel|editor|partner|author"
    r"|governor|secretary|scientist|designer|CEO|CFO|CTO)\s(?:[A-Z]\S*\s)*"
)
_IN = lazy_pattern(r",?\s(?:in|of|at|from)\s(?:the\s)?")
_TITLES = word_set("ceo cfo cto coo")
_POSTS = word_set("""
    deputy assistant vice chief general executive senior secretary president director minister officer chairman
    chairwoman chair governor attorney commissioner ambassador senator judge mayor head professor manager editor
    spokesman spokeswoman
""")
"""Words of a post, which is no name by itself: `Deputy Secretary`."""
_MONTHS = word_set("jan feb mar apr may jun jul aug sep oct nov dec")
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
_PEOPLE = lazy_pattern(r"(?:an|ish|ese|ch|ss|i)(?:['’]s)?$")
"""How a word for a people ends, which says only where someone comes from: `the French manufacturer`."""


class _Scene(Struct, frozen=True, dict=True):
    """The names of a sentence and of its place."""

    said: tuple[Slot, ...]
    quoted: tuple[Slot, ...]
    here: tuple[Slot, ...]
    near: tuple[Slot, ...]
    everywhere: Sequence[Slot]
    full_names: Mapping[str, Collection[frozenset[str]]]
    stand_ins: tuple[Slot, ...]
    kinds: NameKinds

    @cached_property
    def rivals(self) -> list[Slot]:
        """The names of the evidence that the sentence does not say."""
        return self._unsaid(self.here)

    @cached_property
    def quoted_rivals(self) -> list[Slot]:
        """Those of the very quote."""
        return self._unsaid(self.quoted)

    def _unsaid(self, slots: Iterable[Slot]) -> list[Slot]:
        return [slot for slot in slots if not any(same_name(slot, said) for said in self.said)]

    def are_alike(self, rival: Slot, slot: Slot) -> bool:
        """Whether a name can stand for another: both of a person, a place or a thing, as far as that is known."""
        if slot.is_home and not rival.is_home and self.kinds.of(rival) == "person":
            return False
        if _is_bare_country(rival) and not _is_bare_country(slot) and self.kinds.of(slot) != "place":
            return False
        if any(rival.words & (seats_of(word) | countries_of(word)) for word in slot.words):
            return False  # `the French capital` for Paris, `a Nordic country` for Denmark
        both = rival.words | slot.words  # `Ed` and `Bastian` of a page that has `Ed Bastian`
        if not rival.words & slot.words and any(
            both <= name for word in slot.words for name in self.full_names.get(word, ())
        ):
            return False
        kinds = {self.kinds.of(rival), self.kinds.of(slot)} - {""}
        return (len(kinds) < 2 or suit(slot, rival) > _VERY_WORDS) and _alike(rival, slot)


def find_misplaced(said: Wording, own: Place, place: Place, known: Collection[str] = ()) -> list[Problem]:
    """The names of a sentence that are exchanged, replaced, or brought in from elsewhere, judged by its evidence.

    `own` is the place of the quote, `place` that and what else the sentence takes words from.
    """
    scene = _read_scene(said, own, place, known)
    exchanged = list(_exchanged(scene, said.text))
    if exchanged:
        return exchanged
    found = [misplaced for slot in scene.said for misplaced in _misplaced(slot, scene, place)]
    return [*found, *_counted(said, place)]


def find_inferred(said: Wording, own: Place, place: Place) -> Iterator[Problem]:
    """The names of an inference, which may speak of others than its evidence, that stand in each other's place or in
    that of one that the very quote has."""
    scene = _read_scene(said, own, place)
    yield from _exchanged(scene, said.text)
    yield from _replaced(scene, place)


def _replaced(scene: _Scene, place: Place) -> Iterator[Problem]:
    """Names in the place of another that the quote itself has: each of them in that of one at most."""
    found: dict[str, tuple[float, Slot, Slot]] = {}
    for slot in scene.said:
        if _mentions(slot, scene.here):
            continue
        if namesake := _namesake(slot, scene):
            yield _swap(slot, namesake)
        elif not _in_headline(slot, place) and (rival := _best_rival(slot, scene.quoted_rivals, scene)):
            gain = suit(slot, rival) - _best(slot, _mentions(slot, scene.near))
            known = found.get(rival.text)
            found[rival.text] = max(known, (gain, slot, rival), key=itemgetter(0)) if known else (gain, slot, rival)
    for gain, slot, rival in found.values():
        if gain > _REPLACED_INFERRED or _is_brought_in(slot, rival, scene, place):
            yield _swap(slot, rival)


def _best_rival(slot: Slot, rivals: Iterable[Slot], scene: _Scene) -> Slot | None:
    """The name that can stand for another, and that the words around the other suit best."""
    alike = [other for other in rivals if scene.are_alike(other, slot)]
    return max(alike, key=lambda other: suit(slot, other), default=None)


def _read_scene(said: Wording, own: Place, place: Place, known: Collection[str] = ()) -> _Scene:
    source = place.source
    own_slots, known_forms = name_slots(said, source.proper), name_forms(known)
    return _Scene(
        said=tuple(islice((slot for slot in own_slots if not slot.words <= known_forms), _MOST_SAID)),
        quoted=_some(name_slots(wording, source.proper) for wording in own.quoted),
        here=_some(map(source.slots_in, place.numbers)),
        near=_some(map(source.slots_in, place.around)),
        everywhere=source.slots,
        full_names=source.full_names,
        stand_ins=tuple(slot for wording in place.here for slot in stand_in_slots(wording)),
        kinds=source.kinds,
    )


def _some(slots: Iterable[Sequence[Slot]]) -> tuple[Slot, ...]:
    return tuple(islice(chain.from_iterable(slots), _MOST_AROUND))


def _exchanged(scene: _Scene, said: str) -> Iterator[Problem]:
    """Pairs of names of the evidence each of which fits the other's place better."""
    for first, second in combinations(scene.said, 2):
        if not _are_told(first, second, scene) or same_name(first, second):
            continue
        if _is_of(first, second, said) or not (scene.are_alike(first, second) and scene.are_alike(second, first)):
            continue
        ours, theirs = _mentions(first, scene.here), _mentions(second, scene.here)
        gains = _gains(first, second, ours, theirs)
        if sum(gains) > _EXCHANGED and not _keep_order(ours, theirs, scene.here):
            yield Problem(first.text, f"possible swap of {first.text} and {second.text}", sure=False)


def _is_of(first: Slot, second: Slot, said: str) -> bool:
    """Whether one only says whose or where the other is: `Acme's chief economist Ann Lee`, `Harrow Hotel in Leeds`."""
    if _IN.fullmatch(said, first.end, second.start):
        return True
    start, end = sorted((first.start, second.start))
    between = _AFFILIATION.match(said, start, end)
    return between is not None and between.end() == end


def _are_told(first: Slot, second: Slot, scene: _Scene) -> bool:
    """Whether the sentences of the evidence have both, and the quote itself one: elsewhere names meet in many ways."""
    quoted = _mentions(first, scene.quoted) or _mentions(second, scene.quoted)
    return bool(quoted and _mentions(first, scene.here) and _mentions(second, scene.here))


def _keep_order(ours: Sequence[Slot], theirs: Sequence[Slot], slots: Sequence[Slot]) -> bool:
    """Whether the evidence has two names in the order of the sentence, and only so."""
    numbers = {id(slot): number for number, slot in enumerate(slots)}
    return all(numbers[id(first)] < numbers[id(second)] for first in ours for second in theirs)


def _gains(first: Slot, second: Slot, ours: Sequence[Slot], theirs: Sequence[Slot]) -> tuple[float, float]:
    """What each name would fit better in the other's place; their own words do not count."""
    apart = {synonym_root(word) for word in f"{first.text} {second.text}".split()}
    return (
        _best(first, theirs, apart) - _best(first, ours, apart),
        _best(second, ours, apart) - _best(second, theirs, apart),
    )


def _misplaced(slot: Slot, scene: _Scene, place: Place) -> Iterator[Problem]:
    """A name where the evidence has another one, or another speaker, or no such name."""
    rival = _best_rival(slot, scene.rivals, scene)
    here = _mentions(slot, scene.here)
    if here:
        gain = suit(slot, rival) - max(_best(slot, here), _best(slot, scene.stand_ins)) if rival else 0.0
        if rival and not _mentions(slot, scene.quoted) and gain > _REPLACED_HERE:
            yield _swap(slot, rival)
        elif slot.speaks and (speaker := _other_speaker(slot, scene)):
            yield _swap(slot, speaker)
    elif namesake := _namesake(slot, scene):
        yield _swap(slot, namesake)
    elif rival and _stands_for(rival, slot, scene, place):
        yield _swap(slot, rival)
    elif _is_brought_in(slot, rival, scene, place):
        reason = f"name {slot.text} stands elsewhere in the source"
        yield Problem(slot.text, reason, sure=False)


def _namesake(slot: Slot, scene: _Scene) -> Slot | None:
    """A name of the quote that the sentence does not say and that is half this one: `Ministry of Farming`."""
    return next((other for other in scene.quoted_rivals if _are_namesakes(slot, other)), None)


def _are_namesakes(slot: Slot, other: Slot) -> bool:
    """Whether two names have two words in common, end alike, or begin so: `Ministry of`."""
    ours, theirs = ([bare(word) for word in each.text.split()] for each in (slot, other))
    shared = slot.words & other.words
    if len(shared) > 1 or (shared and ours[-1] == theirs[-1]):
        return True
    return bool(shared) and ours[0] == theirs[0] and ours[1:2] == theirs[1:2] == ["of"]


def _stands_for(rival: Slot, slot: Slot, scene: _Scene, place: Place) -> bool:
    """Whether the evidence, which has not the name itself, has another in its place.

    `she` and `the company` may stand for the name; they hardly do where the quote itself has another name.
    """
    near, fit, topical = _mentions(slot, scene.near), suit(slot, rival), _in_headline(slot, place)
    margin = _REPLACED_TOPIC if near and topical else _REPLACED
    if fit - max(_best(slot, near), _best(slot, scene.stand_ins)) > margin:
        return True
    in_quote = any(scene.are_alike(other, slot) for other in scene.quoted_rivals)
    return bool(near) and in_quote and fit - _best(slot, near) > (_REPLACED if topical else 0.0)


def _is_brought_in(slot: Slot, rival: Slot | None, scene: _Scene, place: Place) -> bool:
    """Whether the source has the name only elsewhere.

    Where the evidence has no other name, its `she` or `the company` may stand for one that the source has often.
    """
    mentions = _mentions(slot, scene.everywhere)
    if slot.is_home or not mentions or _mentions(slot, scene.near) or any(map(is_country, slot.words)):
        return False
    if _narrates(mentions, scene, place) or _comes_with_others(mentions, slot, scene) or _is_joined(slot, place):
        return False
    if slot.speaks and _speaks_there(slot, place):
        return False
    if _in_headline(slot, place):
        return any(scene.are_alike(other, slot) for other in scene.quoted_rivals)
    return rival is not None or len(mentions) < (_TOPIC if scene.stand_ins else 2)


def _speaks_there(slot: Slot, place: Place) -> bool:
    """Whether nobody but the name is said to say something between its last mention and the evidence: a speech."""
    source = place.source
    last = place.numbers[0]
    for number in range(last, max(-1, last - _SPEECH), -1):
        if speakers := [each for each in source.slots_in(number) if each.speaks]:
            return any(same_name(slot, speaker) for speaker in speakers)
    return False


def _is_joined(slot: Slot, place: Place) -> bool:
    """Whether the evidence has its words joined to others: `Docker Hub` as `hub.docker.com`."""
    here = " ".join(wording.text for wording in place.here).casefold()
    return all(len(word) > _SHORT_WORD and word in here for word in slot.words)


def _comes_with_others(mentions: Sequence[Slot], slot: Slot, scene: _Scene) -> bool:
    """Whether one sentence elsewhere has it with another name that the sentence takes from there: a second fact."""
    there = {id(mention.wording) for mention in mentions}
    others = (other for other in scene.said if not same_name(other, slot) and not _mentions(other, scene.near))
    return any(id(mention.wording) in there for other in others for mention in _mentions(other, scene.everywhere))


def _narrates(mentions: Sequence[Slot], scene: _Scene, place: Place) -> bool:
    """Whether the page begins with the name, and its evidence speaks of `the company`, or of itself: `we`, for whom
    often is enough."""
    words = {slot.wording.plain[slot.first].partition("'")[0] for slot in scene.stand_ins}
    said_we = not words.isdisjoint(_FIRST_PERSON) and not any(slot.speaks for slot in scene.here)  # `our children`
    if not said_we and words.isdisjoint(_THEMSELVES):
        return False
    first = place.source.sentences[:_OPENING]
    opening = {span.of(place.source.text) for span in first}
    return (said_we and len(mentions) >= _OPENING) or any(mention.wording.text in opening for mention in mentions)


def _swap(slot: Slot, rival: Slot) -> Problem:
    return Problem(slot.text, f"name {slot.text}; your quote has {rival.text}", sure=False)


def _other_speaker(slot: Slot, scene: _Scene) -> Slot | None:
    """Who says something in the evidence, when the one who is said to says nothing there or anywhere.

    Nothing there is enough when the sentence names the other as well, without a word of saying.
    """
    speakers = [other for other in scene.here if other.speaks]
    if any(same_name(slot, speaker) for speaker in speakers):
        return None
    silent = [said for said in scene.said if not said.speaks]
    if any(mention.speaks for mention in _mentions(slot, scene.everywhere)):
        speakers = [speaker for speaker in speakers if _mentions(speaker, silent)]
    return next(iter(speakers), None)


def _in_headline(slot: Slot, place: Place) -> bool:
    """Whether the headline has the name; of `Council Member Ann Lee` only the last word tells."""
    return place.source.has_in_headline(slot.text.split()[-1])


def _counted(said: Wording, place: Place) -> Iterator[Problem]:
    """A name or unit right after a number, which the source has nowhere together."""
    source = place.source
    for lead, number, word in zip(["", *said.plain], said.words, said.words[1:], strict=False):
        between = said.text[number.end : word.start]
        if not (number.text[0].isdigit() and word.text[0].isupper() and between in (" ", "-")):
            continue
        if lead[:3] in _MONTHS or bare(word.text) in MONTH_OF or _YEAR.fullmatch(number.text):
            continue  # `15 September` of a page that writes it the other way round
        both = stem(number.text), stem(word.text)
        if all(map(source.has_stem, both)) and not source.are_neighbours(*both):
            reason = f"possible swap: {number.text} and {word.text} stand nowhere together in the source"
            yield Problem(word.text, reason, sure=False)


def _mentions(slot: Slot, slots: Iterable[Slot]) -> list[Slot]:
    return list(islice((other for other in slots if same_name(slot, other)), _MOST_MENTIONS))


def _best(slot: Slot, others: Iterable[Slot], apart: Collection[str] = ()) -> float:
    return max((suit(slot, other, apart) for other in others), default=0.0)


def _is_bare_country(slot: Slot) -> bool:
    return len(slot.words) == 1 and all(map(is_country, slot.words))


def _alike(rival: Slot, slot: Slot) -> bool:
    """Whether a name can stand for another: no acronym for a word, no `French` for a company, no `Acme's CEO`."""
    if is_person_of_country(bare(rival.text)):
        return is_person_of_country(bare(slot.text))
    if any(map(is_country, rival.words)) and _PEOPLE.search(rival.text):
        return any(map(is_country, slot.words))
    if not _TITLES.isdisjoint(rival.words) or rival.words <= _THEMSELVES | _POSTS:  # `the Company`
        return False
    if bool(_OWNER.search(rival.text)) != bool(_OWNER.search(slot.text)):
        return False
    return rival.text.isupper() == slot.text.isupper()
