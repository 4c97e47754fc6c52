"""What a verb may be told besides the note or the page; light to import, so that a command's help does not wait."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from enrich.llm.allowance import NO_LIMIT
from enrich.llm.allowance import Allowance as Allowance
from enrich.source.unknown_address import UNKNOWN_ADDRESS as UNKNOWN_ADDRESS

if TYPE_CHECKING:
    from enrich.shapes.questions import Ask

LIKELY_ENOUGH = 0.5
"""A link that is shown or written is more likely right than wrong; docs/ranking.md says how many are."""


class Given(Struct, frozen=True):
    """A page or a text that need not be fetched."""

    name: str
    """As messages call it: a file's name, ``-`` for standard input."""
    data: bytes


class DraftOptions(Struct, frozen=True):
    """How a draft is made, and where it goes."""

    headline: str | None = None
    """The article's headline, where the page's own is wrong."""
    page: Given | None = None
    """The saved page; None: it is fetched."""
    text: Given | None = None
    """The article's text in place of a page."""
    created: date | None = None
    """The note's date; None: the article's."""
    note_title: str = ""
    """Empty: the model's."""
    language: str = ""
    """What the note is written in, as a primary tag; ``auto``: the article's. Empty: as its type says."""
    output: Path | None = None
    """A file outside of the vault that the draft is written to; None: into the airlock."""
    keep_out: bool = False
    """Write no file at all: the note is in what is returned."""
    strict: bool = False
    """FindingsError and no file when a must rule or evidence fails."""
    record: Path | None = None
    """Where the run folder is kept; None: in the state folder."""
    again: bool = False
    """Go on when the vault has a note on this page already."""
    allow_private: bool = False
    """Allow addresses of this machine and its network."""
    allowance: Allowance = NO_LIMIT
    """What the requests for this draft may take."""
    allowance_flag: str = ""
    """How the options are called that set it, behind ``--max-cost``."""
    reader: bool = True
    """Where a model drafts, let a second reader compare every sentence with its passage."""

    @property
    def into_vault(self) -> bool:
        """Whether the draft is to be written into the airlock."""
        return self.output is None and not self.keep_out


class NewType(Struct, frozen=True):
    """A note type that is to be written into the vault."""

    name: str
    like: str = ""
    """The type that it is a copy of; empty: it has bullets under the `headings`."""
    headings: tuple[str, ...] = ()
    folder: str = ""
    """Where its notes lie, from the vault's root."""
    language: str = "en"


class BatchOptions(Struct, frozen=True):
    """How many drafts are made at once, and what all of them may take."""

    jobs: int = 4
    allowance: Allowance = NO_LIMIT
    cluster: str = ""
    """The scheduler whose workers make the notes (``tcp://HOST:8786``); empty: this process."""
    by_batch: bool = False
    """The answers come from the provider's Batch API, later and at half the price."""
    files: Mapping[str, Given] = field(default_factory=dict)
    """Documents that were named in place of an address, by that name."""


class PlanOptions(Struct, frozen=True):
    """How the sources of the inbox are read."""

    jobs: int = 4
    """Pages at once, of different hosts."""
    delay: float = 1.0
    """Seconds between two requests to one host."""
    again: bool = False
    """Try those again that were refused."""
    allow_private: bool = False
    """Allow addresses of this machine and its network."""


class CheckOptions(Struct, frozen=True):
    """How notes are checked."""

    source: str = ""
    """A file, an address or a run folder; empty: the note's own run, else its page."""
    note_type: str = ""
    """Empty: each note's own."""
    llm: bool = False
    """Let a model read every sentence too."""
    fetch: bool = True
    """Whether a page may be fetched again."""
    allow_private: bool = False


class FillOptions(Struct, frozen=True):
    """Which parts of a note are written, and from what. Without a part: all that are missing."""

    sections: tuple[str, ...] = ()
    """By name or heading; what stands there is replaced."""
    keywords: bool = False
    description: bool = False
    properties: tuple[str, ...] = ()
    """Keys of properties that the model is asked for."""
    see_also: bool = False
    linkage: bool = False
    language: str = ""
    """What the parts are written in, or ``auto`` for the page's language; empty: as the draft was, else as the type."""
    note_type: str = ""
    """Empty: the note's own."""
    source: str = ""
    """A file, an address or a run folder; empty: the note's own run, else its page."""
    page: Given | None = None
    """The saved page."""
    text: Given | None = None
    """The article's text in place of a page."""
    headline: str | None = None
    """The headline of that page or text."""
    url: str = ""
    """Its address, where the note cites none."""
    stored: bool = False
    """Only from what the note's own run has kept."""
    apply: bool = False
    """Write it; else it is only shown."""
    strict: bool = False
    """FindingsError, and nothing written, when a must rule or evidence fails."""
    allow_private: bool = False
    allowance: Allowance = NO_LIMIT
    reader: bool = True


class LinkOptions(Struct, frozen=True):
    """Which links are suggested."""

    limit: int = 10
    min_score: float = LIKELY_ENOUGH
    kind: Literal["mention", "related"] | None = None
    """None: both."""
    new_only: bool = False
    """Only notes that are older than the note itself."""
    llm: bool = False
    """Let the model choose among the best and word the clause."""
    all_occurrences: bool = False
    """Link a name wherever it stands in the note, not only where it stands first."""
    wait: bool = False
    """Wait until the vault's links were learned from, where that is due."""


class ReviewOptions(Struct, frozen=True):
    """How a note is reviewed."""

    source: str = ""
    """As for `CheckOptions`."""
    publish: bool = False
    """Approving sets ``draft: false``."""
    reviewer: str = ""
    """Who vouches; empty: the user's name."""
    fetch: bool = True
    allow_private: bool = False
    llm: bool = False
    """A model reads every sentence before the review begins."""
    writes: bool = True
    """False: only to look at, so that a read-only note will do."""


class LearnOptions(Struct, frozen=True):
    """Which notes types are learned from, and what becomes of them."""

    folder: str = ""
    """A folder of the vault, in place of notes that are named."""
    name: str = ""
    """The first type's name; further ones have a number behind it. Empty: after what their notes share."""
    keep_out: bool = False
    """Nothing is written."""
    ask: "Ask | None" = None
    """Who is asked what the notes do not tell; None: it is left as a comment in the file."""


class MigrateOptions(Struct, frozen=True):
    """How notes of one type become those of another."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """Names of properties, the old one first, besides those that the two types tell."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """Words of headings, likewise."""
