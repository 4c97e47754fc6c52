"""The note index: what the ranking asks about the vault's notes, in memory while it is built, in SQLite afterwards.

Everything that is looked up by a word goes through one kind of table, the *postings* of a key: the numbers of the notes
that have it, each with a weight of 8 bits. The first character of a key says what it is:

====== ==========================================================================================
``w``  a term of the whole note; the weight is its share of a BM25 score
``t``  a term of the title (weight 1) or only of an alias (weight 0)
``n``  a name (title, stem, alias) as terms joined by spaces
``a``  words that links show, as terms; the weight is how many notes show them for that note
``b``  a term of such words; the postings say only that there is one
``k``  a keyword
``=``  a trait: ``tag:policy``, ``folder:Notes/2022``, ``heading:my take`` …
``>``  what the notes with a trait link to; the weight is how many of them do
``l``  a name in its loosest form: see `enrich.links.loose_resolver`
====== ==========================================================================================
"""

import math
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import inf
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Self, TypeAlias, TypeVar

from msgspec import Struct

WEIGHT_BITS = 8
"""Of the 32 of a posting; 24 remain for the note's number: 16 million notes."""
HEAVIEST = (1 << WEIGHT_BITS) - 1
"""The largest weight of so many bits."""
FEWEST_PULLING = 2
"""Notes with a trait that must link to a note before the trait speaks for it: one alone is an accident."""
IMPACT_UNIT = 100.0
"""A weight of 100 is an impact of 1 in BM25's sum; the highest impact is 2.2."""

_ASSUMED_LINKS = 5.0
"""Links that a trait is taken to have made as all notes do, before its own are counted.

Chosen on the four vaults of docs/measured.md (`benchmarks.links`).
"""

if TYPE_CHECKING:  # a query does without numpy
    from numpy.typing import NDArray

Values = TypeVar("Values")
OneFigure = TypeVar("OneFigure", float, "NDArray[Any]")
"""A `Figure` that is a number throughout a calculation, or an array throughout."""
TraitCounts = Mapping[str, int]
Which = Any
"""A note's number, or an array of numbers."""
TraitValues = Any
"""Values of some traits, as a `Calculator` gives them."""
Figure: TypeAlias = "float | NDArray[Any]"
"""A number for one note, or an array with one for each of several."""


class Entry(NamedTuple):
    """What is known of one note beside its terms and links. Days are day numbers, 0 where unknown."""

    number: int
    path: str
    words: int
    title_weight: float
    """The summed rarity of `title_terms`."""
    title: str
    description: str
    tags: tuple[str, ...]
    keywords: tuple[str, ...]
    created: int
    updated: int
    draft: bool
    type_name: str
    title_terms: tuple[str, ...]
    own_title: int
    """How many of `title_terms` come from the title; the rest are of aliases."""
    traits: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    opted_out: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What the note is called, as written."""
        return self.title, self.path.rpartition("/")[2][:-3], *self.aliases

    @property
    def headings(self) -> tuple[str, ...]:
        """Its headings below the title, in lower case."""
        return tuple(trait.removeprefix("heading:") for trait in self.traits if trait.startswith("heading:"))

    @property
    def folder(self) -> str:
        """The note's folder in the vault; empty at the top."""
        return self.path.rpartition("/")[0]


class Ties(NamedTuple):
    """The numbers of the notes that a note links to, and of those that link to it."""

    outs: frozenset[int] = frozenset()
    ins: frozenset[int] = frozenset()


class Facts(Struct, frozen=True):
    """Figures of the vault as a whole."""

    size: int
    links: int
    linking: int
    """Notes that link to another one."""
    average_words: float
    """Terms of a note."""
    average_title: float
    """Terms of a title with its aliases."""
    hubs: tuple[int, ...]
    """The notes linked most often, the first first."""
    from_trait: TraitCounts
    """Links whose source has the trait; only the vault's most frequent traits are counted."""
    to_trait: TraitCounts
    """Links whose target has the trait."""
    between: Mapping[str, TraitCounts]
    """Links from a note with the one trait to a note with the other."""


class Lifts(NamedTuple, Generic[Values]):
    """Values for each trait that facts are counted of."""

    one: Values
    """1."""
    mean: Values
    """The mean of its log-lifts from several traits; 0 where there are none."""
    lowest: Values
    highest: Values


def log_lift(calc: ModuleType, made: OneFigure, possible: OneFigure, arrived: OneFigure, links: int) -> OneFigure:
    """How much more often links from a trait lead to another one than links in general do, as a logarithm.

    Of ``links``, ``arrived`` lead there, and ``made`` of the ``possible`` ones from the trait do. Few links count
    little.
    """
    share = (arrived + 1) / (links + 10)
    lift: OneFigure = calc.log((made + _ASSUMED_LINKS * share) / ((possible + _ASSUMED_LINKS) * share))
    return lift


class Scores(Protocol):
    """A number for each note of the vault, 0 for most."""

    @property
    def highest(self) -> float:
        """The highest one, 0 where there is none."""

    def of(self, which: Which) -> Figure:
        """What notes score: a figure for a number, an array of figures for an array of numbers."""

    def best(self, count: int) -> dict[int, float]:
        """The ``count`` highest scores above 0 by number; of equal ones those of the lowest numbers."""

    def raised(self, by: Self, share: float) -> Self:
        """Each score above 0 with a share of what the note has in ``by`` added."""

    def drop(self, number: int) -> Self:
        """These scores, after taking one note's out."""


class Figures(Protocol):
    """What the rows are made of: figures of one note, or arrays with those of several.

    A formula over them says ``calc.log1p(note.words)``, and an ``if`` is a factor of 0 or 1, so it holds for both.
    """

    @property
    def calc(self) -> ModuleType:
        """`math` or numpy: ``log1p``, ``log``, ``exp``, ``fabs`` and ``sqrt`` have the same names there."""

    @property
    def which(self) -> Which:
        """The numbers of the notes."""

    @property
    def words(self) -> Figure:
        """Words of the note."""

    @property
    def title_length(self) -> Figure:
        """Terms of title and aliases."""

    @property
    def own_title(self) -> Figure:
        """Terms of the title."""

    @property
    def title_weight(self) -> Figure:
        """The summed rarity of the title's terms."""

    @property
    def style_length(self) -> Figure:
        """Traits that are no tags."""

    @property
    def created(self) -> Figure:
        """Day number, 0 where unknown."""

    @property
    def updated(self) -> Figure:
        """Day number, 0 where unknown."""

    @property
    def outs(self) -> Figure:
        """How many notes it links to."""

    @property
    def ins(self) -> Figure:
        """How many notes link to it."""

    def trait_sum(self, values: TraitValues) -> Figure:
        """The sum of the values of a note's traits."""

    def trait_low(self, values: TraitValues) -> Figure:
        """The lowest value of a note's traits, 0 where none of them has one."""

    def trait_high(self, values: TraitValues) -> Figure:
        """The highest value of a note's traits, 0 where none of them has one."""

    def by_folder(self, value: Callable[[str], float]) -> Figure:
        """What ``value`` says of a note's folder."""


class Calculator(Protocol):
    """Sums over an index: `enrich.links.sums` for one query, `enrich.links.vectors` for hundreds of notes at once.

    Both give the same, but for rounding.
    """

    def given(self, scores: Mapping[int, float]) -> Scores:
        """Scores that are known."""

    def total(self, parts: Iterable[tuple[Sequence[int], float]], weighted: bool = False) -> Scores:
        """For each note in any of the postings the sum of their factors, times its weight there if ``weighted``."""

    def first_of(self, parts: Iterable[tuple[Sequence[int], float]], counts: Sequence[int]) -> Sequence[Scores]:
        """For each note in any of the postings the sum of the factors of the first of them that it is in: for each of
        ``counts`` of so many."""

    def any_of(self, parts: Iterable[tuple[Sequence[int], int]], own: Collection[int]) -> Scores:
        """One minus the product of one minus each share: weight over holders, the pairs being postings and holders.

        Notes of ``own`` count one less and drop out below `FEWEST_PULLING`, as if the subject had not linked to them. A
        weight that was cut adds itself to the holders.
        """

    def search(
        self, prefix: str, counts: Mapping[str, int], again: float, common: float = inf, most: float = inf
    ) -> Scores:
        """BM25: the rarity of each word times its weight, summed for the notes that have it.

        A word that stands in the subject more than once counts 1 and ``again`` times the logarithm of its count. The
        rarest words come first; it ends before one that more than ``common`` notes have, or when more than ``most``
        postings were read. For ``w`` the impact of the word in a note comes in too.
        """

    def votes(self, shares: Sequence[Mapping[int, float]]) -> Sequence[tuple[Scores, Scores]]:
        """For each of several groups the summed shares of the notes that link to a note, and that it links to."""

    def linked(self, shares: Mapping[int, float]) -> Scores:
        """The summed shares of the notes that a note is linked with, in either direction."""

    def trait_values(self, values: Mapping[str, float]) -> TraitValues:
        """Values of traits that are known."""

    def lifts(self, sources: Sequence[str], own_traits: Mapping[str, int], own: int) -> Lifts[TraitValues]:
        """How links from notes with the traits ``sources`` lead to each trait that is counted.

        ``own`` of the links, which lead to ``own_traits``, are taken as if they were not there.
        """

    def published(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Those of ``numbers`` that still are notes, and no drafts."""

    def rows(self, numbers: Sequence[int], row: Callable[[Figures], Sequence[Figure]]) -> Sequence[Sequence[float]]:
        """``row`` of each note of ``numbers``."""


MOST_BEGINNING = 50
"""Words that `NoteIndex.beginning` gives, a bound of time: more that begin alike are hardly forms of one word."""


class NoteIndex(Protocol):
    """What both indexes answer. Unknown keys and numbers give nothing, not an error."""

    @property
    def facts(self) -> Facts:
        """Figures of the vault as a whole."""

    @property
    def calculator(self) -> Calculator:
        """How sums over the postings and links are made."""

    def postings(self, key: str) -> Sequence[int]:
        """Packed pairs of a note's number and a weight; `unpack` takes them apart."""

    def known(self, prefix: str, words: Iterable[str]) -> set[str]:
        """Those of ``words`` of which there are postings under the prefix."""

    def beginning(self, prefix: str, start: str) -> Sequence[str]:
        """The first words, by the alphabet, that begin with ``start`` and of which there are postings under the prefix.

        `MOST_BEGINNING` of them at most.
        """

    def entries(self, numbers: Iterable[int]) -> Mapping[int, Entry]:
        """The entries of the notes that still exist."""

    def ties(self, numbers: Iterable[int]) -> Mapping[int, Ties]:
        """The links of each of ``numbers``, in both directions."""

    def type_counts(self) -> Mapping[str, int]:
        """How many notes there are of each type, drafts left out."""

    def around(self, day: int, count: int) -> Sequence[tuple[int, int]]:
        """Up to ``count`` notes on either side of ``day``, as pairs of day and number."""


def pack(number: int, weight: int) -> int:
    """A note's number and a weight in one integer; the weight is cut at `HEAVIEST`."""
    return number << WEIGHT_BITS | min(weight, HEAVIEST)


def unpack(packed: int) -> tuple[int, int]:
    """The number and the weight that `pack` put together."""
    return packed >> WEIGHT_BITS, packed & HEAVIEST


def new_postings(packed: Iterable[int] = ()) -> "array[int]":
    """Postings as they are kept and stored: unsigned, 32 bits."""
    return array("I", packed)


def rarity(count: int, size: int) -> float:
    """How much a key tells that ``count`` of ``size`` notes have: BM25's inverse document frequency, never negative."""
    return math.log1p(max(0.0, size - count + 0.5) / (count + 0.5))
