"""Check a whole note: every sentence against its source, every rule of its type, every link."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.borrowed import find_borrowed, share_copied
from enrich.check.echo import find_echoes
from enrich.check.evidence.claim import CheckedClaim, Claim, quoted
from enrich.check.evidence.judgement import PERSON, Reading, add_reading
from enrich.check.evidence.passage import Passage
from enrich.check.evidence.value import check_values
from enrich.check.finding import Finding
from enrich.check.front_values import find_values
from enrich.check.note_check import Against, LinkCheck, NoteCheck, SentenceCheck, Surroundings, sentence_key
from enrich.check.stretch import Stretch, find_stretches
from enrich.check.style.layout import Layout, paragraphs, read_layout
from enrich.check.style.lint import NO_TYPE, check_style, check_untyped, excuse_links
from enrich.source.source import Source
from enrich.text.cleaned import CleanedText
from enrich.text.mark import find_marks
from enrich.text.pattern import lazy_pattern
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.vault.note_type import NoteType
from enrich.vault.wikilink import MarkdownLink

_LINKED = lazy_pattern(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]+)\]\]|(?<!\()\[([^\[\]\n]+)\]\((?!https?:)")
"""What a link to a note shows, in either form."""


def check_note(
    text: str,
    stem: str,
    note_type: NoteType | None,
    against: Against = Against(),
    around: Surroundings = Surroundings(),
) -> NoteCheck:
    """Check the note ``text`` of the file ``stem``.md. Without a source no sentence is judged.

    Of a note without a type only what holds for every note is asked: links, front matter, hidden characters, evidence.
    """
    cleaned = CleanedText(text)
    layout = read_layout(cleaned.text, stem)
    stretches = tuple(find_stretches(layout, note_type or NO_TYPE))
    return NoteCheck(
        sentences=tuple(_placed(row, cleaned) for row in _judged(layout, note_type, stretches, against)),
        findings=(
            *check_style_of(text, stem, note_type, around),
            *(replace(finding, span=cleaned.original(finding.span)) for finding in find_borrowed(stretches, against)),
            *find_echoes(text, stem, note_type, around.echoes),
        ),
        links=tuple(_links(layout, cleaned, around)),
        copied=share_copied(stretches, against),
    )


def check_style_of(text: str, stem: str, note_type: NoteType | None, around: Surroundings) -> tuple[Finding, ...]:
    """What the note ``text`` of the file ``stem``.md does not keep of its type's rules; no sentence is judged."""
    if note_type is None:
        return check_untyped(text, stem, around.resolves, around.allow_unresolved)
    style = check_style(text, stem, note_type, around.taken_ids, around.resolves, around.allow_unresolved)
    return style if around.linkable else excuse_links(style, note_type)


def stand_for(check: NoteCheck, vouched: Mapping[str, str]) -> NoteCheck:
    """The check with the sentences that somebody vouches for, whatever was found about them: `Against.vouched`."""
    return replace(check, sentences=tuple(_vouched(row, vouched) for row in check.sentences)) if vouched else check


def check_text(
    text: str, source: Source, quotes: Mapping[str, str], readings: Mapping[str, Reading] | None = None
) -> NoteCheck:
    """Check running text that is no note: its sentences as facts, and copying."""
    against = Against(source, quotes, readings=readings or {})
    stretches = tuple(Stretch("text", "fact", Passage(text, span)) for span in paragraphs(text, Span(0, len(text))))
    return NoteCheck(
        tuple(_sentences(text, stretches, against)),
        tuple(find_borrowed(stretches, against)),
        (),
        share_copied(stretches, against),
    )


class _Row(Struct, frozen=True):
    """A sentence on its way to the check."""

    stretch: Stretch
    span: Span
    """In the note."""
    text: str


def _sentences(text: str, stretches: tuple[Stretch, ...], against: Against) -> Iterator[SentenceCheck]:
    if against.source is None:
        return
    from enrich.check.evidence.judge import check_claims  # a tenth of a second that a note without a source is spared

    rows = list(_rows(stretches))
    judged = [row for row in rows if row.stretch.kind is not None]
    quotes = _Quotes(against.quotes)
    theses = frozenset(against.theses)
    claims = [
        replace(_claim(row, text, quotes, against.source), thesis=sentence_key(row.text) in theses) for row in judged
    ]
    checks = iter(check_claims(claims, against.source))
    marks = {mark.span.start: mark.span for mark in find_marks(text)}
    for row in rows:
        unjudged = SentenceCheck(
            *row.span, row.text, row.stretch.section, mark=marks.get(row.span.end), verdict="human", score=0.0
        )
        if row.stretch.kind is None:
            yield unjudged
            continue
        yield _vouched(_read(_after(unjudged, next(checks), against.source), against.readings), against.vouched)


def _after(sentence: SentenceCheck, check: CheckedClaim, source: Source) -> SentenceCheck:
    """The sentence with what the source says of it."""
    return replace(
        sentence,
        verdict=check.verdict,
        kind=check.kind,
        score=check.score,
        evidence=check.evidence,
        quote=check.evidence.of(source.text) if check.evidence else "",
        place=source.place_of(check.evidence.start) if check.evidence else "",
        reasons=check.reasons,
        unsupported=check.unsupported,
        by_weight=check.by_weight,
        thesis=check.thesis,
    )


def _judged(
    layout: Layout, note_type: NoteType | None, stretches: tuple[Stretch, ...], against: Against
) -> Iterator[SentenceCheck]:
    """Every sentence, and every value of a property that the model was asked for, in the note's order."""
    prose = list(_sentences(layout.text, stretches, against))
    said = [Claim(row.text) for row in prose]
    values = list(_values(layout, note_type, against, said)) if note_type is not None else []
    head = [row for row in prose if row.section in ("title", "description")]
    yield from (*head, *values, *(row for row in prose if row.section not in ("title", "description")))


def _values(layout: Layout, note_type: NoteType, against: Against, beside: Sequence[Claim]) -> Iterator[SentenceCheck]:
    places = list(find_values(layout, note_type))
    if against.source is None or not places:
        return
    quotes = _Quotes(against.quotes)
    values = [replace(one.value, quote=quotes.of(one.value.text)) for one in places]
    for place, check in zip(places, check_values(values, against.source, beside), strict=True):
        unjudged = SentenceCheck(
            *place.span, check.text, place.value.row.name, mark=place.mark, verdict="unread", score=0.0
        )
        yield _vouched(_read(_after(unjudged, check, against.source), against.readings), against.vouched)


def _read(sentence: SentenceCheck, readings: Mapping[str, Reading]) -> SentenceCheck:
    reading = readings.get(sentence_key(sentence.text))
    return sentence if reading is None else add_reading(sentence, reading)


def _vouched(sentence: SentenceCheck, vouched: Mapping[str, str]) -> SentenceCheck:
    """A person's word stands above the check's; what the check said stays readable."""
    who = vouched.get(sentence_key(sentence.text))
    if who is None or (sentence.reading is not None and sentence.reading.by == PERSON):
        return sentence
    reading = Reading(PERSON, "follows")
    return replace(sentence, verdict="supported", reading=reading, reasons=(who, *sentence.reasons))


def _rows(stretches: tuple[Stretch, ...]) -> Iterator[_Row]:
    for stretch in stretches:
        plain = stretch.passage.text
        for span in split_sentences(plain):
            yield _Row(stretch, stretch.passage.original(span), span.of(plain))


def _claim(row: _Row, text: str, quotes: "_Quotes", source: Source) -> Claim:
    linked = [one or other for one, other in _LINKED.findall(row.span.of(text))]
    known = frozenset(filter(None, (*linked, source.site, *source.author.split("; "))))
    is_title = row.stretch.section == "title"
    said = quoted(row.text) if row.stretch.quoted else row.text
    return Claim(said, quotes.of(row.text), row.stretch.kind or "none", known, is_title)


class _Quotes:
    """The model's quotes, found again for sentences that were ended, escaped or split since."""

    def __init__(self, quotes: Mapping[str, str]) -> None:
        self._quotes = {sentence_key(text): quote for text, quote in quotes.items()}
        self._wholes = "\n".join(f" {whole} " for whole in self._quotes)
        self._ends = list(accumulate(len(whole) + 3 for whole in self._quotes))

    def of(self, text: str) -> str | None:
        """The quote of the sentence, else of the longer one that it is a part of."""
        key = sentence_key(text)
        if key in self._quotes:
            return self._quotes[key]
        at = self._wholes.find(f" {key} ") if key else -1
        return list(self._quotes.values())[bisect_right(self._ends, at)] if at >= 0 else None


def _links(layout: Layout, cleaned: CleanedText, around: Surroundings) -> Iterator[LinkCheck]:
    for link in layout.note_links:
        obsidian, quartz = around.resolves(link.target) if around.resolves and link.target else (None, None)
        quartz = None if isinstance(link, MarkdownLink) else quartz
        yield LinkCheck(link.target, cleaned.original(link.span) or link.span, obsidian, quartz)


def _placed(row: SentenceCheck, cleaned: CleanedText) -> SentenceCheck:
    """The sentence with offsets of the file as it is."""
    span = cleaned.original(Span(row.start, row.end)) or Span(row.start, row.end)
    return replace(row, start=span.start, end=span.end, mark=cleaned.original(row.mark))
