"""The vault and all that belongs to it, opened once and lazily: its notes, its index, undo log, ledger, engine.

The one place that knows settings, folders of the user and the clock. What a verb needs beyond that is its argument.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from enrich.config import require_key
from enrich.errors import EnrichError, RefusedError
from enrich.workspace.open_notes import OpenNotes
from enrich.workspace.opening import Setting, describe_settings

if TYPE_CHECKING:
    from enrich.draft.context import DraftContext
    from enrich.draft.known_runs import KnownRuns
    from enrich.links.index import Index
    from enrich.links.likeness import Compare
    from enrich.links.meaning import Embedder, Vectors
    from enrich.llm.budget import Meter
    from enrich.llm.client import LiveEngine
    from enrich.llm.completion import Engine
    from enrich.reader.read import SecondReader
    from enrich.vault.approvals import Ledger
    from enrich.vault.echoes import Echoes
    from enrich.vault.note_type import NoteType
    from enrich.vault.undo_log import Change, EditRecord, UndoLog
    from enrich.vault.vault import Vault

# An editor's hook waits for `check` and `suggest-links`. What only some verbs need is imported where it is used.

Answer = TypeVar("Answer")


class OpenVault(OpenNotes, frozen=True, eq=False, dict=True):
    """Beyond its notes: the index, runs, edits and approvals of a vault, and who is asked; writes."""

    def forget_notes(self) -> None:
        """The vault has changed: its notes are read again when they are asked for."""
        for name in (
            "vault",
            "type_counts",
            "resolver",
            "resolves",
            "note_ids",
            "concepts",
            "known_runs",
            "every_echo",
        ):
            self.__dict__.pop(name, None)

    def forget_runs(self) -> None:
        """A run was kept: the next question about runs looks at them again."""
        self.__dict__.pop("known_runs", None)

    def reread_vault(self) -> "Vault":
        """Every note as it is now; only files that changed since are opened."""
        self.forget_notes()
        return self.vault

    def claim_page(self, url: str) -> None:
        """Say that the page at ``url`` is being drafted; ExistsError where another job of this process drafts it."""

    def type_of_context(self, context: "DraftContext") -> "NoteType":
        """The type of a draft, in the language that was chosen for it."""
        return self.type_named(context.note_type).in_language(context.language)

    @cached_property
    def known_runs(self) -> "KnownRuns":
        """Which run made a note."""
        from enrich.draft.known_runs import KnownRuns

        return KnownRuns(self.runs, self.root)

    @property
    def runs(self) -> Path:
        """Where the run folders of drafts are kept."""
        return self.places.state / "runs"

    @cached_property
    def undo_log(self) -> "UndoLog":
        """The edits of the vault's notes; one vault's undo does not reach another's."""
        return self.undo_log_of(self.folder)

    def undo_log_of(self, root: Path) -> "UndoLog":
        """The edits below ``root``: of the vault, or of the folder of notes that lie in none."""
        return open_undo_log(self.places.state, root)

    @property
    def ledger(self) -> "Ledger":
        """The vault's ledger of approvals."""
        from enrich.vault.approvals import Ledger

        return Ledger(self.folder, self.places.state)

    def write(self, changes: "Iterable[Change]", label: str, keeps_prose: bool = True) -> "EditRecord":
        """Write all of ``changes`` as one edit, which one undo takes back.

        An approval holds on where no prose changes, unless an edit says more than that: not ``keeps_prose``.
        ExistsError when a file is not what it was, RefusedError when one lies outside of the vault or is read-only;
        then none is written.
        """
        from enrich.vault.undo_log import write_edits

        files = list(changes)
        root = self.root or Path(os.path.commonpath([change.path.absolute().parent for change in files]))
        edit = write_edits(files, self.undo_log_of(root), label)
        self.reporter.wrote(f"{label} (enrich undo takes it back)")
        self.forget_notes()
        if keeps_prose:
            self.keep_approvals(files, edit.id)
        return edit

    def keep_approvals(self, changes: "Iterable[Change]", edit: str) -> None:
        """Note in the ledger that ``edit``, made already, changed links and no prose of approved notes.

        What cannot be noted is told, and the note counts as changed.
        """
        if self.root is None or not self.ledger.path.exists():
            return
        from datetime import datetime

        from enrich.vault.approvals import relinks

        now = datetime.now().astimezone().isoformat(timespec="seconds")
        try:
            self.ledger.append(list(relinks(self.ledger.read(), changes, edit, now, self.root)))
        except EnrichError as error:
            self.reporter.warn(f"enrich: {error}; enrich check --approved will call its notes changed")

    def leave_out_refused(self, changes: "Iterable[Change]") -> "list[Change]":
        """The changes that may be made; of the others each is told.

        For verbs that choose the notes themselves: one read-only note must not keep a vault from being mended.
        """
        from enrich.vault.write import find_place

        allowed: list[Change] = []
        for change in changes:
            try:
                find_place(self.folder, change.path)
            except RefusedError as error:
                self.reporter.warn(f"enrich: {error}")
            else:
                allowed.append(change)
        return allowed

    def require_engine(self) -> None:
        """SettingsError before anything is fetched where a draft could not be made: no such type, or no key."""
        _ = self.folder
        require_key(self.settings)
        _ = self.usual_type

    def describe_settings(self) -> "tuple[Setting, ...]":
        """See `enrich.workspace.opening.describe_settings`."""
        return describe_settings(self.root, self.settings)

    def second_reader(self, why: str = "") -> "SecondReader":
        """The model that reads what a draft says, and its prompts; SettingsError as for `engine`."""
        from enrich.reader.read import SecondReader

        return SecondReader(self.asked(why, self.settings.reader), self.prompts)

    def asked(self, why: str = "", model: str = "") -> "Engine":
        """Who answers prompts: `engine`, or whoever stands in for it."""
        return self.engine(why, model)

    def engine(self, why: str = "", model: str = "") -> "LiveEngine":
        """See `open_engine`."""
        from enrich.workspace.engines import open_engine

        return open_engine(self.settings, self.places.state, self.meter, why, model)

    @cached_property
    def meter(self) -> "Meter":
        """What every request to an endpoint goes through: its limits, the prices of the user's table, the budget."""
        from enrich.llm.budget import Meter, Price
        from enrich.llm.limiter import Limiter

        return Meter({model: Price(**row) for model, row in self.settings.prices.items()}, Limiter())

    def ask_index(self, question: "Callable[[Index], Answer]", wait: bool = False, by_meaning: bool = True) -> Answer:
        """What ``question`` answers on the vault's link index, which is brought up to date first.

        The first answer does not wait until the vault's links were learned from, except with ``wait``. No note is
        embedded unless ``by_meaning``.
        """
        from enrich.links.index import ask_index

        with self._vectors() if by_meaning else nullcontext() as vectors:
            return ask_index(lambda: self.open_index(vectors, wait), question, self.reporter.progress)

    def open_index(self, vectors: "Vectors | None" = None, wait: bool = False) -> "Index":
        """The vault's link index, up to date. Close it after use."""
        from enrich.links.index import open_index

        return open_index(self.folder, self.places.cache, self._told, vectors, wait, self.airlock)

    def ask_echoes(self, question: "Callable[[Echoes], Answer]") -> Answer:
        """What ``question`` answers on the sentences that stand in many notes."""
        from enrich.links.index import ask_echoes

        return ask_echoes(self.folder, self.places.cache, question, self._told, self.airlock)

    def count_echoes(self, keys: "Collection[int]") -> "Mapping[int, int]":
        """In how many notes the sentences of these keys stand that stand in many."""
        if "every_echo" in self.__dict__:
            return {key: self.every_echo[key] for key in keys if key in self.every_echo}
        return self.ask_echoes(lambda echoes: echoes.count(keys)) if keys else {}

    @cached_property
    def every_echo(self) -> "Mapping[int, int]":
        """All that `count_echoes` knows: for who asks of many notes."""
        return self.ask_echoes(lambda echoes: echoes.every())

    @contextmanager
    def _vectors(self) -> "Iterator[Vectors | None]":
        """The vectors of the vault's notes; None where no model for them is set."""
        from enrich.workspace.engines import open_embedder

        if not self.settings.embeddings:
            yield None
            return
        with self._vectors_by(open_embedder(self.settings, self.meter)) as vectors:
            yield vectors

    @contextmanager
    def comparing(self) -> "Iterator[Compare | None]":
        """Tells how near texts are in meaning by the extra ``embeddings``; None where that is not installed."""
        from enrich.llm.packaged_embedding import PackagedEmbedder, find_package

        if not find_package():
            yield None
            return
        with self._vectors_by(PackagedEmbedder()) as vectors:
            yield vectors.compare

    @contextmanager
    def _vectors_by(self, embedder: "Embedder") -> "Iterator[Vectors]":
        from enrich.links.meaning import Vectors, vector_file

        with closing(Vectors(vector_file(self.folder, self.places.cache), embedder, self.reporter.warn)) as vectors:
            yield vectors


def open_undo_log(state: Path, root: Path) -> "UndoLog":
    """The undo log of the notes below ``root``, in the user's state folder."""
    from hashlib import sha256  # loads OpenSSL

    from enrich.vault.undo_log import UndoLog

    return UndoLog(root, state / "edits" / sha256(os.fsencode(root.resolve())).hexdigest()[:24])
