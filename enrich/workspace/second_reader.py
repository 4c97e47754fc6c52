"""A model reads the sentences of a note beside their passages of the source."""

from collections.abc import Mapping
from pathlib import Path

from enrich.check.evidence.judgement import Reading
from enrich.check.note_check import NoteCheck, SentenceCheck, sentence_key
from enrich.reader.statement import Form, Statement
from enrich.review.record import record_path
from enrich.source.source import Source
from enrich.text.count import counted
from enrich.vault.note import Note
from enrich.workspace.open_vault import OpenVault


def read_by_model(
    opened: OpenVault, found: NoteCheck, source: Source | None, note: Note | None = None
) -> Mapping[str, Reading]:
    """`sentence_key` → what the second reader says of every sentence; that of a note's is kept for review.

    Without a source there is nothing to read beside. SettingsError without a model or a key.
    """
    # the client of the endpoint: only who asks a model waits for it
    from enrich.reader.kept import keep_readings

    rows = [row for row in found.sentences if row.verdict != "human"]
    if source is None or not rows:
        return {}
    tell = opened.reporter
    reader = opened.second_reader("--llm")
    tell.progress(f"a model reads {counted(len(rows), 'sentence')}")
    statements = [Statement(sentence_key(row.text), row.text, _form(row), row.evidence) for row in rows]
    through = reader.read(statements, source, lambda engine, prompt: engine.complete(prompt, lambda _piece: None))
    tell.say(
        f"second reader: {through.by} read {counted(len(rows), 'sentence')} in "
        f"{counted(len(through.completions), 'request')}, {through.usage.total_tokens or 'unknown'} tokens"
    )
    for missed in through.missed:
        tell.warn(f"second reader {through.by}: is not believed, for it passed over a planted error ({missed!r})")
    if note is not None and through.readings:
        keep_readings(readings_path(opened, note), through.readings, source)
    return through.readings


def readings_path(opened: OpenVault, note: Note) -> Path:
    """Where what a model said of the note's sentences is kept, beside the record of its review."""
    record = record_path(opened.places.state, opened.root, note.note_id, note.path)
    return record.with_suffix(".model.json")


def _form(row: SentenceCheck) -> Form:
    if row.section == "title":
        return "title"
    return "question" if row.text.endswith(("?", "？")) else "fact" if row.kind == "fact" else "inference"
