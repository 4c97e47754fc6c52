"""Names: capitalised words and runs of them, acronyms, and whether a source knows them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from enrich.check.stems import FUNCTION_WORDS, bare
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import Word, split_words, word_set

_JOINING = word_set("of the de la del van von der for and & du di da al bin")
_CALENDAR = word_set("""
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept
    oct nov dec monday tuesday wednesday thursday friday saturday sunday
""")
_NOT_NAMES = word_set("""
    i i'm i've i'd mr mrs ms dr prof sir lord lady president ceo cto cfo chief minister director professor king queen
    passage passages step note tip source internet web english ok tv phd faq q a section chapter figure table part
""")
_SAME = (
    "us usa america american americans united-states", "uk britain british united-kingdom",
    "eu europe european european-union",
    "france french", "germany german germans", "china chinese", "japan japanese", "spain spanish spaniard",
    "italy italian italians",
    "netherlands dutch holland", "switzerland swiss", "denmark danish dane", "sweden swedish swede", "norway norwegian",
    "poland polish", "greece greek greeks", "turkey turkish türkiye", "ireland irish", "wales welsh",
    "scotland scottish",
    "england english", "vietnam vietnamese viet", "israel israeli", "iraq iraqi", "russia russian russians",
    "ukraine ukrainian",
    "korea korean", "taiwan taiwanese", "india indian indians", "canada canadian", "mexico mexican", "brazil brazilian",
    "thailand thai", "philippines filipino", "portugal portuguese", "belgium belgian", "finland finnish",
    "peru peruvian",
    "ai artificial-intelligence", "un united-nations", "tv television", "la los-angeles", "nyc ny new-york",
)  # fmt: skip


def _groups() -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for line in _SAME:
        members = frozenset(line.split())
        groups |= {member: members for member in members if "-" not in member}
    return groups


_SAME_AS = _groups()


@dataclass(frozen=True)
class Name:
    """A capitalised run of a sentence."""

    span: Span
    text: str
    words: tuple[Word, ...]
    """Its capitalised words; joining words such as `of` are left out."""
    opening: bool
    """It is one plain word at the start of a sentence, where any word has a capital."""


def find_names(text: str, nouns_capitalised: bool = False) -> list[Name]:
    """The names of `text` in order; where all nouns are capitalised (German), only what is a name by its form."""
    words = split_words(text)
    openings = {sentence.start for sentence in split_sentences(text)}
    names = [name for run in _runs(text, words) for name in _trim(text, run, openings)]
    if nouns_capitalised:
        return [name for name in names if len(name.words) > 1 or _is_marked(name.words[0].text)]
    return names


def _runs(text: str, words: list[Word]) -> list[list[Word]]:
    """Runs of capitalised words, joined by spaces, hyphens and joining words."""
    runs: list[list[Word]] = []
    pending = False
    last: Word | None = None
    for word in words:
        between = text[last.end : word.start] if last else ""
        touching = between in {" ", "-", ".", " & ", "&", "/"}
        if _is_capitalised(word.text):
            if runs and touching and pending:
                runs[-1].append(word)
            else:
                runs.append([word])
            pending = True
        else:
            pending = pending and touching and word.text in _JOINING and between == " "
        last = word
    return runs


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() or (len(word) > 2 and any(map(str.isupper, word[1:])) and word[0].isalpha())


def _is_marked(word: str) -> bool:
    """Whether the form alone shows a name: `OpenAI`, `NASA`, `iPhone`."""
    return any(map(str.isupper, word[1:]))


def _trim(text: str, run: list[Word], openings: Collection[int]) -> list[Name]:
    """The run as a name without function words, titles and months at its ends; nothing when none is left."""
    at_start = any(
        text[opening : run[0].start].strip("\"'“‘«([*#-• \n") == "" for opening in openings if opening <= run[0].start
    )
    while run and _is_no_name(run[0].text):
        run, at_start = run[1:], False
    while run and _is_no_name(run[-1].text):
        run = run[:-1]
    kept = tuple(word for word in run if not _is_no_name(word.text))
    if not kept:
        return []
    span = Span(run[0].start, run[-1].end)
    opening = at_start and len(kept) == 1 and not _is_marked(kept[0].text) and kept[0].text[-2:] not in {"'s", "’s"}
    return [Name(span, span.of(text), kept, opening)]


def _is_no_name(word: str) -> bool:
    plain = word.casefold()
    if len(word) > 1 and word.isupper():
        return False
    return plain in FUNCTION_WORDS or plain in _CALENDAR or plain in _NOT_NAMES or len(plain) < 2


@dataclass(frozen=True)
class NameCheck:
    """A name of a sentence: the words of it that the source does not know, and where it has the rest."""

    name: Name
    missing: tuple[str, ...]
    where: tuple[int, ...]
    """Offsets in the source's text at which the name's rarest word stands."""


class NameBook:
    """What a source knows of names: its words, its acronyms and what they may stand for."""

    def __init__(self, text: str, words: list[Word], places: Mapping[str, Sequence[int]]) -> None:
        self._places = places
        plain = [bare(word.text) for word in words]
        self._joined = {left + right for left, right in pairwise(plain)}
        self._initials = {initials for run in _runs(text, words) for initials in _initials(run)}

    def check(self, name: Name, known: Collection[str] = ()) -> NameCheck:
        """Which words of `name` the source lacks."""
        if self._is_expansion(name):
            return NameCheck(name, (), tuple(self._places.get(_acronym(name), [])))
        missing = tuple(word.text for word in name.words if not self.knows(word.text) and bare(word.text) not in known)
        found = [self._places.get(bare(word.text), []) for word in name.words]
        where = min((places for places in found if places), key=len, default=[])
        return NameCheck(name, missing, tuple(where))

    def knows(self, word: str) -> bool:
        """Whether the source has this word, its plural, its acronym or a form of the same country."""
        plain = bare(word)
        if plain in self._places or plain in self._joined:
            return True
        if plain.removesuffix("s") in self._places or plain + "s" in self._places:
            return True
        if (
            len(plain) > 1
            and word.replace(".", "").removesuffix("s").isupper()
            and plain.removesuffix("s") in self._initials
        ):
            return True
        return any(self._has_phrase(other) for other in _SAME_AS.get(plain, ()))

    def _has_phrase(self, phrase: str) -> bool:
        return all(part in self._places for part in phrase.split("-"))

    def _is_expansion(self, name: Name) -> bool:
        """Whether the name spells out an acronym of the source: `European Union` where it says EU."""
        return len(name.words) > 1 and _acronym(name) in self._places and len(_acronym(name)) > 1


def _acronym(name: Name) -> str:
    return "".join(bare(word.text)[:1] for word in name.words)


def _initials(run: list[Word]) -> list[str]:
    """Initials of the run and its parts of two words and more (at most six words are looked at)."""
    letters = [bare(word.text)[:1] for word in run[:8]]
    return ["".join(letters[start:end]) for start in range(len(letters)) for end in range(start + 2, len(letters) + 1)]
