"""Check a whole note: every sentence against its source, every rule of its type, every link."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import accumulate

from msgspec import Struct, field
from msgspec.structs import replace

from enrich.check.echo import CountEchoes, find_echoes
from enrich.check.evidence.claim import Claim, quoted
from enrich.check.evidence.copying import longest_shared_run, shared_share
from enrich.check.evidence.judgement import PERSON, Judgement, Kind, Reading, add_reading, count_judgements
from enrich.check.evidence.passage import Passage
from enrich.check.facts.quotations import find_quotations
from enrich.check.finding import Finding
from enrich.check.style.layout import Layout, bullets, paragraphs, read_layout, split_todo
from enrich.check.style.lint import NO_TYPE, check_style, check_untyped, excuse_links
from enrich.check.style.shape import find_items, item_lines
from enrich.source.source import Source
from enrich.text.cleaned import CleanedText
from enrich.text.mark import find_marks
from enrich.text.normal import fold
from enrich.text.pattern import lazy_pattern
from enrich.text.plain import from_plain
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import count_words, split_words
from enrich.vault.note_type import COPIED_WORDS, NoteType
from enrich.vault.section_type import SectionType
from enrich.vault.wikilink import MarkdownLink

_QUOTED_WORDS = 3
"""A quotation this long says somebody else's words; a shorter one is a term."""
_ATTRIBUTION = lazy_pattern(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|wr(?:ote|ites?|itten)|according to|points? out|put it|(?:the|a) report"
    r"|(?:report|warn|call|add|quot|claim|not|argu|stat|describ|promis|announc)(?:ed|e?s)"
    r"|laut|zufolge|sagte?|erklärte|nói|cho biết|theo|khẳng định)\b|说|說|表示|称|稱|据|據",
    re.IGNORECASE,
)
_MARKED = frozenset({"numbered", "quotes", "table"})
"""Shapes whose items begin with a marker that is no part of what they say."""
_LINK = r"(?:\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]*\]\((?:<[^<>\n]*>|[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)|\d{4}-\d\d-\d\d)"
_REFERENCE = lazy_pattern(rf"(?:[-*+>][ \t]+)?(?:\**see also:?\**:?\s+)?{_LINK}(?:[,;·\s]+{_LINK})*[.]?", re.IGNORECASE)
"""A line of links and dates, which says nothing that a source could bear out."""
_LINKED = lazy_pattern(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]+)\]\]|(?<!\()\[([^\[\]\n]+)\]\((?!https?:)")
"""What a link to a note shows, in either form."""
_TITLE_NAME = lazy_pattern(r"#\s+")


class Against(Struct, frozen=True):
    """What a note's sentences are held against."""

    source: Source | None = None
    """None: only style and links are checked."""
    quotes: Mapping[str, str] = field(default_factory=dict)
    """Sentence as read → the words of the source that the model says it rests on."""
    exemplars: Mapping[str, str] = field(default_factory=dict)
    """Path → text of the notes that the model was shown: it should not have copied them."""
    theses: Collection[str] = ()
    """`sentence_key` of each sentence that its writer says is a thesis of its own."""
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """`sentence_key` → what a second reader said of the sentence."""
    vouched: Mapping[str, str] = field(default_factory=dict)
    """`sentence_key` → who vouches for the sentence and since when, in words."""


class Surroundings(Struct, frozen=True):
    """What the vault knows of a note's links and id."""

    resolves: Callable[[str], tuple[bool, bool]] | None = None
    """Whether Obsidian and Quartz find a link's target; None: links are not looked up."""
    taken_ids: Collection[str] = ()
    """The ``note_id`` of every other note."""
    allow_unresolved: Collection[str] = ()
    """Targets that may lead nowhere: the vault's own concepts."""
    linkable: bool = True
    """Whether there are notes enough that could be linked to; where not, a note may lack links."""
    echoes: CountEchoes = lambda _: {}
    """See `enrich.check.echo.find_echoes`."""


class SentenceCheck(Judgement, frozen=True):
    """One sentence of the note. Offsets count characters of the note's text, the source's for `evidence`."""

    start: int
    end: int
    text: str
    """As a reader sees it: no marks, citation, brackets or escapes."""
    section: str
    """The section's name, ``title`` or ``description``."""
    quote: str = ""
    """The source's words at `evidence`."""
    place: str = ""
    """Where that stands in a document or a recording: ``page 3``, ``12:40``; empty for a web page."""
    mark: Span | None = None
    """The mark behind the sentence, with the space before it."""


class LinkCheck(Struct, frozen=True):
    """One link of the note to another; None where nobody was asked: the vault, or the site about an address."""

    target: str
    span: Span
    obsidian: bool | None
    quartz: bool | None


class NoteCheck(Struct, frozen=True):
    """Everything that was found about a note."""

    sentences: tuple[SentenceCheck, ...]
    findings: tuple[Finding, ...]
    links: tuple[LinkCheck, ...]
    copied: float = 0.0
    """The share of the note's runs of five words that the source has, quotations left out."""

    @property
    def unsupported(self) -> tuple[SentenceCheck, ...]:
        """The sentences with something that the source does not say."""
        return tuple(sentence for sentence in self.sentences if sentence.verdict == "unsupported")

    @property
    def doubtful(self) -> tuple[SentenceCheck, ...]:
        """The sentences that differ from their evidence in a way that a person should look at."""
        return tuple(row for row in self.sentences if row.verdict == "doubtful")

    @property
    def counts(self) -> str:
        """How many sentences are what, in words: what was found, who has read how many, what nobody has read."""
        return count_judgements(self.sentences)

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The findings of level must."""
        return tuple(finding for finding in self.findings if finding.level == "must")

    @property
    def is_clean(self) -> bool:
        """No sentence is refuted and no must rule broken."""
        return not any(row.is_refuted for row in self.sentences) and not self.failures


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
    passages = tuple(_passages(layout, note_type or NO_TYPE))
    return NoteCheck(
        sentences=tuple(_placed(row, cleaned) for row in _sentences(cleaned.text, passages, against)),
        findings=(
            *check_style_of(text, stem, note_type, around),
            *(replace(finding, span=cleaned.original(finding.span)) for finding in _borrowed(passages, against)),
            *find_echoes(text, stem, note_type, around.echoes),
        ),
        links=tuple(_links(layout, cleaned, around)),
        copied=_share(passages, against),
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
    passages = tuple(_Stretch("text", "fact", Passage(text, span)) for span in paragraphs(text, Span(0, len(text))))
    return NoteCheck(
        tuple(_sentences(text, passages, against)), tuple(_borrowed(passages, against)), (), _share(passages, against)
    )


def sentence_key(text: str) -> str:
    """What two spellings of one sentence have in common: its words in lower case, single spaces."""
    return " ".join(word.text for word in split_words(fold(from_plain(text)).text))


class _Stretch(Struct, frozen=True):
    """A passage and how its sentences are judged; `kind` is None for a human's own words."""

    section: str
    kind: Kind | None
    passage: Passage
    quoted: bool = False
    """It is the source's own words, word for word."""


class _Row(Struct, frozen=True):
    """A sentence on its way to the check."""

    stretch: _Stretch
    span: Span
    """In the note."""
    text: str


def _passages(layout: Layout, note_type: NoteType) -> Iterator[_Stretch]:
    """Every stretch of prose of the note: title, description, then the sections; the tree and see-also are none."""
    text = layout.text
    if layout.title is not None:
        name = _TITLE_NAME.match(text, layout.title.span.start)
        start = name.end() if name else layout.title.span.start
        yield _Stretch("title", "inference", Passage(text, Span(start, layout.title.span.end)))
    if (description := _description(layout)) is not None:
        yield _Stretch("description", "fact", Passage(text, description))
    rows = {section.heading or "lead": section for section in note_type.sections}
    for part in layout.parts if note_type.house or not rows else layout.pieces:
        section = rows.get(part.name)
        if section is not None and section.shape == "tree":
            continue
        written, todo = split_todo(text, part, section) if section else (part.body, None)
        if section is not None and section.shape in _MARKED:
            yield from _items(text, written, part.name, section)
            continue
        for span in _stretches(text, written):
            if not note_type.house and _REFERENCE.fullmatch(span.of(text)):
                continue
            passage = Passage(text, span)
            if _is_prose(passage) or (text.startswith("- ", span.start) and passage.text.strip()):
                yield _Stretch(part.name, _kind(section), passage)
        if todo is not None and section is not None and section.writer == "model":
            # No prose, but a line that the reviewer writes over; a human's section has a field of its own.
            yield _Stretch(part.name, None, Passage(text, todo))


def _items(text: str, body: Span, name: str, section: SectionType) -> Iterator[_Stretch]:
    """The lines of items whose marker is not a bullet's; what says the place of a quotation is none."""
    for item in find_items(text, body, section.shape)[0]:
        for line in item_lines(text, item, section.shape):
            yield _Stretch(name, _kind(section), Passage(text, line), section.shape == "quotes")


def _description(layout: Layout) -> Span | None:
    """The description's words, between its quotation marks where it has them."""
    if not isinstance(layout.values.get("description"), str) or "description" not in layout.fields:
        return None
    start, end = layout.fields["description"]
    start = layout.text.index(":", start) + 1
    while start < end and layout.text[start] in " \t\n\"'":
        start += 1
    while end > start and layout.text[end - 1] in " \t\n\"'":
        end -= 1
    return Span(start, end)


def _stretches(text: str, body: Span) -> Iterator[Span]:
    """Bullets one by one, other paragraphs whole."""
    for span in paragraphs(text, body):
        found = bullets(text, span)
        if found and found[0].start == span.start:
            yield from found
        else:
            yield span


def _is_prose(passage: Passage) -> bool:
    words = passage.text.strip()
    return bool(words) and not words.startswith(("<", "#", "|", "```"))


def _kind(section: SectionType | None) -> Kind | None:
    """A question and a section that the type does not know may infer, but not with new numbers and names."""
    if section is None or (section.writer == "model" and section.evidence == "none"):
        return "inference"
    return None if section.writer == "human" else section.evidence


def _sentences(text: str, passages: tuple[_Stretch, ...], against: Against) -> Iterator[SentenceCheck]:
    if against.source is None:
        return
    from enrich.check.evidence.judge import check_claims  # a tenth of a second that a note without a source is spared

    rows = list(_rows(passages))
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
        check = next(checks)
        judgement = replace(
            unjudged,
            verdict=check.verdict,
            kind=check.kind,
            score=check.score,
            evidence=check.evidence,
            quote=check.evidence.of(against.source.text) if check.evidence else "",
            place=against.source.place_of(check.evidence.start) if check.evidence else "",
            reasons=check.reasons,
            unsupported=check.unsupported,
            by_weight=check.by_weight,
            thesis=check.thesis,
        )
        yield _vouched(_read(judgement, against.readings), against.vouched)


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


def _rows(passages: tuple[_Stretch, ...]) -> Iterator[_Row]:
    for stretch in passages:
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


def _borrowed(passages: tuple[_Stretch, ...], against: Against) -> Iterator[Finding]:
    """C1 for words taken over, C2 for a quotation that nobody is said to have said."""
    texts = {path: text for path, text in against.exemplars.items()}
    if against.source is not None:
        texts = {"the source": against.source.text, **texts}
    for stretch in passages:
        if stretch.kind is None or stretch.quoted or stretch.section == "title":
            continue
        for name, other in texts.items():
            yield from _copied(stretch, name, other)
        if against.source is not None:
            yield from _unattributed(stretch, against.source)


def _copied(stretch: _Stretch, name: str, other: str) -> Iterator[Finding]:
    run = longest_shared_run(stretch.passage.text, other)
    if run.words > COPIED_WORDS:
        words = run.span.of(stretch.passage.text)
        message = f"{words!r}: {run.words} words in a row from {name} outside quotation marks; at most {COPIED_WORDS}"
        yield Finding("C1", "should", stretch.section, message, stretch.passage.original(run.span))


def _unattributed(stretch: _Stretch, source: Source) -> Iterator[Finding]:
    plain = stretch.passage.text
    named = False
    for sentence in split_sentences(plain):
        words = sentence.of(plain)
        goes_on = named and words.startswith('"')  # a quotation right after one whose speaker is named
        named = goes_on or _names_speaker(words, source) or stretch.passage.is_cited(sentence)
        if named:
            continue
        for quotation in find_quotations(words):
            if count_words(quotation.of(words)) >= _QUOTED_WORDS:
                span = Span(sentence.start + quotation.start, sentence.start + quotation.end)
                message = f"{quotation.of(words)!r}: is quoted, and nobody is said to have said it; name who did"
                yield Finding("C2", "should", stretch.section, message, stretch.passage.original(span))


def _names_speaker(words: str, source: Source) -> bool:
    return bool(_ATTRIBUTION.search(words)) or bool(source.site and source.site.casefold() in words.casefold())


def _share(passages: tuple[_Stretch, ...], against: Against) -> float:
    if against.source is None:
        return 0.0
    prose = "\n\n".join(stretch.passage.text for stretch in passages if stretch.kind is not None)
    return shared_share(prose, against.source.text)


def _links(layout: Layout, cleaned: CleanedText, around: Surroundings) -> Iterator[LinkCheck]:
    for link in layout.note_links:
        obsidian, quartz = around.resolves(link.target) if around.resolves and link.target else (None, None)
        quartz = None if isinstance(link, MarkdownLink) else quartz
        yield LinkCheck(link.target, cleaned.original(link.span) or link.span, obsidian, quartz)


def _placed(row: SentenceCheck, cleaned: CleanedText) -> SentenceCheck:
    """The sentence with offsets of the file as it is."""
    span = cleaned.original(Span(row.start, row.end)) or Span(row.start, row.end)
    return replace(row, start=span.start, end=span.end, mark=cleaned.original(row.mark))
