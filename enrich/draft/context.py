"""Everything a draft is made from besides the answer: gathered once, saved with the run, enough to replay it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from enrich.source.source import Source
from enrich.text.typed import build, take_apart
from enrich.vault.candidate import Candidate
from enrich.vault.habits import Pair
from enrich.vault.note_type import NoteType

SeeAlsoMode = Literal["auto", "notes", "concepts"]


class Exemplar(Struct, frozen=True):
    """A note of the same type that shows the model the form."""

    path: str
    text: str


class DraftContext(Struct, frozen=True, forbid_unknown_fields=True):
    """What the vault, the source and the user's options give."""

    source: Source
    note_type: str
    created: date
    """The source's date, else the user's, else today."""
    candidates: tuple[Candidate, ...] = ()
    exemplars: tuple[Exemplar, ...] = ()
    known_tags: tuple[str, ...] = ()
    """Tags that enough notes use, the most used first."""
    concepts: Mapping[str, Pair] | None = None
    """See-also concepts: under ``""`` the pair of the article's nearest notes. Old runs have more, by a tag."""
    see_also: SeeAlsoMode = "notes"
    """``notes`` that exist; ``concepts`` of the vault where it has any, as runs recorded as ``auto`` have it too."""
    note_title: str = ""
    """The user's own title for the note; empty: the model's."""
    topics: tuple[str, ...] = ()
    """The user's own topics for the note; empty: the model's."""
    language: str = ""
    """The primary tag of what the note is written in, where that is not said by its type."""
    warnings: tuple[str, ...] = ()
    """What the report says of the context: ``date unknown: …``."""

    def offers_links_of(self, note_type: NoteType) -> bool:
        """Whether there are as many candidates as a note of the type can link to; if not, it may lack links."""
        return len(self.candidates) >= note_type.most_links


def context_to_dict(context: DraftContext) -> dict[str, Any]:
    """JSON for the run folder, without the source, which has a file of its own."""
    fields = take_apart(context) | {"created": context.created.isoformat()}
    del fields["source"]
    for late in ("topics", "language"):  # as in runs from before there were any
        if not fields[late]:
            del fields[late]
    for candidate in fields["candidates"]:
        if not candidate["address"]:
            del candidate["address"]
    return fields


def context_from_dict(fields: Mapping[str, Any], source: Mapping[str, Any]) -> DraftContext:
    """The inverse of `context_to_dict` and `source_to_dict`. ValueError, TypeError or KeyError for anything else."""
    return build(DraftContext, {**fields, "source": source})
