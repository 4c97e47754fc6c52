"""A checked answer: another type than `Answer`, so that unchecked text cannot reach the vault by accident."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.evidence.claim import CheckedClaim, Claim, quoted
from enrich.check.evidence.judge import check_claims
from enrich.check.evidence.judgement import Kind
from enrich.check.evidence.value import Value, check_values
from enrich.check.finding import Finding, Level
from enrich.check.style.property_form import ASKS
from enrich.draft.section import Answer, AskedProperty, PropertyValue, Section, Sentence, clean_keyword
from enrich.source.source import Source
from enrich.text.plain import Plain, from_plain
from enrich.vault.candidate import Candidate
from enrich.vault.property_type import WORDED, PropertyType
from enrich.vault.section_type import Evidence, SectionType


class CheckedSentence(Struct, frozen=True):
    """A sentence and what the source says of it."""

    sentence: Sentence
    check: CheckedClaim


class CheckedSection(Struct, frozen=True):
    """A section whose every sentence was checked."""

    type: SectionType
    sentences: tuple[CheckedSentence, ...]
    left: bool = False
    """It is not whole: the person writes the rest."""


class CheckedValue(Struct, frozen=True):
    """A value of a property and what the source says of it."""

    value: PropertyValue
    check: CheckedClaim


class CheckedProperty(Struct, frozen=True):
    """A property that the model was asked for, every value of it checked."""

    type: PropertyType
    values: tuple[CheckedValue, ...]
    """Empty: the source does not say it, or says it otherwise."""


class Row(Struct, frozen=True):
    """A sentence of an answer, or a value of a property, with its place."""

    name: str
    """Of its section, as findings name it."""
    key: str
    """Of its section in an answer."""
    evidence: Evidence
    text: str
    """As a reader sees it; of a property behind its key."""
    quote: str | None
    check: CheckedClaim
    link: Candidate | None = None
    section: SectionType | None = None
    """None: it stands in the front matter."""
    property: PropertyType | None = None


class CheckedAnswer(Struct, frozen=True):
    """An answer whose every sentence, title and keyword was checked."""

    title: Plain
    topics: tuple[Plain, ...]
    keywords: tuple[Plain, ...]
    description: CheckedSentence | None
    """None where the type has none."""
    sections: tuple[CheckedSection, ...]
    findings: tuple[Finding, ...]
    """``E1`` for each sentence with something that the source does not say, ``E2`` for a keyword it does not hold."""
    properties: tuple[CheckedProperty, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every sentence and every value of a property, in the note's order: the description comes first."""
        head = [] if self.description is None else [_row("description", "description", "fact", self.description)]
        asked = [
            Row(part.type.name, part.type.name, part.type.evidence, one.check.text, one.value.quote, one.check,
                property=part.type)
            for part in self.properties
            for one in part.values
        ]  # fmt: skip
        body = [
            replace(_row(part.type.name, part.type.key, part.type.evidence, one), section=part.type)
            for part in self.sections
            for one in part.sentences
        ]
        return (*head, *asked, *body)

    @property
    def links(self) -> tuple[tuple[Sentence, SectionType], ...]:
        """The sentences that carry a wikilink, in body order."""
        return tuple(
            (checked.sentence, section.type)
            for section in self.sections
            for checked in section.sentences
            if checked.sentence.link is not None
        )


def _row(name: str, key: str, evidence: Evidence, checked: CheckedSentence) -> Row:
    sentence = checked.sentence
    return Row(name, key, evidence, sentence.reading, sentence.quote, checked.check, sentence.link)


def check_answer(answer: Answer, source: Source) -> CheckedAnswer:
    """Compare every sentence, the title and the keywords with the saved source."""
    claims = [] if answer.description is None else [_claim(answer.description, "fact", source)]
    for section in answer.sections:
        claims += [
            replace(_claim_of(row, section, source), thesis=_is_thesis(row, section)) for row in section.sentences
        ]
    checks = iter(check_claims(claims, source))
    description = None if answer.description is None else CheckedSentence(answer.description, next(checks))
    sections = tuple(
        CheckedSection(
            section.type, tuple(CheckedSentence(row, next(checks)) for row in section.sentences), section.left
        )
        for section in answer.sections
    )
    properties = tuple(_property(one, source, claims) for one in answer.properties)
    return CheckedAnswer(
        title=answer.title,
        topics=answer.topics,
        keywords=answer.keywords,
        description=description,
        sections=sections,
        findings=(
            *(_title(answer.title, source, claims) if answer.title else ()),
            *_unsupported("description", [] if description is None else [description.check]),
            *(finding for one, given in zip(properties, answer.properties, strict=True) for finding in _of(one, given)),
            *(f for section in sections for f in _unsupported(section.type.name, _checks(section))),
            *_keywords(answer.keywords, source),
        ),
        properties=tuple(_without_refuted(one) for one in properties),
    )


def _property(given: AskedProperty, source: Source, beside: Sequence[Claim]) -> CheckedProperty:
    values = [Value(given.type, from_plain(one.words), one.quote) for one in given.values]
    checks = check_values(values, source, beside)
    return CheckedProperty(given.type, tuple(map(CheckedValue, given.values, checks)))


def _of(checked: CheckedProperty, given: AskedProperty) -> list[Finding]:
    """Values that the source does not say, and what was no value in the property's form."""
    name, gone = checked.type.name, "" if checked.type.form in WORDED else "; left out"
    found = _unsupported(name, [one.check for one in checked.values])
    faults = [Finding("T2", "must", name, fault, asks=ASKS) for fault in given.faults]
    return [*(replace(one, message=f"{one.message}{gone}") for one in found), *faults]


def _without_refuted(checked: CheckedProperty) -> CheckedProperty:
    """A number, day, flag or address can bear no mark, so that what the source does not say is not written."""
    if checked.type.form in WORDED:
        return checked
    return replace(checked, values=tuple(one for one in checked.values if one.check.verdict != "unsupported"))


def _kind(section: Section) -> Kind:
    """A question states nothing, but its names and numbers are still the source's."""
    return "inference" if section.type.evidence == "none" else section.type.evidence


def _is_thesis(sentence: Sentence, section: Section) -> bool:
    """Whether the writer names neither words of the source nor a note that it rests on."""
    return section.type.evidence == "inference" and not sentence.quote and sentence.link is None


def _claim_of(sentence: Sentence, section: Section, source: Source) -> Claim:
    """A quotation is the source's own words, which its marks say to the check."""
    claim = _claim(sentence, _kind(section), source)
    return replace(claim, text=quoted(claim.text)) if section.type.shape == "quotes" else claim


def _claim(sentence: Sentence, kind: Kind, source: Source) -> Claim:
    """The publisher, the author and the linked note's title are names that the article need not hold."""
    known = {source.site, source.author}
    if sentence.link is not None:
        known |= {sentence.link.title, sentence.link.shown}
    return Claim(sentence.reading, sentence.quote, kind, frozenset(filter(None, known)))


def _checks(section: CheckedSection) -> list[CheckedClaim]:
    return [checked.check for checked in section.sentences]


def _unsupported(section: str, checks: Sequence[CheckedClaim]) -> list[Finding]:
    return [
        Finding("E1", "must", section, f"{check.text!r}: {'; '.join(check.reasons) or 'not in the source'}")
        for check in checks
        if check.verdict == "unsupported"
    ]


def _title(title: str, source: Source, beside: Sequence[Claim]) -> list[Finding]:
    """Its numbers must be the source's; a direction that the source has turned round is a doubt."""
    check = check_claims([Claim(title, kind="inference", is_title=True)], source, beside=beside)[0]
    level: Level = "must" if check.verdict == "unsupported" else "should"
    return [Finding("E1", level, "title", f"title: {reason}") for reason in check.reasons]


def _keywords(keywords: Sequence[str], source: Source) -> list[Finding]:
    """A keyword is glued (`gpt4`), so the source is glued too; keywords are English, so is what can be searched."""
    if source.language not in ("", "en"):
        return []
    glued = clean_keyword(source.title + source.text)
    return [
        Finding("E2", "should", "keywords", f"keyword {keyword}: not a word of the source")
        for keyword in keywords
        if clean_keyword(keyword) not in glued
    ]
