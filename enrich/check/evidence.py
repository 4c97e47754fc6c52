"""Evidence: what of a sentence the source says, and where it says it."""

from collections.abc import Iterable, Iterator

from enrich.check.claim import CheckedClaim, Claim, Verdict
from enrich.check.names import find_names
from enrich.check.prepared_source import PreparedSource, prepare, stems_of
from enrich.check.quotation import find_quotations, locate_in, locate_quote
from enrich.check.stems import bare
from enrich.source.source import Source
from enrich.text.span import Span
from enrich.text.words import split_words

__all__ = ["check_claim", "check_claims", "locate_quote"]


def check_claims(claims: Iterable[Claim], source: Source | PreparedSource) -> tuple[CheckedClaim, ...]:
    """Every claim checked against one source, in order."""
    prepared = source if isinstance(source, PreparedSource) else prepare(source)
    return tuple(_check(claim, prepared) for claim in claims)


def check_claim(claim: Claim, source: Source | PreparedSource) -> CheckedClaim:
    """One claim checked against its source."""
    return check_claims([claim], source)[0]


def _check(claim: Claim, source: PreparedSource) -> CheckedClaim:
    missing = list(_missing(claim, source))
    evidence = _evidence(claim, source)
    risk = _missing_share(claim, source)
    return CheckedClaim(
        text=claim.text,
        verdict=_verdict(claim, bool(missing)),
        score=max(risk, 0.9) if missing else risk,
        evidence=evidence,
        reasons=tuple(reason for _, reason in missing),
        unsupported=tuple(words for words, _ in missing),
    )


def _verdict(claim: Claim, contradicted: bool) -> Verdict:
    if contradicted:
        return "unsupported"
    return "inferred" if claim.kind == "inference" else "supported"


def _missing(claim: Claim, source: PreparedSource) -> Iterator[tuple[str, str]]:
    """(words, reason) of every number, date, name and quote that the source does not give."""
    known = {bare(word.text) for name in claim.known for word in split_words(name)}
    quotations = find_quotations(claim.text)
    for quotation in quotations:
        words = quotation.of(claim.text)
        if len(split_words(words)) > 1 and not source.quotes(words):
            yield words, f"quote “{words}” is not in the source"
    for figure in source.figures.check(claim.text):
        if not figure.given and not figure.weak and not _is_known(figure.text, known):
            yield figure.text, figure.reason
    for name in find_names(claim.text):
        check = source.names.check(name, known)
        if check.missing:
            yield " ".join(check.missing), f"name {' '.join(check.missing)} is not in the source"
    if claim.quote and locate_in(claim.quote, source.folded) is None:
        yield claim.quote, "the words given as evidence are not in the source"


def _is_known(text: str, known: set[str]) -> bool:
    words = split_words(text)
    return bool(words) and all(bare(word.text) in known for word in words)


def _evidence(claim: Claim, source: PreparedSource) -> Span | None:
    """The writer's quote where it is verbatim, else the sentence of the source nearest to the claim."""
    located = locate_in(claim.quote, source.folded) if claim.quote else None
    return located or (match.span if (match := source.best_match(stems_of(claim.text))) else None)


def _missing_share(claim: Claim, source: PreparedSource) -> float:
    """The share of the claim's content words that the source has nowhere."""
    content = stems_of(claim.text)
    return sum(not source.has_stem(stem) for stem in content) / len(content) if content else 0.0
