"""A value of a property held against the source: as a sentence where it has words, else by what its form allows."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.evidence.claim import CheckedClaim, Claim
from enrich.source.source import Source
from enrich.vault.property_type import WORDED, Form, PropertyType
from enrich.vault.section_type import Evidence

_BARE: frozenset[Form] = frozenset({"tags", "link", "links", "flag", "url"})
"""Forms whose values hold no words that a source could have."""


class Value(Struct, frozen=True):
    """One value that the model gave for a property."""

    row: PropertyType
    words: str
    """As it stands in the note; a flag is ``true`` or ``false``."""
    quote: str | None = None
    """The words of the source that the model names."""

    @property
    def text(self) -> str:
        """The value as a sentence."""
        return self.row.says(self.words)


def check_values(values: Sequence[Value], source: Source, beside: Sequence[Claim] = ()) -> tuple[CheckedClaim, ...]:
    """What the source says of each value, in order; ``beside`` as for `enrich.check.evidence.judge.check_claims`."""
    if not values:
        return ()
    from enrich.check.evidence.judge import check_claims  # a tenth of a second that most notes are spared

    checks = check_claims([_claim(value, source) for value in values], source, beside=beside)
    return tuple(_judge(value, check, source) for value, check in zip(values, checks, strict=True))


def _claim(value: Value, source: Source) -> Claim:
    """The value within a sentence; of one that is not compared the named words alone.

    Numbers and names of words are the source's even where the value is a judgement.

    An item of a list has a capital only where it is a name; other words begin with one as sentences do.
    """
    row, words, quote = value.row, value.words, value.quote
    if row.form in _BARE or (row.evidence == "none" and row.form not in WORDED):
        return Claim("this", None if row.evidence == "none" else quote, "none")
    kind: Evidence = "inference" if row.evidence == "none" else row.evidence
    if row.form == "datetime":
        words = words.removesuffix("T00:00").replace("T", " ")
    known = frozenset(filter(None, (source.site, *source.author.split("; "))))
    return Claim(f"this{',' if row.form == 'list' else ':'} {words}", quote, kind, known)


def _judge(value: Value, check: CheckedClaim, source: Source) -> CheckedClaim:
    """An address stands in the source, and a flag rests on words of it; a value of no words is unread."""
    form = value.row.form
    if form == "url" and value.words != source.url and value.words not in source.text:
        return _refuted(value, check, f"the address {value.words} is not in the source")
    if form == "flag" and value.row.evidence == "fact" and not value.quote:
        return _refuted(value, check, "no words of the source are named for it")
    if check.verdict == "unsupported" or form not in _BARE:
        return replace(check, text=value.text)
    return CheckedClaim(text=value.text, verdict="unread", kind="none", score=0.0, evidence=check.evidence)


def _refuted(value: Value, check: CheckedClaim, reason: str) -> CheckedClaim:
    words = (value.words,)
    return replace(check, text=value.text, verdict="unsupported", reasons=(reason,), unsupported=words)
