"""A second reading of a draft: what is shown to the reader, and what its word makes of each sentence."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from enrich.check.evidence.claim import CheckedClaim
from enrich.check.evidence.judgement import BORNE_OUT, Reading, add_reading
from enrich.check.finding import Finding, Level
from enrich.check.note_check import sentence_key
from enrich.draft.checked import CheckedAnswer, CheckedProperty, CheckedSentence
from enrich.reader.statement import Form, Statement

_READABLE = frozenset({"text", "list", "number", "date", "datetime"})
"""Forms of properties whose values say something by themselves."""
_FORMS: Mapping[str, Form] = {"fact": "fact", "inference": "inference", "none": "question"}


def statements_of(checked: CheckedAnswer) -> Iterator[Statement]:
    """Every sentence that the model wrote, and the title, in the note's order."""
    if checked.title:
        yield Statement(sentence_key(checked.title), checked.title, "title")
    for row in checked.rows:
        if row.property is None or (row.property.evidence != "none" and row.property.form in _READABLE):
            linked = "" if row.link is None else f"{row.link.title}: {row.link.line}"
            yield Statement(sentence_key(row.text), row.text, _FORMS[row.evidence], row.check.evidence, linked)


def add_readings(checked: CheckedAnswer, readings: Mapping[str, Reading]) -> CheckedAnswer:
    """The answer after what a second reader said of its sentences, by `sentence_key`; its findings with it."""
    description = None if checked.description is None else _read(checked.description, readings)
    sections = tuple(
        replace(section, sentences=tuple(_read(row, readings) for row in section.sentences))
        for section in checked.sections
    )
    properties = tuple(_read_property(one, readings) for one in checked.properties)
    read = replace(checked, description=description, sections=sections, properties=properties)
    return replace(read, findings=(*checked.findings, *_findings(read, readings)))


def _read(checked: CheckedSentence, readings: Mapping[str, Reading]) -> CheckedSentence:
    return replace(checked, check=_after(checked.sentence.reading, checked.check, readings))


def _read_property(checked: CheckedProperty, readings: Mapping[str, Reading]) -> CheckedProperty:
    values = (replace(one, check=_after(one.check.text, one.check, readings)) for one in checked.values)
    return replace(checked, values=tuple(values))


def _after(text: str, check: CheckedClaim, readings: Mapping[str, Reading]) -> CheckedClaim:
    reading = readings.get(sentence_key(text))
    return check if reading is None else add_reading(check, reading)


def _findings(checked: CheckedAnswer, readings: Mapping[str, Reading]) -> Iterator[Finding]:
    """``E3`` for each sentence that the reader does not find in its passage."""
    title = readings.get(sentence_key(checked.title))
    if title is not None and title.meaning not in BORNE_OUT:
        yield _finding("title", checked.title, title)
    for row in checked.rows:
        reading = row.check.reading
        if reading is not None and reading.meaning not in BORNE_OUT:
            yield _finding(row.name, row.text, reading)


def _finding(section: str, text: str, reading: Reading) -> Finding:
    """What the passage contradicts is a must; what it only does not bear, a person may let stand."""
    words = ", ".join(f"“{word}”" for word in reading.words)
    said = f"{words}: {reading.meaning}" if words else reading.meaning
    shown = f"; the article has “{reading.quote}”" if reading.quote else ""
    level: Level = "must" if reading.meaning == "contradicted" else "should"
    return Finding("E3", level, section, f"{text!r}: {said}, as {reading.by} reads it{shown}")
