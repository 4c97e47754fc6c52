"""A second reading of a draft: what is shown to the reader, and what its word makes of each sentence."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from enrich.check.evidence.judgement import BORNE_OUT, Reading, add_reading
from enrich.check.finding import Finding, Level
from enrich.check.note_check import sentence_key
from enrich.draft.checked import CheckedAnswer, CheckedSentence
from enrich.reader.statement import Form, Statement

_FORMS: Mapping[str, Form] = {"fact": "fact", "inference": "inference", "none": "question"}


def statements_of(checked: CheckedAnswer) -> Iterator[Statement]:
    """Every sentence that the model wrote, and the title, in the note's order."""
    if checked.title:
        yield Statement(sentence_key(checked.title), checked.title, "title")
    for section, sentence in checked.rows:
        yield _statement(sentence, "fact" if section is None else _FORMS[section.evidence])


def add_readings(checked: CheckedAnswer, readings: Mapping[str, Reading]) -> CheckedAnswer:
    """The answer after what a second reader said of its sentences, by `sentence_key`; its findings with it."""
    description = None if checked.description is None else _read(checked.description, readings)
    sections = tuple(
        replace(section, sentences=tuple(_read(row, readings) for row in section.sentences))
        for section in checked.sections
    )
    read = replace(checked, description=description, sections=sections)
    return replace(read, findings=(*checked.findings, *_findings(read, readings)))


def _statement(checked: CheckedSentence, form: Form) -> Statement:
    text, link = checked.sentence.reading, checked.sentence.link
    linked = "" if link is None else f"{link.title}: {link.line}"
    return Statement(sentence_key(text), text, form, checked.check.evidence, linked)


def _read(checked: CheckedSentence, readings: Mapping[str, Reading]) -> CheckedSentence:
    reading = readings.get(sentence_key(checked.sentence.reading))
    return checked if reading is None else replace(checked, check=add_reading(checked.check, reading))


def _findings(checked: CheckedAnswer, readings: Mapping[str, Reading]) -> Iterator[Finding]:
    """``E3`` for each sentence that the reader does not find in its passage."""
    title = readings.get(sentence_key(checked.title))
    if title is not None and title.meaning not in BORNE_OUT:
        yield _finding("title", checked.title, title)
    for section, sentence in checked.rows:
        yield from _of_sentence("description" if section is None else section.name, sentence)


def _of_sentence(section: str, checked: CheckedSentence) -> Iterator[Finding]:
    reading = checked.check.reading
    if reading is not None and reading.meaning not in BORNE_OUT:
        yield _finding(section, checked.sentence.reading, reading)


def _finding(section: str, text: str, reading: Reading) -> Finding:
    """What the passage contradicts is a must; what it only does not bear, a person may let stand."""
    words = ", ".join(f"“{word}”" for word in reading.words)
    said = f"{words}: {reading.meaning}" if words else reading.meaning
    shown = f"; the article has “{reading.quote}”" if reading.quote else ""
    level: Level = "must" if reading.meaning == "contradicted" else "should"
    return Finding("E3", level, section, f"{text!r}: {said}, as {reading.by} reads it{shown}")
