"""The vault and all that belongs to it, opened once and lazily: settings, notes, types, resolver, undo log, engine.

The one place that knows settings, folders of the user and the clock. What a verb needs beyond that is its argument.
"""

import os
import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from enrich.config import Places, Settings, environment, load_settings, names_folder, require_key, user_places
from enrich.errors import EnrichError, RefusedError, SettingsError, UsageError
from enrich.text.pattern import lazy_pattern
from enrich.vault.file import Skipped, read_file
from enrich.vault.root import find_vault
from enrich.workspace.reporter import Reporter

if TYPE_CHECKING:
    from enrich.draft.context import DraftContext
    from enrich.draft.known_runs import KnownRuns
    from enrich.links.index import Index, Told
    from enrich.links.meaning import Embedder, Vectors
    from enrich.llm.budget import Meter
    from enrich.llm.client import LiveEngine
    from enrich.llm.completion import Engine
    from enrich.reader.read import SecondReader
    from enrich.source.worker_process import RunWorker
    from enrich.vault.app_settings import AppSettings
    from enrich.vault.approvals import Ledger
    from enrich.vault.echoes import Echoes
    from enrich.vault.note import Note
    from enrich.vault.note_type import NoteType
    from enrich.vault.resolve import Resolver
    from enrich.vault.undo_log import Change, EditRecord, UndoLog
    from enrich.vault.vault import Vault

# An editor's hook waits for `check` and `suggest-links`. What only some verbs need is imported where it is used.

Answer = TypeVar("Answer")
ANY_TYPE = "article-note"
"""The type of drafts in a vault whose own types are not known."""
_TYPE_NAME = lazy_pattern(r"[\w-]+")
AskConsent = Callable[[Path, str], bool]
"""Whether the user agrees, now, that this ``.env`` names this address."""

NO_VAULT = (
    "none found, for no folder from here up has an .obsidian in it; name the folder of your notes with "
    "--vault DIR (--vault . for this one) or ENRICH_VAULT"
)


class OpenVault(Struct, frozen=True, eq=False, dict=True):
    """Answers what several verbs ask: which type is this note, what is its path, does this link resolve, write this."""

    root: Path | None
    """The vault's folder; None where none was named or found, which is enough to check a single note."""
    settings: Settings
    places: Places
    reporter: Reporter

    @property
    def folder(self) -> Path:
        """The vault's folder; UsageError when none was named or found."""
        if self.root is None:
            raise UsageError(f"vault: {NO_VAULT}")
        return self.root

    @cached_property
    def vault(self) -> "Vault":
        """Every note, from the index's records; what could not be read is named. An empty vault where there is none."""
        from enrich.links.index import open_records
        from enrich.vault.vault import Vault

        if self.root is None:
            return Vault(Path(), ())
        self.reporter.progress("reading the vault")
        vault = open_records(self.root, self.places.cache, self._told, self.airlock)
        self.tell_skipped(vault.unreadable)
        return vault

    @cached_property
    def resolver(self) -> "Resolver":
        """Where links of the vault lead, under Obsidian's rules and the site's."""
        from enrich.vault.resolve import Resolver

        return Resolver(self.vault, self.settings.quartz_ignore)

    @cached_property
    def app_settings(self) -> "AppSettings":
        """What the owner has set in Obsidian; what could not be read is told once."""
        from enrich.vault.app_settings import AppSettings, read_app_settings

        settings = read_app_settings(self.root) if self.root is not None else AppSettings()
        for fault in settings.faults:
            self.reporter.warn_once(fault)
        return settings.leaving_out(self.settings.links_exclude)

    @property
    def left_out(self) -> frozenset[str]:
        """Paths of the notes that the owner wants suggested nowhere."""
        rules = self.app_settings
        return frozenset(
            note.path
            for note in self.vault.notes
            if rules.leaves_out(note.path, (*note.tags, *note.inline_tags) if rules.tags else ())
        )

    @cached_property
    def resolves(self) -> Callable[[str], tuple[bool, bool]]:
        """Whether Obsidian and Quartz find a link's target."""
        resolver = self.resolver
        return cache(lambda target: (resolver.obsidian(target) is not None, resolver.quartz(target) is not None))

    def resolves_from(self, path: str) -> Callable[[str], tuple[bool, bool]]:
        """As `resolves`, for links of the note at ``path``: some say the way from there."""

        def resolves(target: str) -> tuple[bool, bool]:
            if not target.startswith(("./", "../")):
                return self.resolves(target)
            resolver = self.resolver
            return resolver.obsidian(target, path) is not None, resolver.quartz(target, path) is not None

        return resolves

    @cached_property
    def note_ids(self) -> Counter[str]:
        """How many notes have each note id."""
        return Counter(note.note_id for note in self.vault.notes if note.note_id)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The see-also concepts that enough notes use."""
        from enrich.vault.habits import find_concepts

        return find_concepts(self.vault)

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

    @property
    def run_worker(self) -> "RunWorker":
        """What takes pages apart: a process for each."""
        from enrich.source.worker_process import run_once

        return run_once

    @cached_property
    def prompts(self) -> tuple[Path, ...]:
        """The folders that note types and prompts are looked for in, the vault's own first."""
        from enrich.vault.note_type import prompt_folders

        return tuple(prompt_folders(self.root))

    @cached_property
    def types(self) -> "Mapping[str, NoteType]":
        """Every note type by its name."""
        from enrich.vault.note_type import read_note_types

        return {row.name: row for row in read_note_types(self.prompts)}

    @cached_property
    def usual_type(self) -> "NoteType":
        """The type that the settings name; else that of most notes of the vault; one for articles where none is known.

        The last is told.
        """
        if not self.settings.type and not self.type_counts:
            self.reporter.warn_once(
                f"note type: no note of the vault is of a type that is known, so {ANY_TYPE} is used; "
                "another with --type or ENRICH_TYPE, and enrich types new makes one"
            )
        return self.type_named(self.usual_type_name)

    @property
    def usual_type_name(self) -> str:
        """The name of the usual type; nothing is told."""
        counts = Counter[str]() if self.settings.type else self.type_counts
        return self.settings.type or max(counts, key=lambda name: (counts[name], name), default=ANY_TYPE)

    def forget_types(self) -> None:
        """A type has changed: the types are read again when they are asked for."""
        for name in ("types", "type_counts", "usual_type", "_types_by_name"):
            self.__dict__.pop(name, None)

    @cached_property
    def type_counts(self) -> Counter[str]:
        """How many notes of the vault, drafts left out, are of each type."""
        from enrich.vault.habits import find_type

        if self.root is None:
            return Counter()
        types = self.types
        kinds = (find_type(note, types.get, lambda: None, types.values) for note in self.vault.notes if not note.draft)
        return Counter(kind.name for kind in kinds if kind is not None)

    def type_named(self, name: str) -> "NoteType":
        """The type of that name; SettingsError when there is none."""
        from enrich.vault.note_type import read_note_type

        return read_note_type(name, self.prompts)

    def type_of_context(self, context: "DraftContext") -> "NoteType":
        """The type of a draft, in the language that was chosen for it."""
        return self.type_named(context.note_type).in_language(context.language)

    def type_of(self, note: "Note", wanted: str = "") -> "NoteType | None":
        """The type ``wanted``, else its own, else one that it matches, else the usual one if it has its shape."""
        from enrich.vault.habits import find_type

        if wanted:
            return self.known_type(wanted) or self.usual_type
        named = self.settings.type
        return find_type(
            note, self.known_type, lambda: self.type_named(named) if named else None, lambda: self.types.values()
        )

    def is_of_a_type(self, note: "Note") -> bool:
        """Whether the note is of a type that is known, by what it says itself."""
        from enrich.vault.habits import is_of_type

        return note.type_name in self.types or any(is_of_type(note, row) for row in self.types.values())

    def known_type(self, name: str) -> "NoteType | None":
        """The type of that name, without reading all the others; None where there is none."""
        if name not in self._types_by_name:
            folders = self.prompts if _TYPE_NAME.fullmatch(name) else ()
            known = any((folder / name / "type.toml").is_file() for folder in folders)
            self._types_by_name[name] = self.type_named(name) if known else None
        return self._types_by_name[name]

    @cached_property
    def _types_by_name(self) -> "dict[str, NoteType | None]":
        return {}

    def path_of(self, file: Path) -> str:
        """The path in the vault of a file; its name where it lies elsewhere."""
        root = self.root.resolve() if self.root is not None else None
        real = Path(os.path.realpath(file))
        inside = root is not None and real.is_relative_to(root)
        return real.relative_to(root).as_posix() if inside and root is not None else file.name

    def read_note(self, file: Path) -> "Note":
        """The note in ``file``; UsageError when it cannot be read."""
        from enrich.vault.note import parse_note
        from enrich.vault.vault import unreviewed

        text = read_named(file).decode("utf-8", "surrogateescape")
        return unreviewed(parse_note(self.path_of(file), text), self.airlock)

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
        """Every setting as it holds here, and where it was read; the vault first."""
        settings = self.settings
        rows = [Setting("vault", "" if self.root is None else str(self.root), "where the command runs")]
        for name in settings.__struct_fields__:
            if name == "origins":
                continue
            value = getattr(settings, name)
            shown = ("set" if value else "") if name == "api_key" else value
            rows.append(Setting(name, shown, settings.origins.get(name, "default")))
        return tuple(rows)

    def second_reader(self, why: str = "") -> "SecondReader":
        """The model that reads what a draft says, and its prompts; SettingsError as for `engine`."""
        from enrich.reader.read import SecondReader

        return SecondReader(self.asked(why, self.settings.reader), self.prompts)

    def asked(self, why: str = "", model: str = "") -> "Engine":
        """Who answers prompts: `engine`, or whoever stands in for it."""
        return self.engine(why, model)

    def engine(self, why: str = "", model: str = "") -> "LiveEngine":
        """The engine that asks ``model``, else the configured one, as patient as the settings say.

        SettingsError without a model, for the option ``why``, or without a key.
        """
        from enrich.llm.budget import ANSWER_TOKENS
        from enrich.llm.client import LiveEngine
        from enrich.llm.endpoint import Endpoint, Patience

        settings = self.settings
        model = model or settings.model
        if not model:
            raise SettingsError(f"{why or 'model'}: no model is set; name one with -m MODEL or ENRICH_MODEL")
        require_key(replace(settings, model=model))
        # Who waits a shorter time for a sign of life does not wait ten minutes for a server that only gives such signs.
        patience = Patience(
            read=settings.timeout,
            total=max(Patience().total, 1.5 * settings.timeout),
            answer=max(60.0, 5 * settings.timeout),
        )
        endpoint = Endpoint(
            settings.base_url,
            model,
            settings.api_key,
            max_tokens=ANSWER_TOKENS if self.meter.is_limited else None,
            patience=patience,
        )
        return LiveEngine(endpoint, self.places.state / "endpoints.json", meter=self.meter)

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

    @property
    def airlock(self) -> str:
        """The folder whose notes wait for their review, as a path in the vault; empty where it is the whole vault."""
        return "" if (path := posixpath.normpath(self.settings.airlock)) == "." else path

    @property
    def _told(self) -> "Told":
        from enrich.links.index import Told

        return Told(self.reporter.progress, self.reporter.warn_once)

    @contextmanager
    def _vectors(self) -> "Iterator[Vectors | None]":
        """The vectors of the vault's notes; None where no model for them is set."""
        if not self.settings.embeddings:
            yield None
            return
        with self._vectors_by(_embedder(self.settings, self.meter)) as vectors:
            yield vectors

    @contextmanager
    def packaged_vectors(self) -> "Iterator[Vectors | None]":
        """The vectors of texts by the model of the extra ``embeddings``; None where that is not installed."""
        from enrich.llm.packaged_embedding import PackagedEmbedder, find_package

        if not find_package():
            yield None
            return
        with self._vectors_by(PackagedEmbedder()) as vectors:
            yield vectors

    @contextmanager
    def _vectors_by(self, embedder: "Embedder") -> "Iterator[Vectors]":
        from enrich.links.meaning import Vectors, vector_file

        with closing(Vectors(vector_file(self.folder, self.places.cache), embedder, self.reporter.warn)) as vectors:
            yield vectors

    def tell_skipped(self, skipped: Iterable[Skipped]) -> None:
        """Name what is called like a note and was not read; once, however many readers pass over it."""
        for path, reason in skipped:
            shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in path)
            self.reporter.warn_once(f"{shown}: {reason}; it was not read")


class Setting(NamedTuple):
    """A setting as it holds."""

    name: str
    value: object
    """Of the key: ``set``, or nothing."""
    origin: str
    """``flag``, ``environment``, ``.env``, the path of a file, or ``default``."""


def find_root(named: Path | None, near: Path | None = None) -> Path | None:
    """The vault that was named, else the one ``near`` a note, else ``ENRICH_VAULT``, else the nearest parent of here.

    UsageError when what was named is no folder.
    """
    env = environment()
    root = named or near or (Path(env["ENRICH_VAULT"]) if env.get("ENRICH_VAULT") else find_vault(Path.cwd()))
    if root is not None and not root.is_dir():
        raise UsageError(f"{root}: is not a folder; name the vault's folder with --vault or ENRICH_VAULT")
    return root


def read_settings(root: Path | None, flags: Mapping[str, str | None], ask: AskConsent) -> tuple[Settings, Places]:
    """The settings for the vault at ``root``, and the user's folders; ``ask`` is asked where consent is needed."""
    places = user_places()
    consent = partial(_has_consent, places.state, ask)
    return load_settings(environment(), Path.cwd(), root, places.config, flags, consent), places


def _has_consent(state: Path, ask: AskConsent, file: Path, address: str) -> bool:
    """Whether the user agreed to the address of this ``.env``; a yes is remembered."""
    from enrich.consent import is_trusted, trust

    if is_trusted(state, file, address):
        return True
    if not ask(file, address):
        return False
    trust(state, file, address)
    return True


def open_undo_log(state: Path, root: Path) -> "UndoLog":
    """The undo log of the notes below ``root``, in the user's state folder."""
    from hashlib import sha256  # loads OpenSSL

    from enrich.vault.undo_log import UndoLog

    return UndoLog(root, state / "edits" / sha256(os.fsencode(root.resolve())).hexdigest()[:24])


def read_named(path: Path) -> bytes:
    """The bytes of a note that the user named; UsageError when it is no file, or cannot be read."""
    try:
        return read_file(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}; name a note of the vault") from error


def _embedder(settings: Settings, meter: "Meter") -> "Embedder":
    """A folder of this machine when the setting is written as a path, else a model of the endpoint."""
    if names_folder(settings.embeddings):
        from enrich.llm.local_embedding import LocalEmbedder

        return LocalEmbedder(Path(settings.embeddings).expanduser())
    from enrich.llm.embedder import EndpointEmbedder
    from enrich.llm.endpoint import Endpoint, Patience

    # suggestions do not wait for longer
    patience = Patience(tries=3, total=60.0, read=min(60.0, settings.timeout), answer=120.0)
    endpoint = Endpoint(settings.base_url, settings.embeddings, settings.api_key, patience=patience)
    return EndpointEmbedder(endpoint, meter=meter)
