"""The notes of a vault, opened once and lazily: what they are, of which type, and where their links lead."""

import os
import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from enrich.config import Places, Settings
from enrich.errors import UsageError
from enrich.text.pattern import lazy_pattern
from enrich.vault.file import Skipped, read_file
from enrich.workspace.reporter import Reporter

if TYPE_CHECKING:
    from enrich.links.index import Told
    from enrich.vault.app_settings import AppSettings
    from enrich.vault.note import Note
    from enrich.vault.note_type import NoteType
    from enrich.vault.resolve import Resolver
    from enrich.vault.vault import Vault

# An editor's hook waits for `check` and `suggest-links`. What only some verbs need is imported where it is used.

ANY_TYPE = "article-note"
"""The type of drafts in a vault whose own types are not known."""
_TYPE_NAME = lazy_pattern(r"[\w-]+")

NO_VAULT = (
    "none found, for no folder from here up has an .obsidian in it; name the folder of your notes with "
    "--vault DIR (--vault . for this one) or ENRICH_VAULT"
)


class OpenNotes(Struct, frozen=True, eq=False, dict=True):
    """Answers which notes there are, which type a note is, what its path is, and whether a link resolves."""

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

    @property
    def airlock(self) -> str:
        """The folder whose notes wait for their review, as a path in the vault; empty where it is the whole vault."""
        return "" if (path := posixpath.normpath(self.settings.airlock)) == "." else path

    @property
    def _told(self) -> "Told":
        from enrich.links.index import Told

        return Told(self.reporter.progress, self.reporter.warn_once)

    def tell_skipped(self, skipped: Iterable[Skipped]) -> None:
        """Name what is called like a note and was not read; once, however many readers pass over it."""
        for path, reason in skipped:
            shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in path)
            self.reporter.warn_once(f"{shown}: {reason}; it was not read")

    def forget_types(self) -> None:
        """A type has changed: the types are read again when they are asked for."""
        for name in ("types", "type_counts", "usual_type", "_types_by_name"):
            self.__dict__.pop(name, None)


def read_named(path: Path) -> bytes:
    """The bytes of a note that the user named; UsageError when it is no file, or cannot be read."""
    try:
        return read_file(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}; name a note of the vault") from error
