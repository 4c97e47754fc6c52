"""What goes into the ledger when a note is approved: its bytes, its evidence, and who had read what."""

from typing import TYPE_CHECKING

from enrich.source.source import Source
from enrich.vault.approvals import Entry, ReadSentence, digest_of

if TYPE_CHECKING:  # a check asks for digests alone
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
        digest=digest_of(session.moved_text.encode()),
        edit=edit,
        page=source.url if source else "",
        evidence=evidence_digest(source) if source else "",
        sentences=tuple(_read_sentence(session, number, who) for number in range(len(session.check.sentences))),
    )


def evidence_digest(source: Source) -> str:
    """What tells one state of a source's text from another."""
    return digest_of(source.text.encode("utf-8", "surrogateescape"))


def _read_sentence(session: "Session", number: int, who: str) -> ReadSentence:
    found, row = session.context.find(session.text, session.stem).sentences[number], session.sentence(number)
    readers = {found.reading.by: str(found.reading.meaning)} if found.reading else {}
    if look := session.look(row):
        readers[look.who] = look.how
    elif row.verdict == "human":
        readers[who] = "wrote it"
    evidence = digest_of(row.quote.encode("utf-8", "surrogateescape")) if row.quote else ""
    return ReadSentence(row.text, evidence, found.verdict, readers)
