"""Where a wikilink leads: in Obsidian, and on the site that Quartz builds with the setting ``shortest``.

Obsidian (https://help.obsidian.md/links; the order below is that of ``getFirstLinkpathDest``, observed with version
1.13.7 in https://github.com/pvliesdonk/markdown-vault-mcp/pull/1380): the file's name decides, ignoring case, in any
folder; ``.md`` may be left out; of several files an exact path from the vault's root wins, then the source's own
folder, then the shortest path. Aliases are not looked up.

Quartz 4.5: see `enrich.vault.slug`. Case counts. A bare name leads to the one page whose slug ends with it; when
several do (drafts and aliases count too) or none, it is a path from the root. Drafts and ignored folders have no page;
aliases have one (``quartz/plugins/transformers/frontmatter.ts`` and ``emitters/aliases.ts``). Two files with one slug
overwrite each other, so such a page counts as missing.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import translate
from functools import cached_property
from typing import TypeVar

from msgspec import Struct

from enrich.text.pattern import lazy_pattern
from enrich.vault.link_text import LinkText, link_text, titled_link
from enrich.vault.note import Note
from enrich.vault.slug import from_root, link_slug, slug_of_alias, slug_of_path
from enrich.vault.vault import Vault, fold_name

IGNORED = ("private", "templates", ".obsidian")
"""Quartz's own ``ignorePatterns``: glob patterns for paths from the vault's root."""

_BETWEEN_WORDS = lazy_pattern(r"(?:[^\w+#]|_|(?<![\w+#])[+#])+")
"""Marks that two spellings of a name may differ by; what hangs on a word (``C++``, ``C#``) makes it another one."""

_SPACES = lazy_pattern(r"[\s_\u2010-\u2015-]+")

Value = TypeVar("Value")


class Guess(Struct, frozen=True):
    """A note that a link which leads nowhere was probably meant for."""

    note: Note
    how: str
    """``case``, ``hyphen and space``, ``other signs``, ``title or alias``, ``spaces left out``, ``other folder``."""
    others: tuple[Note, ...] = ()
    """Further notes that it may as well have been meant for."""


class Resolver:
    """Answers for one vault, as it was when it was read. What an answer needs is indexed when it is first asked for."""

    def __init__(self, vault: Vault, ignored: Iterable[str] = IGNORED) -> None:
        """``ignored``: what the site leaves out, as in its setting ``ignorePatterns``."""
        self.vault = vault
        self._ignored = _compile_ignored(ignored)

    def obsidian(self, target: str, source_path: str = "") -> str | None:
        """The path of the file that Obsidian opens for ``[[target]]`` in the note at ``source_path``.

        A target without a name (``[[#heading]]``) is the source itself.
        """
        wanted = fold_name(target.partition("#")[0].strip().replace("\xa0", " "))
        if not wanted:
            return source_path or None
        wanted, found = self._files_named(wanted)
        return choose_file(wanted, source_path.rpartition("/")[0], found)

    def quartz(self, target: str, source_path: str = "") -> str | None:
        """The path of the file whose page the site shows for ``[[target]]``; None when there is no such page.

        With this setting the place of the link does not matter, except for a target without a name.
        """
        wanted = target.partition("#")[0].strip()
        if not wanted:
            return source_path if source_path in self._published else None
        slug = link_slug(_composed(wanted))
        if slug is None:
            return None
        only = self._slugs_by_name.get(slug.removesuffix("/"), ())
        page = only[0] if len(only) == 1 else from_root(slug)
        return self._pages.get(page)

    def link_to(self, note: Note) -> LinkText | None:
        """What to write between the brackets, so that both lead to exactly ``note`` from wherever it is written.

        The stem, or ``path/stem|title``; None for a draft, and where no form works in both.
        """
        if note.draft:
            return None
        path = note.path[: len(note.path) - 3]
        for target, form in ((note.stem, link_text(note.stem)), (path, titled_link(path, note.title, note.stem))):
            if form is not None and self._leads_anywhere(target, note.path):
                return form
        return None

    def guess(self, target: str) -> Guess | None:
        """The note of nearly that name, and what differs; None when there is none.

        Those that lie in the folder that the link names come first.
        """
        folder, _, name = target.partition("#")[0].strip().rpartition("/")
        name = (name[:-3] if name[-3:].lower() == ".md" else name).strip()
        same = self.vault.named(name)
        ways = (
            ("case", same),
            ("hyphen and space", self._loose_stems.get(loose(name), ())),
            ("title or alias", self._loose_names.get(loose(name), ())),
            ("spaces left out", self._squeezed.get(loose(name).replace(" ", ""), ())),
        )
        for how, notes in ways:
            near = [note for note in notes if _lies_in(note.folder, folder)] or notes
            if near:
                return Guess(near[0], _difference(how, name, folder, near[0]), tuple(near[1:]))
        return None

    def _leads_anywhere(self, target: str, path: str) -> bool:
        """Both rules give ``path`` for ``target``, and Obsidian's does so from every folder."""
        wanted, found = self._files_named(fold_name(target))
        everywhere = len(found) == 1 or wanted == fold_name(path)
        return everywhere and self.obsidian(target) == path == self.quartz(target)

    def _files_named(self, wanted: str) -> tuple[str, tuple[str, ...]]:
        """The folded target, with ``.md`` where it was left out, and the files that have its last name."""
        name = wanted.rpartition("/")[2]
        if "." in name and (found := self._by_name.get(name)):
            return wanted, found
        return f"{wanted}.md", self._by_name.get(f"{name}.md", ())

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        paths = (*self.vault.by_path, *self.vault.files)
        return _group((fold_name(path.rpartition("/")[2]), path) for path in paths)

    @cached_property
    def _published(self) -> frozenset[str]:
        """Paths of the files that the site has a page for."""
        notes = (note.path for note in self.vault.notes if note.published)
        return frozenset(path for path in (*notes, *self.vault.files) if not self._ignored.match(path))

    @cached_property
    def _pages(self) -> Mapping[str, str]:
        """What the site shows: slug to path. Where a page and an alias have one slug, the page wins."""
        notes = [note for note in self.vault.notes if note.path in self._published]
        pages = _group((slug_of_path(_composed(path)), path) for path in self._published)
        aliases = _group({(slug_of_alias(_composed(alias)), note.path) for note in notes for alias in note.aliases})
        return {slug: paths[0] for slug, paths in {**aliases, **pages}.items() if len(paths) == 1}

    @cached_property
    def _slugs_by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Slugs by their last part. The site fills this list before it leaves out drafts."""
        notes = [note for note in self.vault.notes if not self._ignored.match(note.path)]
        files = (path for path in self.vault.files if not self._ignored.match(path))
        slugs = (*(slug_of_path(_composed(path)) for path in (*(note.path for note in notes), *files)),
                 *(slug_of_alias(_composed(alias)) for note in notes for alias in note.aliases))  # fmt: skip
        return _group((slug.rpartition("/")[2], slug) for slug in slugs)

    @cached_property
    def _loose_stems(self) -> Mapping[str, tuple[Note, ...]]:
        return _group((loose(note.stem), note) for note in self.vault.notes)

    @cached_property
    def _loose_names(self) -> Mapping[str, tuple[Note, ...]]:
        names = ((loose(name), note) for note in self.vault.notes for name in {note.title, *note.aliases})
        return _group(dict.fromkeys(names))

    @cached_property
    def _squeezed(self) -> Mapping[str, tuple[Note, ...]]:
        return _group((loose(note.stem).replace(" ", ""), note) for note in self.vault.notes)


def choose_file(wanted: str, folder: str, found: Sequence[str]) -> str | None:
    """Of the files that have the last name of ``wanted`` the one that Obsidian opens from a note of ``folder``.

    ``wanted`` is a target as `fold_name` gives it, with its ending. None where its path leads to none of them.
    """
    if "/" not in wanted and len(found) == 1:
        return found[0]
    folder = fold_name(folder)
    if wanted.startswith(("./", "../")):
        wanted = _join(folder, wanted)
    by_folded = {fold_name(path): path for path in found}
    if path := by_folded.get(wanted.removeprefix("/")):
        return path
    if wanted.startswith("/"):
        return None
    fitting = [folded for folded in by_folded if folded.endswith(wanted)]
    best = min(fitting, key=lambda path: (not path.startswith(folder), len(path), path), default=None)
    return None if best is None else by_folded[best]


def loose(name: str) -> str:
    """A name with neither case nor the marks between words: ``GPT-4_release!`` and ``gpt 4 release`` are the same.

    The loosest way in which two names are one. Only where no file has the very name is it asked: to say what a broken
    link probably meant (`Resolver.guess`), and to learn from old links (`enrich.links.loose_resolver`).
    """
    return _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFC", name).lower()).strip()


def _lies_in(folder: str, written: str) -> bool:
    """Whether ``folder`` is, or ends with, the one that a link names; ``./`` and ``../`` name none."""
    wanted = [_spelling(part) for part in written.split("/") if part not in ("", ".", "..")]
    return [_spelling(part) for part in folder.split("/")][-len(wanted) :] == wanted if wanted else True


def _difference(how: str, name: str, folder: str, note: Note) -> str:
    if not _lies_in(note.folder, folder) or (how == "case" and folder):  # of the very name in the very place it works
        return "other folder"
    return "other signs" if how == "hyphen and space" and _spelling(name) != _spelling(note.stem) else how


def _composed(name: str) -> str:
    """A name in the Unicode form that git and most editors give it; a disk of macOS keeps ``é`` as two characters."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _spelling(name: str) -> str:
    """A name with neither case nor the ways to write a space; all other signs belong to it."""
    return _SPACES.sub(" ", fold_name(name.strip()))


def _compile_ignored(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for paths that are, or lie below, what a glob pattern names; ``**/`` may stand for nothing."""
    cleaned = [pattern.strip("/").removesuffix("/**") for pattern in patterns]
    cleaned += [pattern[3:] for pattern in cleaned if pattern.startswith("**/")]
    globs = (translate(pattern).removesuffix(r"\Z").removesuffix(r"\z") for pattern in cleaned if pattern)
    return re.compile("|".join(rf"{glob}(?=/|\Z)" for glob in globs) or r"(?!)")


def _join(folder: str, relative: str) -> str:
    """``../x`` from ``folder``; more ``..`` than folders stay at the vault's root."""
    relative = relative.removeprefix("./") if relative.startswith("./../") else relative
    while relative.startswith("../"):
        relative, folder = relative[3:], folder.rpartition("/")[0]
    relative = relative.removeprefix("./")
    return f"{folder}/{relative}" if folder else relative


def _group(pairs: Iterable[tuple[str, Value]]) -> Mapping[str, tuple[Value, ...]]:
    grouped: dict[str, list[Value]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return {key: tuple(values) for key, values in grouped.items()}
