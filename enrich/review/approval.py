"""What goes into the ledger when a note is approved: its bytes, its evidence, and who had read what."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from enrich.source.source import Source
from enrich.vault.approvals import Entry, ReadSentence, digest_of

if TYPE_CHECKING:  # a check asks for digests alone
    from enrich.check.check_note import SentenceCheck
    from enrich.review.session import Session


def approval_of(session: "Session", path: str, at: str, who: str, edit: str) -> Entry:
    """The ledger's line for the session's note, which ``who`` approved and which lies at ``path`` in the vault now."""
    source = session.context.against.source
    return Entry(
        act="approve",
        at=at,
        who=who,
        note=path,
        note_id=str(session.layout.values.get("note_id", "")),
        digest=digest_of(session.approved_text.encode()),
        edit=edit,
        page=source.url if source else "",
        evidence=evidence_digest(source) if source else "",
        sentences=tuple(_read_sentence(session, row, who) for row in session.check.sentences),
    )


def evidence_digest(source: Source) -> str:
    """What tells one state of a source's text from another."""
    return digest_of(source.text.encode("utf-8", "surrogateescape"))


def _read_sentence(session: "Session", row: "SentenceCheck", who: str) -> ReadSentence:
    return ReadSentence(
        text=row.text,
        evidence=digest_of(row.quote.encode("utf-8", "surrogateescape")) if row.quote else "",
        verdict=row.verdict,
        read=_readers(session, row, who),
    )


def _readers(session: "Session", row: "SentenceCheck", who: str) -> Mapping[str, str]:
    readers: dict[str, str] = {}
    if opinion := session.opinion(row):
        readers["a model"] = opinion.verdict
    if look := session.look(row):
        readers[look.who] = look.how
    elif row.verdict == "human":
        readers[who] = "wrote it"
    return readers
