"""A draft that was made: what was found about it, and where it is."""

from pathlib import Path

from msgspec import Struct

from enrich.draft.context import DraftContext
from enrich.draft.draft_note import Draft
from enrich.draft.report import brief_lines, count_evidence, make_envelope, report_lines
from enrich.errors import EnrichError
from enrich.llm.budget import Spent
from enrich.vault.note_type import NoteType


class Drafted(Struct, frozen=True):
    """A draft, what was found about it, and where it is."""

    draft: Draft
    context: DraftContext
    note_type: NoteType
    path: str | None = None
    """In the vault; None when it was not written there."""
    file: Path | None = None
    """Where it was written; None when it was not."""
    new_folder: Path | None = None
    """The folder that had to be made for it, outside of the vault."""
    run: Path | None = None
    """The folder that keeps everything it was made from; None when there is none."""
    spent: Spent | None = None
    """What all requests for it took; None where none was made."""
    hint: str = ""
    """How a model is named, for somebody who has set a key and no model."""
    warnings: tuple[str, ...] = ()
    """What a person should know of where it went."""
    failure: str = ""
    """The draft is made, and this is what could not be done with it."""

    @property
    def text(self) -> str:
        """The note."""
        return self.draft.note.text

    @property
    def note_id(self) -> str:
        """Its number in the vault."""
        return self.draft.note.note_id

    @property
    def report(self) -> tuple[str, ...]:
        """Source, links, evidence, rules and model, a line each and more."""
        return tuple(report_lines(self.draft, self.context, self.note_type, self.spent))

    @property
    def brief(self) -> tuple[str, ...]:
        """The same in six lines at most."""
        return tuple(brief_lines(self.draft, self.context, self.hint, self.spent))

    @property
    def evidence(self) -> str:
        """How much of it rests on the source, in a few words."""
        return count_evidence(self.draft)

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON values; the note's text only where it stands in no file."""
        run = None if self.run is None else str(self.run)
        where = {"path": self.path, "note_id": self.note_id, "run": run}
        envelope = make_envelope(self.draft, self.context, where, self.spent)
        return envelope if self.file is not None else envelope | {"note": self.text}


class UnwrittenError(EnrichError):
    """A draft is made and may have cost something, and could be written nowhere."""

    def __init__(self, message: str, exit_code: int, drafted: Drafted) -> None:
        super().__init__(message)
        self.exit_code, self.drafted = exit_code, drafted
