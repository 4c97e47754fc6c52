"""A run folder: everything one draft was made from and became, for a person to read and a replay to use.

run.json         which page, note, model and version
page.html        the page as it came, a document under its own name; page.json: its address and headers that matter
source.txt       the article's text; source.json: the same with metadata and paragraph offsets
material.json    candidates, tags and settings; exemplars in it
prompts/         01-draft.md, 02-revise.md: what was asked, readable
completions/     01-draft.json, …: every exchange with the model
claims.json      the note's title; each sentence, the words it rests on, what the check said
    report.txt       what the command said
note.md          the draft; of ``enrich fill`` the note as it becomes
before.md        of ``enrich fill``: the note as it was; fill.json: which parts were wished for, and of whom
"""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from msgspec import Struct

from enrich.check.evidence.judgement import Reading
from enrich.check.note_check import sentence_key
from enrich.distribution import __version__
from enrich.draft.context import DraftContext, context_from_dict, context_to_dict
from enrich.errors import ExistsError, UsageError, reason_of
from enrich.llm.secret import NO_SECRET, Secret
from enrich.source.source import Page, source_to_dict
from enrich.text.json_text import mend_halves, read_json
from enrich.text.pattern import lazy_pattern
from enrich.text.quoted import quote
from enrich.text.typed import build
from enrich.vault.write import explain_disk

if TYPE_CHECKING:  # a check looks for a note's run, and has no use for what was asked of a model in it
    from enrich.llm.completion import Completion, Exchange, Prompt
    from enrich.llm.recording import Recording

_FOLDERS = ("prompts", "completions")
Part = TypeVar("Part")


_PAGE = "page.html"
_TAKEN = ("source.txt", "report.txt")
"""Names of a text that a run has itself."""
_LONGEST_NAME = 80
"""Characters of a file's name that are kept. By hand: every file system takes so many."""
_NO_NAME = lazy_pattern(r"[^\w. ()-]")


def _file_name(page: Page) -> str:
    """``page.html`` for a page; a document keeps its own name, as far as every system takes it."""
    is_pdf = page.body.startswith(b"%PDF-")
    if not is_pdf and not page.name:
        return _PAGE
    name = page.name or PurePosixPath(urlsplit(page.final_url).path).name
    kept = _NO_NAME.sub("_", name).strip(" .")[-_LONGEST_NAME:].lstrip(" .")
    stem = PurePosixPath(kept).stem or "document"
    ending = ".pdf" if is_pdf else PurePosixPath(kept).suffix or ".txt"
    return f"{stem}{ending}" if f"{stem}{ending}" not in _TAKEN else f"given {stem}{ending}"


@dataclass
class RunFolder:
    """The folder of one run, written as the run goes on, so that a failed run can be read too."""

    path: Path
    today: date
    warn: Callable[[str], None] = lambda _: None
    """Told when the folder cannot be kept; the draft goes on without it, because it may have been paid for."""
    named: bool = False
    """Whether the user named the folder: then nothing of it is removed."""
    kept: bool = True
    """Whether everything could be written so far."""
    secret: Secret = NO_SECRET
    """What no file of the folder may hold, however it came there."""
    _asked: int = field(default=0, init=False)

    def save_about(self, **about: str | None) -> None:
        """What the run is about: page, note type and note id, and the vault and airlock that the draft goes to."""
        self.save_json("run.json", {"enrich": __version__, **about})

    def save_page(self, page: Page) -> None:
        """The bytes that were fetched and where they came from."""
        name = _file_name(page)
        self._save(name, page.body)
        about = {"url": page.url, "final_url": page.final_url, "content_type": page.content_type, "status": page.status}
        about |= {"file": name} if name != _PAGE else {}
        self.save_json("page.json", about)

    def save_context(self, context: DraftContext) -> None:
        """Source, candidates, exemplars and settings."""
        self.save_json("source.json", source_to_dict(context.source))
        self.save_text("source.txt", context.source.text + "\n")
        self.save_json("material.json", context_to_dict(context))

    def save_asked(self, prompt: "Prompt", exchanges: "tuple[Exchange, ...]", completion: "Completion | None") -> None:
        """One prompt and every exchange it took; ``completion`` is None when it failed."""
        from enrich.llm.recording import Recording, recording_to_dict

        self._asked += 1
        name = f"{self._asked:02d}-{prompt.name}"
        readable = "\n\n".join(f"# {message.role}\n\n{message.content}" for message in prompt.messages)
        self.save_text(f"prompts/{name}.md", readable + "\n")
        recording = Recording.of(prompt, exchanges, completion, self.today)
        self.save_json(f"completions/{name}.json", recording_to_dict(recording))

    def save_bytes(self, name: str, data: bytes) -> None:
        """A note of the vault as it is."""
        self._save(name, self.secret.remove(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape"))

    def copy_page(self, run: Path) -> None:
        """The page of an earlier run, where it holds one."""
        for name in ("page.html", "page.json"):
            if (run / name).is_file():
                self._save(name, (run / name).read_bytes())

    def save_text(self, name: str, text: str) -> None:
        """A text file, LF, UTF-8."""
        self._save(name, self.secret.remove(text).encode())

    def save_json(self, name: str, value: Mapping[str, Any]) -> None:
        """A JSON file that a person can read and git can compare."""
        self.save_text(name, json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def _save(self, name: str, data: bytes) -> None:
        target = self.path / name
        if self.kept:
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            except OSError as error:
                self.give_up(error)

    def discard(self) -> None:
        """Nothing has come of the run yet: another one follows. A folder that the user named stays."""
        if not self.named:
            shutil.rmtree(self.path, ignore_errors=True)

    def give_up(self, error: OSError) -> None:
        """Half a run is worth nothing, and its room may be what the draft needs."""
        self.kept = False
        if not self.named:
            shutil.rmtree(self.path, ignore_errors=True)
        self.warn(f"{self.path}: {error.strerror or error}; the run is not kept, so the draft cannot be replayed")


class FilledParts(Struct, frozen=True):
    """What a run of `enrich fill` began with."""

    path: str
    """The note's path in the vault."""
    before: bytes
    """The note."""
    parts: tuple[str, ...]
    """Names of the parts that were wished for."""
    model: str
    """Who was asked; empty: the no-model engine."""
    places: Mapping[str, int] = {}
    """As of `Splice.places`."""


class RecordedRun(Struct, frozen=True):
    """A run folder that was read back."""

    path: Path
    about: Mapping[str, Any]
    context: DraftContext
    recordings: "tuple[Recording, ...]"
    note: str
    """The draft as it was; empty when the run ended without one."""
    title: str = ""
    """The draft's title; empty when the run ended without one, or does not say."""
    filled: "FilledParts | None" = None
    """What `enrich fill` was asked for; None for a run of `enrich draft`."""

    @property
    def note_id(self) -> str:
        """The note id that the draft was given."""
        note_id: str = self.about["note_id"]
        return note_id


def create_run(
    path: Path,
    today: date,
    warn: Callable[[str], None] = lambda _: None,
    *,
    named: bool = False,
    secret: Secret = NO_SECRET,
) -> RunFolder:
    """A new run folder at ``path``; ExistsError when something is there already.

    When it cannot be made, a folder that the user ``named`` is an EnrichError; any other is told, and the run not kept.
    """
    run = RunFolder(path, today, warn, named, secret=secret)
    try:
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise ExistsError(f"{path}: is not empty; choose another folder, or remove this one first")
    except FileExistsError as error:
        raise ExistsError(f"{path}: is a file; choose another folder for the run") from error
    except OSError as error:
        if named:
            raise explain_disk(error, str(path)) from error
        run.give_up(error)
    return run


def renew_run(
    path: Path, today: date, warn: Callable[[str], None] = lambda _: None, *, secret: Secret = NO_SECRET
) -> RunFolder:
    """The folder of an earlier run, emptied of what a run writes and of nothing else, to record it again."""
    try:
        for folder in _FOLDERS:
            for file in (path / folder).glob("[0-9][0-9]-*"):
                file.unlink()
        for name in ("claims.json", "report.txt", "note.md"):
            (path / name).unlink(missing_ok=True)
    except OSError as error:
        raise explain_disk(error, str(path)) from error
    return RunFolder(path, today, warn, named=True, secret=secret)


def read_run(path: Path) -> RecordedRun:
    """Read a run folder; UsageError when it is not one."""
    from enrich.llm.recording import read_recordings

    context = read_context(path)
    recordings = read_recordings(path / "completions")
    note = path / "note.md"
    try:
        about = _read_json(path / "run.json")
        if not isinstance(about["note_id"], str):
            raise ValueError("run.json names no note id")
        text = note.read_bytes().decode("utf-8", "surrogateescape") if note.is_file() else ""
        return RecordedRun(path, about, context, recordings, text, read_claims(path).title, _read_filled(path))
    except (OSError, ValueError, KeyError) as error:
        raise _no_run(path, error) from error


def _read_filled(path: Path) -> FilledParts | None:
    if not (path / "fill.json").is_file():
        return None
    about = _read_json(path / "fill.json")
    parts = tuple(map(str, about["parts"]))
    told = about.get("places", {})  # not in runs from before there were any
    places = {str(name): int(number) for name, number in told.items()}
    return FilledParts(str(about["path"]), (path / "before.md").read_bytes(), parts, str(about["model"]), places)


def read_context(path: Path) -> DraftContext:
    """What the draft of the run folder ``path`` was made from; UsageError when it is no run folder."""
    try:
        _read_json(path / "run.json")
        return context_from_dict(_read_json(path / "material.json"), _read_json(path / "source.json"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_run(path, error) from error


def _no_run(path: Path, error: Exception) -> UsageError:
    why = quote(str(reason_of(error)))
    return UsageError(f"{path}: is not a run folder that can be replayed ({why}); name one made by enrich draft")


def read_about(folder: Path) -> Mapping[str, Any]:
    """What the run folder says of itself; nothing when it cannot be read."""
    try:
        return _read_json(folder / "run.json")
    except (OSError, ValueError):
        return {}


class RunClaims(Struct, frozen=True):
    """What a run keeps of its draft beside the note; a part that is damaged is empty."""

    title: str = ""
    """The draft's: the page's and the model's may have been another note's already."""
    quotes: Mapping[str, str] = field(default_factory=dict)
    """Each sentence with the words of the source that its writer says it rests on."""
    theses: frozenset[str] = frozenset()
    """The `sentence_key` of each sentence that its writer gave nothing for."""
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """`sentence_key` → what a second reader said of the sentence."""


def read_claims(path: Path) -> RunClaims:
    """The claims of the run at ``path``; nothing of a file that is no table."""
    try:
        about = _read_json(path / "claims.json")
    except (OSError, ValueError):
        return RunClaims()
    title = about.get("title")
    return RunClaims(
        title=title if isinstance(title, str) else "",
        quotes=_undamaged(_quotes, about) or {},
        theses=_undamaged(_theses, about) or frozenset(),
        readings=_undamaged(_readings, about) or {},
    )


def read_claim_rows(path: Path) -> list[dict[str, Any]]:
    """The claims of the run at ``path`` as they are kept; none of a file that is damaged."""
    try:
        rows = _read_json(path / "claims.json")["claims"]
    except (OSError, ValueError, KeyError):
        return []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _undamaged(read: Callable[[Mapping[str, Any]], Part], about: Mapping[str, Any]) -> Part | None:
    try:
        return read(about)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _quotes(about: Mapping[str, Any]) -> dict[str, str]:
    return {str(row["text"]): str(row["quote"]) for row in about["claims"] if row.get("quote")}


def _theses(about: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(sentence_key(str(row["text"])) for row in about["claims"] if row.get("thesis"))


def _readings(about: Mapping[str, Any]) -> dict[str, Reading]:
    rows = [*about["claims"], {"text": about.get("title"), "reading": about.get("title_reading")}]
    return {sentence_key(str(row["text"])): build(Reading, row["reading"]) for row in rows if row.get("reading")}


def _read_json(path: Path) -> dict[str, Any]:
    value = mend_halves(read_json(path.read_bytes()))
    if not isinstance(value, dict):
        raise ValueError(f"{path.name} is not a table of keys and values")
    return value
