"""Evidence: what of a sentence the source says, and where it says it.

Every sentence is asked two things. *Mechanically*: does the source give each of its numbers, dates, quotations and
names? What it does not give makes the sentence unsupported, whatever else speaks for it. *By weight*: how much of what
it says has no support? That is its risk (`signals`, `weights`), which alone is never more than a
doubt. The words that a writer gives as evidence are sought.

A sentence in another language than the source has its numbers and dates checked, and no words or names: a translation
shares none.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.comparison import compare, compare_inference
from enrich.check.evidence.features import Content, Signals, measure, read_content
from enrich.check.evidence.figure_check import FigureCheck
from enrich.check.evidence.judgement import VERDICTS, Verdict
from enrich.check.evidence.otherwise import describe_missing
from enrich.check.evidence.place import find_place
from enrich.check.evidence.prepared_source import PreparedSource, prepare
from enrich.check.evidence.problem import Problem
from enrich.check.evidence.titles import find_title_problems
from enrich.check.evidence.weights import TABLE, Table, risks
from enrich.check.evidence.wording import Wording
from enrich.check.facts.name_forms import is_country
from enrich.check.facts.names import NameCheck, find_names
from enrich.check.facts.quotations import find_quotations, locate_in, locate_parts, locate_quote
from enrich.check.facts.rarity import rarity
from enrich.check.facts.stems import bare, is_function_word, stem
from enrich.source.source import Source
from enrich.text.language import differ, guess_language
from enrich.text.sentences import LONGEST, split_sentences
from enrich.text.span import Span, covers
from enrich.text.words import split_words

__all__ = ["check_claim", "check_claims", "locate_quote"]

THESIS = "a thesis of the model's own: confirm it, or take it out"
_NAMED = 5
"""Words without support that a reason names."""
_LONGEST_NAMED = 60
"""Characters of them, or of the quote. By hand: the reason stays a line."""
_LONGEST_QUOTE = 4_000
"""Characters of the words given as evidence that are sought in the source; more than a paragraph is no evidence."""
_TELLING = 0.5
"""Rarity from which a word is worth naming."""
_REMEMBERED = 128
"""Claims whose reading is kept, a bound of memory: a review checks a note anew after every action, which changes one
sentence of it."""
_SAME = 0.5
"""The share of a text's words that a source has from which both are in one language: function words alone make it."""
_DOUBTFUL, _BORNE_OUT = 0.95, 0.9
"""Share of the threshold that a sentence has for its risk when there is a doubt, and at most when the words it rests on
bear it out."""


class _Found(Struct, frozen=True):
    """A claim with what was found in it."""

    claim: Claim
    problems: tuple[Problem, ...]
    evidence: Span | None
    signals: Signals
    compared: bool
    """It was compared with the words that the writer named, so that its risk does not decide."""
    foreign: bool
    """It is in another language than the source."""
    verbatim: bool
    """Besides who said it, it is nothing but words that the source has between quotation marks: no risk is left."""
    copied: bool
    """It is nothing but whole sentences of the source."""

    @property
    def contradicted(self) -> bool:
        """Whether the source lacks or contradicts something of it."""
        return any(problem.sure for problem in self.problems)


def check_claims(
    claims: Iterable[Claim], source: Source | PreparedSource, table: Table = TABLE, beside: Sequence[Claim] = ()
) -> tuple[CheckedClaim, ...]:
    """Every claim of one text checked against one source, in order; neighbours count a little in the risk.

    The sentences of a claim that has several are judged one by one; the worst of them decides. The claims ``beside``
    them are only read for the writer's language, which a title alone does not tell.
    """
    prepared = source if isinstance(source, PreparedSource) else prepare(source)
    wholes = list(claims)
    parts = [_split(claim) for claim in wholes]
    found = _read_all([sentence for part in parts for sentence in part], prepared, beside)
    weighed = risks([row.signals for row in found], table)
    judged = (_judge(row, risk, prepared, table.threshold) for row, risk in zip(found, weighed, strict=True))
    return tuple(_joined(claim, list(islice(judged, len(part)))) for claim, part in zip(wholes, parts, strict=True))


def _split(claim: Claim) -> list[Claim]:
    """The sentences of a claim, each with its words; one that is too long, or cut within a quotation, stays whole."""
    spans = split_sentences(claim.text) if len(claim.text) <= LONGEST else []
    if len(spans) > 1 and any(
        words.start < span.start < words.end for words in find_quotations(claim.text) for span in spans
    ):
        return [claim]
    return [replace(claim, text=span.of(claim.text)) for span in spans] if len(spans) > 1 else [claim]


def _joined(claim: Claim, judged: Sequence[CheckedClaim]) -> CheckedClaim:
    """What was found in the sentences of a claim, as one: the worst verdict with its evidence, the reasons of all."""
    if len(judged) == 1:
        return judged[0]
    worst = max(judged, key=lambda row: (-VERDICTS.index(row.verdict), row.score))
    return replace(
        worst,
        text=claim.text,
        score=max(row.score for row in judged),
        reasons=tuple(dict.fromkeys(reason for row in judged for reason in row.reasons)),
        unsupported=tuple(dict.fromkeys(words for row in judged for words in row.unsupported)),
    )


def measure_claims(claims: Iterable[Claim], source: Source | PreparedSource) -> list[Signals]:
    """The signals of every claim: what the table of weights is fitted to."""
    prepared = source if isinstance(source, PreparedSource) else prepare(source)
    return [row.signals for row in _read_all(list(claims), prepared)]


def check_claim(claim: Claim, source: Source | PreparedSource) -> CheckedClaim:
    """One claim checked against its source, alone."""
    return check_claims([claim], source)[0]


def _read_all(claims: Sequence[Claim], source: PreparedSource, beside: Sequence[Claim] = ()) -> list[_Found]:
    foreign = _is_foreign([claim.text for claim in (*claims, *beside)], source)
    return [_read(claim, source, foreign) for claim in claims]


def _is_foreign(texts: Sequence[str], source: PreparedSource) -> bool:
    """Whether the sentences of a text are in another language than its source.

    One that shares most of its words with the source is in the same: only for others is the guesser worth its time.
    """
    words = [bare(word.text) for text in texts for word in split_words(text)]
    if sum(word in source.places for word in words) > _SAME * len(words):
        return False
    return differ(guess_language(" ".join(texts)), source.language)


@lru_cache(_REMEMBERED)
def _read(claim: Claim, source: PreparedSource, foreign: bool) -> _Found:
    if len(claim.text) > LONGEST:
        return _read_beginning(claim, source, foreign)
    known = frozenset(bare(word.text) for name in claim.known for word in split_words(name))
    parts = _locate_evidence(claim, source)
    content = read_content(claim.text, source, known)
    figures = [figure for figure in _figures(claim, parts, content, source) if not _is_known(figure.text, known)]
    names = [] if foreign else find_names(claim.text, content.all_words, source.has_noun_capitals)
    quotations = _missing_quotations(claim, source)
    missing = [figure for figure in figures if not figure.given and not figure.weak]
    unknown = [check for name in names if (check := source.names.check(name, known)).missing]
    given = [figure for figure in figures if figure.given]
    words_unknown = sum(len(name.missing) for name in unknown)
    lacking = _lacking(claim, figures, parts, source)
    of_names = [_name_problem(check, source) for check in unknown]
    problems = [*quotations, *(each for each in lacking if each.sure), *of_names]
    compared = bool(parts) and claim.kind != "none" and not foreign
    verbatim = _is_verbatim(claim.text, known)
    if compared and not problems and not verbatim:
        said = Wording(claim.text, source.has_noun_capitals)
        inferred = claim.kind == "inference"
        problems = (
            compare_inference(said, parts, source, figures)
            if inferred
            else compare(said, parts, source, figures, known)
        )
    problems += [each for each in lacking if not each.sure]
    if claim.is_title:
        problems += find_title_problems(claim.text, source)
    if claim.thesis:
        problems.append(Problem(claim.text, THESIS, sure=False))
    return _Found(
        claim=claim,
        problems=tuple(problems),
        evidence=Span(parts[0].start, parts[-1].end) if parts else _nearest(content, foreign),
        signals=measure(claim.text, content, source, len(missing) + len(quotations), words_unknown, given),
        compared=compared,
        foreign=foreign,
        verbatim=verbatim,
        copied=_is_copied(claim.text, source),
    )


def _figures(claim: Claim, parts: Sequence[Span], content: Content, source: PreparedSource) -> list[FigureCheck]:
    """The figures of a claim; what an inference calculates from its own quote is nothing but an inference."""
    if claim.is_title:
        return []
    near = parts or ((content.match.span,) if content.match else ())
    figures = source.figures.check(claim.text, near)
    inferred = claim.kind == "inference"
    return [_as_own(each, inferred) if not each.given else each for each in figures]


def _as_own(figure: FigureCheck, inferred: bool) -> FigureCheck:
    """A figure that the source lacks, where it may be the writer's own."""
    if inferred and figure.follows:
        return replace(figure, given=True)
    own = figure.counts_back or (inferred and figure.hedged)
    return replace(figure, counted=True) if own and not figure.weak else figure


def _read_beginning(claim: Claim, source: PreparedSource, foreign: bool) -> _Found:
    """Of a claim that is no sentence any more only the beginning is compared, so the source cannot bear it out."""
    beginning = _read(replace(claim, text=claim.text[:LONGEST]), source, foreign)
    words = " ".join(claim.text.split(maxsplit=_NAMED)[:_NAMED])[:_LONGEST_NAMED]
    problem = Problem(words, f"“{words} …” has over {LONGEST:,} characters: too long to be compared with the source")
    return replace(beginning, claim=claim, problems=(*beginning.problems, problem))


def _is_verbatim(text: str, known: frozenset[str]) -> bool:
    """Whether every word outside of the quotation marks is known; what stands between them is checked elsewhere."""
    quotations = find_quotations(text)
    words = [word for word in split_words(text) if not covers(quotations, word.start)]
    return bool(quotations) and all(bare(word.text) in known for word in words)


def _is_copied(text: str, source: PreparedSource) -> bool:
    """Whether it is whole sentences of the source: part of one may leave out a `not` or a `so they say`."""
    place = locate_in(text, source.folded)
    if place is None:
        return False
    numbers = source.sentences_of(place)
    before = source.text[source.sentences[numbers[0]].start : place.start]
    after = source.text[place.end : source.sentences[numbers[-1]].end]
    return not split_words(before) and not split_words(after)


def _is_known(text: str, known: frozenset[str]) -> bool:
    words = split_words(text)
    return bool(words) and all(bare(word.text) in known for word in words)


def _locate_evidence(claim: Claim, source: PreparedSource) -> tuple[Span, ...]:
    if not claim.quote or len(claim.quote) > _LONGEST_QUOTE:
        return ()
    return locate_parts(claim.quote, source.folded)


def _missing_quotations(claim: Claim, source: PreparedSource) -> list[Problem]:
    """Quotations of the sentence, and the writer's own evidence, that the source does not have verbatim."""
    problems = []
    for quotation in find_quotations(claim.text):
        words = quotation.of(claim.text)
        if len(split_words(words)) > 1 and not source.quotes(words):
            problems.append(Problem(words, f"quote “{words}” is not in the source"))
    if claim.quote and len(claim.quote) > _LONGEST_QUOTE:
        words = claim.quote[:_LONGEST_NAMED]
        reason = f"the words given as evidence have over {_LONGEST_QUOTE:,} characters: too long to be sought"
        problems.append(Problem(words, reason))
    elif claim.quote and not source.quotes(claim.quote):
        problems.append(Problem(claim.quote, "the words given as evidence are not in the source"))
    return problems


def _lacking(
    claim: Claim, figures: Sequence[FigureCheck], parts: Sequence[Span], source: PreparedSource
) -> list[Problem]:
    """The figures that the source lacks; those that may have been counted or calculated as doubts."""
    if all(figure.given for figure in figures):
        return []
    if parts:
        said = Wording(claim.text, source.has_noun_capitals)
        return list(describe_missing(said, figures, find_place(parts, source)))
    missing = (figure for figure in figures if not figure.given and (figure.counted or not figure.weak))
    return [Problem(figure.text, figure.reason, sure=not figure.counted) for figure in missing]


def _name_problem(check: NameCheck, source: PreparedSource) -> Problem:
    """A name that the source lacks; a page may well say `the country` and leave its readers to know which."""
    words = " ".join(check.missing)
    is_told = source.takes_country_as_known and is_country(bare(words.replace(" ", "-")))
    return Problem(words, f"name {words} is not in the source", sure=not is_told)


def _nearest(content: Content, foreign: bool) -> Span | None:
    """The place of the source that is nearest to the claim; none can be found across languages."""
    return content.match.span if content.match and not foreign else None


def _judge(found: _Found, risk: float, source: PreparedSource, threshold: float) -> CheckedClaim:
    problems = list(found.problems)
    if found.foreign or found.verbatim:
        risk = 0.0
    by_weight = not problems and _decides(found) and risk >= threshold
    if by_weight:
        problems = _without_support(found.claim, source)
    verdict = _verdict(found, problems)
    return CheckedClaim(
        text=found.claim.text,
        verdict=verdict,
        kind=found.claim.kind,
        score=_score(found, verdict, risk, threshold),
        evidence=found.evidence,
        reasons=tuple(dict.fromkeys(problem.reason for problem in problems)),
        unsupported=tuple(dict.fromkeys(problem.words for problem in problems if problem.sure)),
        by_weight=by_weight,
        thesis=found.claim.thesis,
    )


def _score(found: _Found, verdict: Verdict, risk: float, threshold: float) -> float:
    """The risk, on the side of the threshold where the verdict is; a doubt adds to it."""
    if verdict == "unsupported":
        return max(risk, threshold)
    if not found.compared:
        return risk
    return _DOUBTFUL * threshold if found.problems else min(risk, _BORNE_OUT * threshold)


def _decides(found: _Found) -> bool:
    """Whether the risk of a sentence is all that can be said of it: it is no inference, and has no quote."""
    return found.claim.kind == "fact" and not found.compared


def _verdict(found: _Found, problems: Sequence[Problem]) -> Verdict:
    """A sentence that nothing speaks against is unread, unless there is nothing to be read but the source's words."""
    if found.contradicted:
        return "unsupported"
    if problems:
        return "doubtful"
    return "supported" if found.verbatim or found.copied else "unread"


def _without_support(claim: Claim, source: PreparedSource) -> list[Problem]:
    """The telling words that the source has nowhere, else the sentence as a whole."""
    words = _unique(word.text for word in split_words(claim.text) if not is_function_word(word.text))
    missing = [word for word in words if not source.has_stem(stem(word)) and rarity(stem(word)) > _TELLING][:_NAMED]
    if not missing:
        return [Problem(claim.text, "its words are in the source, but nowhere together", sure=False)]
    return [Problem(word, f"“{word}” is not in the source", sure=False) for word in missing]


def _unique(words: Iterable[str]) -> Sequence[str]:
    return list(dict.fromkeys(words))
