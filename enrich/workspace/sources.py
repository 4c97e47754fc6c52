"""Find what a note rests on: its run folder, a source that the user names, or its page fetched again."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from enrich.check.note_check import Against
from enrich.draft.context import DraftContext
from enrich.draft.known_runs import KnownRuns
from enrich.draft.run import read_claims, read_context
from enrich.errors import UsageError, reason_of
from enrich.source.source import Source
from enrich.source.unknown_address import UNKNOWN_ADDRESS
from enrich.text.language import guess_language
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.note import Note

_PARAGRAPH = lazy_pattern(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*")
_PAGES = {".html", ".htm", ".xhtml"}


class Finder(Struct, frozen=True):
    """Where sources may come from."""

    runs: KnownRuns
    source: str = ""
    """A file, an address or a run folder that the user named; empty: look for the note's own run."""
    fetch: bool = True
    """Whether a page may be fetched again."""
    allow_private: bool = False

    def find(self, note: Note) -> tuple[Against, DraftContext | None]:
        """What the note's sentences are held against, and what its draft was made from.

        `Against()` when there is nothing. SourceError when the page cannot be fetched or read.
        """
        folder = self.run_of(note)
        if folder is not None:
            context = read_context(folder)
            exemplars = {exemplar.path: exemplar.text for exemplar in context.exemplars}
            claims = read_claims(folder)
            return Against(context.source, claims.quotes, exemplars, claims.theses, claims.readings), context
        address = cited_address(note)
        if self.source:
            return Against(self.read(self.source, address)), None
        if address and self.fetch:
            return Against(self._fetched(address)), None
        return Against(), None

    def read(self, name: str, address: str = "") -> Source:
        """The source in the file, at the address or in the run folder ``name``."""
        if name.startswith(("http://", "https://")):
            return self._fetched(name)
        path = Path(name)
        if (path / "run.json").is_file():
            return read_context(path).source
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UsageError(f"{name}: {reason_of(error)}; name a file, an address or a run folder") from error
        if path.suffix.lower() in _PAGES or data.lstrip()[:1] == b"<" or data.startswith(b"%PDF-"):
            from enrich.source.extract import extract_source
            from enrich.source.saved_page import read_page

            return extract_source(read_page(data, address or UNKNOWN_ADDRESS, name), date.today())
        return text_source(data.decode("utf-8-sig", "replace"), address)

    def run_of(self, note: Note) -> Path | None:
        """The run folder that the user named, else the note's own; None when there is none."""
        if self.source:
            return Path(self.source) if (Path(self.source) / "run.json").is_file() else None
        if note.note_id:
            return self.runs.find(note.note_id, cited_address(note))
        return self.runs.find_at(note.path) or self.runs.find("", cited_address(note))

    def _fetched(self, address: str) -> Source:
        # most checks find a saved source: only a fetch waits for the network's libraries
        from enrich.source.extract import extract_source
        from enrich.source.fetch import Limits, fetch_page

        return extract_source(fetch_page(address, Limits(allow_private=self.allow_private)), date.today())


def text_source(text: str, address: str = "") -> Source:
    """A text as it is, however short: what may be checked against is not what may be drafted from.

    Offsets of evidence are those of ``text`` itself.
    """
    return Source(
        url=address,
        title="",
        title_origin="unknown",
        site=urlsplit(address).hostname or "",
        author="",
        published=None,
        published_origin="unknown",
        language=guess_language(text),
        text=text,
        paragraphs=tuple(Span(*found.span()) for found in _PARAGRAPH.finditer(text)),
        flags=("text given",),
    )


def cited_address(note: Note) -> str:
    """The first address in the note's text: the page it is about; empty when it cites none."""
    return note.urls[0] if note.urls else ""
