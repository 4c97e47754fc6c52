"""A model reads the sentences of a note beside their passages of the source."""

from pathlib import Path

from enrich.check.check_note import NoteCheck
from enrich.review.record import record_path
from enrich.source.source import Source
from enrich.text.count import counted
from enrich.vault.note import Note
from enrich.workspace.open_vault import OpenVault


def read_by_model(opened: OpenVault, found: NoteCheck, source: Source | None, note: Note | None = None) -> NoteCheck:
    """The check after the configured model read every sentence; what it said of a note's is kept for review.

    Without a source there is nothing to read beside. SettingsError without a model or a key.
    """
    if source is None:
        return found
    # the client of the endpoint: only who asks a model waits for it
    from enrich.llm.completion import Usage
    from enrich.review.opinion import keep_opinions
    from enrich.review.verify import verify

    tell = opened.reporter
    engine = opened.engine("--llm")
    verified = verify(
        found,
        source,
        opened.prompts,
        engine,
        lambda done, of: tell.progress(f"the model reads sentence {done + 1} of {of}"),
    )
    usage = sum((completion.usage for completion in verified.completions), Usage(0, 0))
    tell.say(
        f"model: {opened.settings.model} read {counted(len(found.sentences), 'sentence')} in "
        f"{counted(len(verified.completions), 'request')}, {usage.total_tokens or 'unknown'} tokens"
        + (f"; it said nothing of {verified.unread}" if verified.unread else "")
    )
    if note is not None:
        keep_opinions(opinions_path(opened, note), verified.opinions, source)
    return verified.check


def opinions_path(opened: OpenVault, note: Note) -> Path:
    """Where what a model said of the note's sentences is kept, beside the record of its review."""
    record = record_path(opened.places.state, opened.root, note.note_id, note.path)
    return record.with_suffix(".model.json")
