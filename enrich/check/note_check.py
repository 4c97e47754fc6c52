"""What a check of a note goes by, and what it finds: of every sentence, every rule, every link."""

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct, field

from enrich.check.echo import CountEchoes
from enrich.check.evidence.judgement import Judgement, Reading, count_judgements
from enrich.check.finding import Finding
from enrich.source.source import Source
from enrich.text.normal import fold
from enrich.text.plain import from_plain
from enrich.text.span import Span
from enrich.text.words import split_words


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
    """The section's name, ``title`` or ``description``, or `PropertyType.name`."""
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


def sentence_key(text: str) -> str:
    """What two spellings of one sentence have in common: its words in lower case, single spaces."""
    return " ".join(word.text for word in split_words(fold(from_plain(text)).text))
