"""Names: capitalised words and runs of them, acronyms, and whether a source knows them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from enrich.check.facts.equal_forms import Equivalents
from enrich.check.facts.name_forms import (
    code_of_state,
    countries_of,
    country_forms,
    seats_of,
    short_form,
    without_umlauts,
)
from enrich.check.facts.rarity import RARE, rarity
from enrich.check.facts.stems import bare, is_function_word, stem
from enrich.check.facts.units import CURRENCY_CODES
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span, covers
from enrich.text.words import Word, word_set

_JOINING = word_set("of the de la del van von der for and & du di da al bin")
_JOINING_NAMES = word_set("van de del du da di al bin")
"""Where every noun has a capital, `der` and `von` join any two of them."""
_BETWEEN = frozenset({" ", "-", ".", " & ", "&", "/"})
_NOT_NAMES = word_set("""
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
    i i'm i've i'd mr mrs ms dr prof sir lord lady president ceo cto cfo chief minister director professor king queen
    besides despite amid unlike alongside including barring versus
    million billion trillion thousand earth
    fahrenheit celsius internet web ok tv phd faq q a section chapter figure table part step passage passages
""")
_RANKS = word_set("""
    senator sen representative rep governor gov mayor judge ambassador captain capt colonel col lieutenant lt sergeant
    sgt admiral bishop reverend rev dame baroness baron councillor chairman
""")
"""Words before a name that are none of it; alone, or at a name's end, they may be."""
_FOREIGN = frozenset(("uber",))
"""Function words of another language that are a firm's name in English."""
_SHORTENED = ("'ll", "'ve", "'re", "'d", "'m", "n't")
"""How a pronoun and a verb, or a denial, are written as one word: `I'll`, `Don't`."""
_MEASURES = "GB MB KB TB PB MW GW TW KW kW MWh GWh kWh TWh Wh GHz MHz kHz mAh TFLOPS TOPS"
_UNIT_SIGNS = word_set(_MEASURES) | {*CURRENCY_CODES}
_OPENING = lazy_pattern(r"(?:^|[.!?:;…]|\n|\d\.)[\"'“‘«(\[*#\s•–—-]*$")
_LOOK_BACK = 8
"""Characters before a name in which its sentence can open, a bound of time. By hand: quotation marks, brackets and the
mark of a list."""
_HOLDS_DIGIT = lazy_pattern(r"\d")
_ENDING = lazy_pattern(r"(?:ics?|ists?|isms?|ians?|eans?|ia|ies|ese|ish|ans?|als?|s|e|y)$")
_PEOPLE = lazy_pattern(r"(?<=....)(?:i?ans?|ers?|ites?)$")
"""How a word for the people of a town ends, behind four letters of it."""
_PARTICIPLE = lazy_pattern(
    r"ing$|.{5}(?:[^aeioum]|[aeiou][^aeiou])ed$|.{4}(?:ary|ical|ional|ous|ive|ful|less|able|ible)$"
)
"""How a word ends that opens a sentence and is the first of no name; `Mohammed` is one."""
_ROLE = lazy_pattern(r"(?:ist|er|or|ian|ant|ent|man|woman|ess)s?$")
_HEAD = 6
"""Letters that a role and its field begin with alike. By hand: `sociol`, `lawyer`; five would make Robert a robber."""
_TOLD = lazy_pattern(r",\s(?:an?|the|as|which|who|whose|where)\s")
_NO_OPENERS = word_set("""
    nevertheless nonetheless indeed besides likewise otherwise perhaps maybe earlier recently today
    meanwhile tonight elsewhere afterwards afterward sometimes altogether worse best nearby outside inside tomorrow
    yesterday seven eight nine ten eleven twelve
""")
"""Words before a comma at a sentence's opening that are no name; of those that `common_stems.txt` has it is known."""
_OF_MONEY = lazy_pattern(r"\$|\sdollars?\b")
"""Behind a name that only says which money is meant: `US$ 500`, `500 US dollars`."""
_ACRONYM = 3
"""Letters of an acronym, and of each of its words, by which a page is known to write it out: with fewer by chance."""
WITH_JOINING = lazy_pattern(r"[A-Z]{1,3}[a-z][A-Z]{1,3}")
"""An acronym with a small letter for a joining word: `BoE`."""
_LONG_ROOT = 5
"""Letters of a root by which `Quillonian` is `Quillon`'s. By hand: shorter roots are shared by chance."""


class Name(Struct, frozen=True):
    """A capitalised run of a sentence."""

    span: Span
    text: str
    words: tuple[Word, ...]
    """Its capitalised words; joining words such as `of` are left out."""
    opening: bool
    """Its first word is a plain word where any word has a capital: at the start of a sentence, after a colon."""
    lead: tuple[Word, ...] = ()
    """The capitalised words right before it that are no part of a name mostly: titles, words that open a sentence."""

    @property
    def is_doubtful(self) -> bool:
        """Whether it may be no name at all: one plain word where any word has a capital."""
        return self.opening and len(self.words) == 1


Run = list[Word]
"""Capitalised words in a row: a name with what may be none of it."""


def find_names(text: str, words: Sequence[Word], nouns_capitalised: bool = False) -> list[Name]:
    """The names among the words of `text`; where all nouns are capitalised (German), only what is one by its form."""
    names = read_names(text, find_runs(text, words, _JOINING_NAMES if nouns_capitalised else _JOINING))
    if nouns_capitalised:
        return [name for name in names if len(name.words) > 1 or _is_marked(name.words[0].text)]
    return names


def read_names(text: str, runs: Iterable[Run]) -> list[Name]:
    """The names among the runs of `text`."""
    return [name for run in runs if (name := _read(text, run))]


def find_runs(text: str, words: Sequence[Word], joining: Collection[str] = _JOINING) -> list[Run]:
    """Runs of capitalised words, joined by spaces, hyphens and joining words."""
    runs: list[Run] = []
    last_end, open_run = 0, False
    for word in words:
        between = text[last_end : word.start]
        open_run = open_run and between in _BETWEEN
        if _is_capitalised(word.text) and not _OF_MONEY.match(text, word.end):
            if open_run:
                runs[-1].append(word)
            else:
                runs.append([word])
            open_run = True
        else:
            open_run = open_run and word.text in joining
        last_end = word.end
    return runs


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() or (len(word) > 2 and word[0].isalpha() and _is_marked(word))


def _is_marked(word: str) -> bool:
    """Whether the form alone shows a name: `OpenAI`, `NASA`, `iPhone`."""
    rest = word[1:]
    return rest != rest.lower()


def _read(text: str, whole: list[Word]) -> Name | None:
    """The run as a name, without function words, titles, months and common words that open a sentence."""
    run = whole
    opens = _OPENING.search(text[max(0, run[0].start - _LOOK_BACK) : run[0].start]) is not None
    if opens and len(run) > 1 and not _is_marked(run[0].text) and _may_be_plain(text, run):
        run, opens = run[1:], False
    kept = tuple(word for word in run if not (_is_no_name(word.text) or _is_rank(word, run)))
    if not kept or tuple(bare(word.text) for word in kept[:2]) == ("new", "year"):
        return None
    opens = opens and kept[0] is run[0]
    span = Span(kept[0].start, kept[-1].end)
    plain = opens and not _is_marked(kept[0].text) and kept[0].text[-2:-1] not in "'’"
    plain = plain and not (_TOLD.match(text, span.end) and _may_be_named(kept[0].text))
    return Name(span, span.of(text), kept, plain, tuple(word for word in whole if word.start < kept[0].start))


def _may_be_named(word: str) -> bool:
    """Whether a plain word that opens a sentence and is told more of, `Larch, a maker of looms`, may be a name."""
    is_known = is_function_word(word) or rarity(stem(word)) < RARE or bare(word) in _NO_OPENERS
    return not (is_known or _PARTICIPLE.search(word) or word.endswith("ly"))


def _is_rank(word: Word, run: Run) -> bool:
    """Whether it only says what the person behind it is: `Senator Ann Lee`, who may be `Sen. Lee` elsewhere."""
    return word is not run[-1] and word.text.casefold() in _RANKS


def _may_be_plain(text: str, run: list[Word]) -> bool:
    """Whether the first word of a sentence is joined to a name, `Rivals of Acme`, or is one that writers often add."""
    joined = any(map(str.isalpha, text[run[0].end : run[1].start]))
    return joined or rarity(stem(run[0].text)) < RARE


def _is_no_name(word: str) -> bool:
    if len(word) > 1 and word.isupper() and word not in _UNIT_SIGNS:
        return False
    plain = word.casefold().replace("’", "'").removesuffix("'s")
    if (is_function_word(word) and plain not in _FOREIGN) or plain.endswith(_SHORTENED):
        return True
    return plain in _NOT_NAMES or word in _UNIT_SIGNS or len(word) < 2


class NameCheck(Struct, frozen=True):
    """A name of a sentence: the words of it that the source does not know, and where it has the rest."""

    name: Name
    missing: tuple[str, ...]
    where: tuple[int, ...]
    """Offsets in the source's text of the word of the name that it has least often."""


class NameBook:
    """What a source knows of names: its words, its acronyms and what they may stand for."""

    def __init__(
        self,
        words: Sequence[Word],
        runs: Iterable[Run],
        places: Mapping[str, Sequence[int]],
        equivalents: Equivalents,
    ) -> None:
        """``words`` and ``runs`` are those of text and headline, ``places`` where the text has each bare word."""
        self._places = places
        self._equivalents = equivalents
        self._in_order = forms = [bare(word.text) for word in words]
        self._forms = frozenset(map(short_form, forms))
        self._joined = {first + second for first, second in pairwise(forms)}
        capitals = [(word.text, form) for word, form in zip(words, forms, strict=True) if word.text[0].isupper()]
        self._names = {form for _, form in capitals}
        self._roots = {_root(form) for form in self._names}
        self._capitals = {form for text, form in capitals if text.replace("’", "'")[:2].isupper()}
        self._initials = {initials for run in runs for initials in _initials(run)}

    def check(self, name: Name, known: Collection[str] = ()) -> NameCheck:
        """Which words of `name` the source lacks; those of `known` (in bare form) it need not have.

        Words with digits, such as `Q2` and `H100`, are left to `figures`, which compares them by what they mean.
        """
        if self._is_expansion(name):
            acronyms = (_acronym(name.words), _acronym(name.lead + name.words))
            return NameCheck(name, (), tuple(at for acronym in acronyms for at in self._places.get(acronym, ())))
        words = () if name.is_doubtful else name.words[self._opens_with_role(name) :]
        missing = [word.text for word in words if bare(word.text) not in known and not self.knows(word.text)]
        if missing and name.opening and missing[0] == name.text.split()[0] and _PARTICIPLE.search(missing[0]):
            del missing[0]  # `Counting Lee and Strand`, `Misplaced TDP-43`
        if missing:
            missing = [] if self._is_joined(name) else self._unsaid(name, missing)
        found = [places for word in name.words if (places := self._places.get(bare(word.text)))]
        rarest: Sequence[int] = min(found, key=lambda places: len(places)) if found else ()
        return NameCheck(name, tuple(missing), tuple(rarest))

    def _unsaid(self, name: Name, missing: Sequence[str]) -> list[str]:
        """Those of the missing words that are in no form of which the source has another (`Chief Executive`: CEO)."""
        said = self._equivalents.said(name.text)
        covered = {word.text for word in name.words if covers(said, word.start - name.span.start)}
        return [word for word in missing if word not in covered]

    def knows(self, word: str) -> bool:
        """Whether the source has this word, its plural, its acronym or a form of the same country."""
        if _HOLDS_DIGIT.search(word):
            return True
        plain = bare(word)
        singular = plain.removesuffix("s")
        if any(self._has(form) for form in (plain, singular, plain + "s")) or plain in self._joined:
            return True
        if len(singular) > 1 and word.replace(".", "").removesuffix("s").isupper() and singular in self._initials:
            return True
        if any(
            all(self._has(part) or self._has(f"{part}s") for part in other.split("-"))
            for other in country_forms(plain) | seats_of(plain) | countries_of(plain)
        ):
            return True
        if code_of_state(plain) in self._capitals:  # `Forest Hill, MD`
            return True
        root = _root(plain)
        if (len(root) >= _LONG_ROOT and root in self._roots) or self._is_of_town(plain):
            return True
        return self._has(without_umlauts(plain)) or self._spells_out(word)

    def _is_of_town(self, plain: str) -> bool:
        """Whether it is somebody of a place that the source has: `New Yorkers`, `San Franciscans`."""
        people = _PEOPLE.search(plain)
        stems = (plain[: people.start()] + ending for ending in ("", "o", "a", "e")) if people else ()
        return any(form in self._names for form in stems)

    def _spells_out(self, word: str) -> bool:
        """Whether the source writes an acronym out in small letters: STD as `sexually transmitted disease`; a long one
        may have a letter of a joining word too, or of none of them: SOFIA of an observatory for something."""
        letters = word.removesuffix("s").casefold()
        if WITH_JOINING.fullmatch(word):
            return _has_run(self._in_order, letters, joining=1)
        if not (word.removesuffix("s").isupper() and len(letters) >= _ACRONYM):
            return False
        if _has_run(self._in_order, letters, joining=int(len(letters) > _ACRONYM)):
            return True
        plain = [form for form in self._in_order if form not in _JOINING]
        return len(letters) > _ACRONYM and _has_run(plain, letters)

    def _has(self, plain: str) -> bool:
        return short_form(plain) in self._forms

    def _is_joined(self, name: Name) -> bool:
        """Whether the source writes the name as one word: `Wi-Fi` as `wifi`."""
        return len(name.words) > 1 and self._has("".join(bare(word.text) for word in name.words))

    def _opens_with_role(self, name: Name) -> bool:
        """Whether a sentence opens with what somebody is, a word of a family that the source has: `Sociologist Ann
        Lee` of a professor of sociology."""
        first = bare(name.words[0].text)
        is_role = name.opening and len(name.words) > 1 and len(first) > _HEAD and _ROLE.search(first) is not None
        return is_role and any(form.startswith(first[:_HEAD]) for form in self._places)

    def _is_expansion(self, name: Name) -> bool:
        """Whether the name spells out an acronym of the source: `European Union` where it says EU."""
        forms = (name.words, name.lead + name.words)  # the `General` of `General Motors` is no rank
        return any(len(words) > 1 and _acronym(words) in self._capitals for words in forms)


def _root(plain: str) -> str:
    """A word without the ending that makes it an adjective or a person of the same thing: `democrat`, `catalonia`."""
    return _ENDING.sub("", plain)


def _has_run(forms: Sequence[str], letters: str, joining: int = 0) -> bool:
    """Whether words that follow each other begin with these letters, so many joining words among them at most."""
    for run in zip(*(forms[at:] for at in range(len(letters))), strict=False):
        if all(map(str.startswith, run, letters)):
            joins = [form for form in run if form in _JOINING]
            if len(joins) <= joining and all(len(form) > _ACRONYM or form in joins for form in run):
                return True
    return False


def _acronym(words: Sequence[Word]) -> str:
    return "".join(bare(word.text)[:1] for word in words)


def _initials(run: list[Word]) -> list[str]:
    """Initials of the run and its parts of two words and more (the first eight words are looked at)."""
    letters = [bare(word.text)[:1] for word in run[:8]]
    return ["".join(letters[start:end]) for start in range(len(letters)) for end in range(start + 2, len(letters) + 1)]
