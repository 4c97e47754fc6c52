"""Check claims: sentences of any other tool, each with the words that it is said to rest on, against one source."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.check.evidence.judge import check_claims as check_against
from enrich.check.evidence.judgement import count_judgements
from enrich.errors import UsageError
from enrich.source.source import Source
from enrich.text.json_text import mend_halves, read_json
from enrich.text.quoted import quote
from enrich.workspace.check import finder_of
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import CheckOptions

_KINDS = ("fact", "inference")


class CheckedClaims(Struct, frozen=True):
    """What was found in each claim, and what it was held against."""

    claims: tuple[CheckedClaim, ...]
    source: Source

    @property
    def unsupported(self) -> tuple[CheckedClaim, ...]:
        """Those with a number, date, name or quotation that the source lacks or has otherwise."""
        return tuple(claim for claim in self.claims if claim.verdict == "unsupported")

    @property
    def counts(self) -> str:
        """How many claims are what, in words."""
        return count_judgements(self.claims, "claim")


def check_claims(opened: OpenVault, claims: Iterable[Claim], options: CheckOptions) -> CheckedClaims:
    """Each claim held against ``options.source``, in order. UsageError when no source is named or it cannot be read."""
    if not options.source:
        raise UsageError("claims: need something to be checked against; name a file, an address or a run folder")
    source = finder_of(opened, options).read(options.source)
    if not source.text.strip():
        raise UsageError(f"{options.source}: holds no text; name a page or a text that the claims rest on")
    return CheckedClaims(check_against(claims, source), source)


def read_claims(data: bytes, name: str) -> list[Claim]:
    """The claims in JSON lines of ``{"text", "quote", "kind"}``; UsageError names the line of ``name`` that is none."""
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: is no UTF-8 text (byte {error.start}); save it as UTF-8") from error
    claims = [_read_claim(line, f"{name}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not claims:
        raise UsageError(f'{name}: holds no claim; give one JSON object a line, such as {{"text": "It is 5 m long."}}')
    return claims


def _read_claim(line: str, where: str) -> Claim:
    try:
        row: Any = mend_halves(read_json(line))
    except ValueError as error:
        raise UsageError(f'{where}: is no JSON ({error}); give one object a line, such as {{"text": "…"}}') from error
    if not isinstance(row, dict):
        raise UsageError(f'{where}: is no JSON object; give one a line, such as {{"text": "…", "quote": null}}')
    text, words, kind = row.get("text"), row.get("quote"), row.get("kind", "fact")
    if not isinstance(text, str) or not text.strip():
        raise UsageError(f'{where}: has no text; give the sentence as "text"')
    if words is not None and not isinstance(words, str):
        raise UsageError(f"{where}: its quote is no text; give words of the source, or null")
    if kind not in _KINDS:
        raise UsageError(f"{where}: {quote(str(kind), 40)} is no kind of claim; use fact or inference")
    return Claim(text, words, kind)
