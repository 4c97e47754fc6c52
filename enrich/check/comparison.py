"""A sentence beside the words of the source that it rests on: what it adds, exchanges and turns round."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from enrich.check.figures import FigureCheck
from enrich.check.names import Name, NameCheck
from enrich.check.polarity import Clash, find_clashes
from enrich.check.prepared_source import PreparedSource, windows
from enrich.check.rarity import rarity
from enrich.check.stems import bare, is_function_word, stem
from enrich.text.span import Span
from enrich.text.words import Word, split_words

_BEFORE, _AFTER = 2, 1
"""Sentences around the evidence in which a name or number may stand: `the company` is named before, mostly."""
_CLAUSE = re.compile(
    r"[,;:()–—]|\s-\s|\b(?:and|but|or|which|while|because|such as|including|that|who|as well as|so that|when|after"
    r"|before|despite|citing|according to|in front of|with the help of|making|amid|mainly|although|though|since|until"
    r"|by|for|with)\b",
    re.IGNORECASE,
)
_WINDOW = 4
_SMOOTHING = 1.0
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|wird|wurde|wurden|bị|được)\b[^.]*\b(?:by|von|bởi)\b|被", re.IGNORECASE
)


@dataclass(frozen=True)
class Evidence:
    """The places of a source that a sentence rests on."""

    parts: tuple[Span, ...]
    """The words themselves, in order."""
    sentences: tuple[Span, ...]
    """The whole sentences around them."""
    near: tuple[Span, ...]
    """Those sentences with what stands before and after."""

    @property
    def span(self) -> Span:
        """From the first part to the last."""
        return Span(self.parts[0].start, self.parts[-1].end)

    def text(self, source: PreparedSource) -> str:
        """The sentences as one text."""
        return " ".join(span.of(source.text) for span in self.sentences)


def gather(parts: Sequence[Span], source: PreparedSource) -> Evidence:
    """The evidence that `parts` of the source make, with the sentences around them."""
    numbers = sorted({n for part in parts for n in _numbers(part, source)})
    near = sorted({n for number in numbers for n in range(number - _BEFORE, number + _AFTER + 1)})
    inside = [source.sentences[n] for n in near if 0 <= n < len(source.sentences)]
    return Evidence(tuple(parts), tuple(source.sentences[n] for n in numbers), tuple(inside))


def _numbers(part: Span, source: PreparedSource) -> range:
    return range(source.sentence_at(part.start), source.sentence_at(max(part.start, part.end - 1)) + 1)


@dataclass(frozen=True)
class Comparison:
    """What a sentence has that its evidence has not. Shares run from 0 to 1."""

    lacking: float
    """Share of the content words, weighted by rarity, that the evidence lacks."""
    densest: float
    """Their share in the stretch of four content words that has most of them."""
    clause: float
    """Their share in the clause that has most of them."""
    clause_words: tuple[str, ...]
    """The words of that clause that the evidence lacks, as written."""
    far_figures: tuple[str, ...]
    """Figures that the source gives, but not here."""
    far_names: tuple[str, ...]
    """Names that the source has, but not here."""
    exchanged: tuple[tuple[str, str], ...]
    """Pairs of names whose order is another than in the evidence, the wording being the same."""
    clashes: tuple[Clash, ...]


def compare(
    text: str, evidence: Evidence, source: PreparedSource, figures: Sequence[FigureCheck], names: Sequence[NameCheck]
) -> Comparison:
    """`text` beside its evidence; `figures` and `names` are what was found in it."""
    words = [word for word in split_words(text) if not is_function_word(word.text)]
    here = {stem(word.text) for span in evidence.sentences for word in split_words(span.of(source.text))}
    lacks = [0.0 if stem(word.text) in here else rarity(stem(word.text)) for word in words]
    total = sum(rarity(stem(word.text)) for word in words)
    clause, clause_words = _worst_clause(text, words, lacks)
    said = evidence.text(source)
    return Comparison(
        lacking=sum(lacks) / (total + _SMOOTHING),
        densest=max(windows(lacks, _WINDOW)) / _WINDOW,
        clause=clause,
        clause_words=clause_words,
        far_figures=tuple(figure.text for figure in figures if _is_far_figure(figure, evidence, source)),
        far_names=tuple(check.name.text for check in names if _is_far_name(check, evidence, source)),
        exchanged=tuple(_exchanged(text, [check.name for check in names], said)),
        clashes=tuple(find_clashes(text, said)),
    )


def _worst_clause(text: str, words: Sequence[Word], lacks: Sequence[float]) -> tuple[float, tuple[str, ...]]:
    """The clause of which the evidence lacks the largest share, and the words it lacks."""
    worst: tuple[float, tuple[str, ...]] = (0.0, ())
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        inside = [(word, lack) for word, lack in zip(words, lacks, strict=True) if start <= word.start < end]
        total = sum(rarity(stem(word.text)) for word, _ in inside)
        share = sum(lack for _, lack in inside) / (total + _SMOOTHING)
        worst = max(worst, (share, tuple(word.text for word, lack in inside if lack)))
    return worst


def _is_far_figure(figure: FigureCheck, evidence: Evidence, source: PreparedSource) -> bool:
    if not figure.given or figure.weak or not figure.where:
        return False
    return not any(
        span.start >= len(source.text) or span.end == 0 or _inside(span.start, evidence.sentences)
        for span in figure.where
    )


def _is_far_name(check: NameCheck, evidence: Evidence, source: PreparedSource) -> bool:
    """Whether the source has the name, but none of its words near the evidence."""
    if check.missing or not check.where:
        return False
    places = [offset for word in check.name.words for offset in source.places.get(bare(word.text), ())]
    return not any(_inside(offset, evidence.near) for offset in places)


def _inside(offset: int, spans: Iterable[Span]) -> bool:
    return any(span.start <= offset < span.end for span in spans)


def _exchanged(text: str, names: Sequence[Name], evidence: str) -> Iterator[tuple[str, str]]:
    """Neighbouring names that stand the other way round in the evidence while both are active or both passive."""
    if bool(_PASSIVE.search(text)) != bool(_PASSIVE.search(evidence)):
        return
    places: dict[str, list[int]] = {}
    for at, word in enumerate(split_words(evidence)):
        places.setdefault(bare(word.text), []).append(at)
    for first, second in pairwise(names):
        a = [at for word in first.words for at in places.get(bare(word.text), ())]
        b = [at for word in second.words for at in places.get(bare(word.text), ())]
        if a and b and min(a) > max(b):
            yield first.text, second.text
