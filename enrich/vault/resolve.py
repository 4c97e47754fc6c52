"""Where a wikilink leads: under Obsidian's rules, and under those of the site generator Quartz.

Obsidian finds a file by its name, ignoring case, in any folder (https://help.obsidian.md/links). Quartz 4 with the
setting ``shortest`` compares slugs, keeps case, and takes a bare name only when exactly one page has it (its source:
``quartz/util/path.ts``, ``quartz/plugins/transformers/links.ts``); aliases are pages of their own there, drafts none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from enrich.vault.note import Note
from enrich.vault.vault import Vault

_LOOSE = re.compile(r"[^\w]+")
_UNLINKABLE = re.compile(r"[\[\]|#^\\\n]|%%")


class Resolver:
    """Answers for one vault, as it was when it was read."""

    def __init__(self, vault: Vault, ignored: Iterable[str] = ("private", "templates", ".obsidian")) -> None:
        """``ignored`` are the folders that the site leaves out."""
        self._notes = {note.path: note for note in vault.notes}
        self._ignored = tuple(ignored)
        paths = [*self._notes, *vault.files]
        self._by_name = _group((PurePosixPath(path).name.casefold(), path) for path in paths)
        published = [path for path in paths if self._is_published(path)]
        self._by_slug = {slug(_page(path)): path for path in published}
        self._by_last_slug = _group((slug(_page(path)).rpartition("/")[2], path) for path in published)
        self._aliases = {
            slug(alias): note.path for note in vault.notes if self._is_published(note.path) for alias in note.aliases
        }
        self._loose = _group((loose(name), note.path) for note in vault.notes for name in (note.stem, *note.aliases))

    def obsidian(self, target: str, source_path: str = "") -> str | None:
        """The path that Obsidian opens for ``[[target]]``; of several with one name the one nearest to the root."""
        wanted = target.strip().removeprefix("/").casefold()
        name = PurePosixPath(wanted).name
        found = [*self._by_name.get(f"{name}.md", ()), *self._by_name.get(name, ())]
        fitting = [path for path in found if _ends_with(path.casefold(), wanted)]
        beside = str(PurePosixPath(source_path).parent)
        return min(
            fitting, key=lambda path: (path.count("/"), str(PurePosixPath(path).parent) != beside, path), default=None
        )

    def quartz(self, target: str, source_path: str = "") -> str | None:  # noqa: ARG002  (one signature for both rules)
        """The path of the page that the site shows for ``[[target]]``; None when it shows none, as for a draft."""
        wanted = slug(target.strip().removeprefix("/").removesuffix(".md"))
        if wanted in self._by_slug:
            return self._by_slug[wanted]
        if "/" not in wanted:
            alone = self._by_last_slug.get(wanted, ())
            if len(alone) == 1:
                return alone[0]
        return self._aliases.get(wanted)

    def link_to(self, note: Note) -> str | None:
        """What to write between the brackets so that both lead to exactly ``note``; None when no form does."""
        if note.draft or _UNLINKABLE.search(note.path):
            return None
        path = note.path.removesuffix(".md")
        for form in (note.stem, f"{path}|{note.stem}"):
            target = form.partition("|")[0]
            if self.obsidian(target) == self.quartz(target) == note.path and self._is_only(target):
                return form
        return None

    def probable(self, target: str) -> Note | None:
        """The one note that ``target`` probably means: same words, whatever stands between them."""
        found = set(self._loose.get(loose(PurePosixPath(target).name), ()))
        return self._notes[found.pop()] if len(found) == 1 else None

    def _is_only(self, target: str) -> bool:
        """Whether a bare name is that of one file: else Obsidian's choice depends on where the link stands."""
        return "/" in target or len(self._by_name.get(f"{target.casefold()}.md", ())) == 1

    def _is_published(self, path: str) -> bool:
        note = self._notes.get(path)
        return not (note and note.draft) and not any(part in self._ignored for part in PurePosixPath(path).parts)


def slug(path: str) -> str:
    """The address that Quartz gives a page: space ``-``, ``&`` ``-and-``, ``%`` ``-percent``, no ``?`` and ``#``."""
    parts = path.split("/")
    slugged = (re.sub(r"\s", "-", part).replace("&", "-and-").replace("%", "-percent") for part in parts)
    return "/".join(part.replace("?", "").replace("#", "") for part in slugged)


def loose(name: str) -> str:
    """``GPT-4 release_notes`` and ``gpt 4 release notes`` alike."""
    return _LOOSE.sub(" ", name.casefold().replace("_", " ")).strip()


def _page(path: str) -> str:
    return path.removesuffix(".md")


def _ends_with(path: str, wanted: str) -> bool:
    return any(path == f"{wanted}{end}" or path.endswith(f"/{wanted}{end}") for end in (".md", ""))


def _group(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return {key: tuple(values) for key, values in grouped.items()}
