"""Suggest links for notes, write them, and remember which are not wanted."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from enrich.errors import UsageError
from enrich.links.apply import Placed, Plan, Sheet, Style, has_place_of_type, plan_links
from enrich.links.dismissed import Dismissed, dismiss, read_dismissed
from enrich.links.document import read_document
from enrich.links.form import in_format, with_heading
from enrich.links.index import Index
from enrich.links.link_list import ListHeading
from enrich.links.loose_resolver import LooseResolver
from enrich.links.markdown_form import choose_form
from enrich.links.renamed import rare_words
from enrich.links.suggest import Suggestion, Wishes
from enrich.links.suggest import suggest_links as find_suggestions
from enrich.text.count import counted
from enrich.vault.file import decode_text
from enrich.vault.linkable import link_targets
from enrich.vault.note import parse_note
from enrich.vault.vault import open_note
from enrich.workspace.open_note import NoteText, OpenNote, Wanted, changed_note, path_of_text, require_text
from enrich.workspace.open_notes import read_named
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import LinkOptions

if TYPE_CHECKING:
    from enrich.vault.note_type import NoteType
    from enrich.vault.resolve import Resolver
    from enrich.vault.undo_log import EditRecord

# An editor waits for suggestions: what only some of them need is imported where it is used.

Answer = TypeVar("Answer")


class Links(Struct, frozen=True):
    """A note and the links that were found for it, each with the place that it would get on its own."""

    note: OpenNote
    shown: tuple[tuple[Suggestion, Placed | None], ...]

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """The links, the best first."""
        return tuple(suggestion for suggestion, _ in self.shown)


class Applied(Struct, frozen=True):
    """Links that were written, as one edit."""

    links: tuple[Links, ...]
    unplaced: tuple[tuple[OpenNote, Suggestion], ...]
    """Suggestions for which their note has no place left."""
    edit: "EditRecord | None"
    """None: there was nothing to write."""

    @property
    def count(self) -> int:
        """How many links."""
        return sum(len(links.shown) for links in self.links)


def find_links(opened: OpenVault, notes: Sequence[Wanted], options: LinkOptions) -> tuple[Links, ...]:
    """The links that the author of ``notes`` would make, for each note the best first. Nothing is written."""

    def search(finder: LinkFinder) -> tuple[Links, ...]:
        return tuple(finder.links_of(note) for note in finder.open_all(notes))

    return with_finder(opened, options, search)


def apply_links(opened: OpenVault, notes: Sequence[Wanted], options: LinkOptions) -> Applied:
    """Write the likely links into ``notes``, all as one edit.

    RefusedError for a note that may not be written, ExistsError for one that changed meanwhile; then none is written.
    """

    def write(finder: LinkFinder) -> Applied:
        opens = finder.open_all(notes)
        finder.refuse_unwritable(opens)
        plans = [(note, finder.plan(note, finder.sure(note, finder.suggest(note)))) for note in opens]
        changed = [(note, changed_note(note, plan)) for note, plan in plans]
        count = sum(len(plan.placed) for _, plan in plans)
        edit = finder.write([pair for pair in changed if pair[1] != pair[0].data], counted(count, "link"))
        return Applied(
            tuple(Links(note, tuple((row.suggestion, row) for row in plan.placed)) for note, plan in plans),
            tuple((note, row) for note, plan in plans for row in plan.unplaced),
            edit,
        )

    return with_finder(opened, options, write)


def dismiss_links(opened: OpenVault, notes: Sequence[Wanted], targets: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Never suggest ``targets`` for ``notes`` again, nor for any note where there are none.

    Gives (path of the note, path of the target); the first is empty for any note.
    """

    def remember(finder: LinkFinder) -> tuple[tuple[str, str], ...]:
        paths = [note.path for note in finder.open_all(notes)] if notes else [""]
        return tuple((path, finder.dismiss(name, path)) for path in paths for name in targets)

    return with_finder(opened, LinkOptions(), remember)


def with_finder(opened: OpenVault, options: LinkOptions, work: "Callable[[LinkFinder], Answer]") -> Answer:
    """What ``work`` gives, done with the vault's index open."""

    def ask(index: Index) -> Answer:
        finder = LinkFinder(opened, options, index)
        opened.tell_skipped(index.skipped)
        answer = work(finder)
        if index.advice:
            opened.reporter.say(index.advice)
        return answer

    return opened.ask_index(ask, options.wait)


class LinkFinder(Struct, frozen=True, dict=True):
    """Finds links for notes, as long as the index is open."""

    opened: OpenVault
    options: LinkOptions
    index: Index
    _wording: dict[str, dict[str, str]] = field(default_factory=dict)

    def links_of(self, note: OpenNote) -> Links:
        """The links of a note, each with its place."""
        suggestions = self.suggest(note)
        if not suggestions:
            return Links(note, ())
        sheet, style, words = Sheet(note.text), self.style_of(note), self.wording_of(note)
        return Links(note, tuple((one, sheet.preview(one, style, words.get(one.path, ""))) for one in suggestions))

    def suggest(self, note: OpenNote) -> tuple[Suggestion, ...]:
        """The links that are wanted; with ``llm`` those that the model chose."""
        if self.options.llm:
            return self._choose_with_model(note)
        return self.suggest_for(note, self.wishes_for(note))

    def suggest_for(self, note: OpenNote, wishes: Wishes) -> tuple[Suggestion, ...]:
        """Links for any text."""
        return find_suggestions(note.parsed, self.index, wishes)

    def wishes_for(self, note: OpenNote) -> Wishes:
        """What the options ask for, what was dismissed, and what the note's type may link to."""
        type_of_note = cache(lambda: self.type_of(note))
        return Wishes(
            limit=self.options.limit,
            min_score=self.options.min_score,
            kind=self.options.kind,
            dismissed=self._dismissed.for_note(note.path),
            only_older=self.options.new_only,
            note_type=type_of_note,
            link_targets=cache(lambda: link_targets(type_of_note(), self._type_counts)),
            heading=self._list_heading,
            rules=self.opened.app_settings,
        )

    def plan(self, note: OpenNote, suggestions: Iterable[Suggestion], wording: Mapping[str, str] | None = None) -> Plan:
        """Where all of them go together; ``wording`` replaces the model's words, by the target's path."""
        words = self.wording_of(note) if wording is None else wording
        every = [one for suggestion in suggestions for one in self._occurrences(suggestion)]
        return plan_links(note.text, every, self.style_of(note), words)

    def _occurrences(self, suggestion: Suggestion) -> Iterator[Suggestion]:
        """The suggestion; where all occurrences are wanted, it once more for each further one."""
        yield suggestion
        if self.options.all_occurrences:
            yield from (replace(suggestion, span=span) for span in suggestion.further)

    def order_vault(self) -> tuple[str, ...]:
        """The paths of all notes that have a link to suggest, those whose best one is the least risky first."""
        root, found = self.opened.folder, list[tuple[float, str]]()
        paths = [path for path in self.index.store.paths() if not self.opened.app_settings.leaves_out(path)]
        for number, path in enumerate(paths, 1):
            self.opened.reporter.progress(f"looking for links: {number} of {len(paths)} notes")
            note = OpenNote(path, path, root / path, read_named(root / path))
            if suggestions := self.suggest(note):
                found.append((suggestions[0].score, path))
        return tuple(str(root / path) for _, path in sorted(found, key=lambda pair: (-pair[0], pair[1])))

    def write_plan(self, note: OpenNote, plan: Plan, what: str) -> "EditRecord | None":
        """Write the plan's links into the note, as one edit."""
        return self.write([(note, changed_note(note, plan))], what)

    def wording_of(self, note: OpenNote) -> dict[str, str]:
        """The model's words for the note's links, by the target's path; empty without a model."""
        return self._wording.get(note.path, {})

    def style_of(self, note: OpenNote) -> Style:
        """The type's own place where the note has it, else the list under the heading that the setting names."""
        note_type = self.type_of(note)
        shaped = note_type is not None and has_place_of_type(note.text, note_type)
        form = choose_form(note.path.rpartition("/")[0], self.opened.app_settings, self.index.store.habits)
        return Style(note_type if shaped else None, self._list_heading, form)

    @cached_property
    def _list_heading(self) -> ListHeading:
        """Of a list of links in a note that has none: what is set, else what is usual in the vault."""
        settings = self.opened.settings
        usual = self.index.store.habits.heading
        is_set = "related_heading" in settings.origins
        return usual if usual and not is_set else ListHeading(settings.related_heading)

    def type_of(self, note: OpenNote) -> "NoteType | None":
        """See `OpenVault.type_of`."""
        return self.opened.type_of(note.parsed)

    def sure(self, into: OpenNote, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        """Those whose link leads to its note in Obsidian and on the site alike, in the form that does.

        Where the owner has set how much of the path links hold, as it is written in the note ``into``.
        """
        checked, folder = [], into.path.rpartition("/")[0]
        for suggestion in suggestions:
            note = self._resolver.vault.by_path.get(suggestion.path)
            link = self._resolver.link_to(note) if note else None
            link = link and in_format(link, suggestion.path, folder, self.opened.app_settings.link_format)
            if link is None:
                self.opened.reporter.say(
                    f"[[{suggestion.target}]]: no form of the link works in Obsidian and on the site"
                )
            else:
                checked.append(replace(suggestion, target=with_heading(link, suggestion.heading)))
        return tuple(checked)

    def dismiss(self, name: str, path: str) -> str:
        """Never suggest the note that ``name`` means for the note at ``path`` again; its path."""
        target = self.find(name, path)
        words = {known: some for known in filter(None, (path, target)) if (some := self._rare_words(known))}
        dismiss(self.opened.folder, self.opened.places.state, path, target, words)
        self.opened.reporter.wrote(f"{target} dismissed")
        return target

    def _rare_words(self, path: str) -> tuple[str, ...]:
        """By which the note is found again when it has another path; none for what is no note of the vault."""
        note = open_note(self.opened.folder, path) if self.index.store.number_of(path) >= 0 else None
        return rare_words(read_document(note), self.index.store) if note else ()

    def find(self, name: str, path: str) -> str:
        """The path of the note that ``name`` means, seen from the note at ``path``; UsageError when there is none."""
        store = self.index.store
        for whole in (name, f"{name}.md"):  # a path may hold what ends a name in a link, such as #
            if store.number_of(whole) >= 0:
                return whole
        resolver = LooseResolver(store.postings, store.path_of)
        number = resolver.resolve(name.removeprefix("[[").removesuffix("]]").partition("|")[0], path.rpartition("/")[0])
        if number is None:
            raise UsageError(f"{name}: is no note of {self.opened.folder.name}; give its name or its path in the vault")
        return store.path_of(number)

    def open_all(self, notes: Sequence[Wanted]) -> tuple[OpenNote, ...]:
        """The notes, each read once."""
        return tuple(self._open_text(note) if isinstance(note, NoteText) else self._open_file(note) for note in notes)

    def refuse_unwritable(self, notes: Iterable[OpenNote]) -> None:
        """RefusedError for a note that may not be written: rather before the work, which may cost, than after it."""
        from enrich.vault.write import find_place

        for note in notes:
            if note.file is not None:
                find_place(self.opened.folder, note.file)

    def write(self, changed: Iterable[tuple[OpenNote, bytes]], what: str) -> "EditRecord | None":
        """Write all of ``changed`` as one edit, called ``what`` in the undo log; None when there are none."""
        from enrich.vault.undo_log import Change

        files = [Change(note.file, note.data, after) for note, after in changed if note.file is not None]
        if not files:
            return None
        names = files[0].path.name if len(files) == 1 else counted(len(files), "note")
        return self.opened.write(files, f"{what} in {names}")

    @cached_property
    def _resolver(self) -> "Resolver":
        """Of the vault as it was when it was first asked: links that are written since change no name."""
        return self.opened.resolver

    @cached_property
    def _type_counts(self) -> Mapping[str, int]:
        return self.index.store.type_counts()

    @cached_property
    def _dismissed(self) -> Dismissed:
        return read_dismissed(self.opened.folder).following(self.index.store)

    def _choose_with_model(self, note: OpenNote) -> tuple[Suggestion, ...]:
        from enrich.workspace.links_llm import CANDIDATES, choose_with_model

        wishes = replace(self.wishes_for(note), limit=CANDIDATES, min_score=0.0)
        found = self.suggest_for(note, wishes)
        chosen = choose_with_model(self.opened, self.index, note, found, self.options)
        in_bullet = self.style_of(note).note_type is not None
        self._wording[note.path] = {
            path: f" ({clause})" if in_bullet else f"- {clause[:1].upper()}{clause[1:]}"
            for path, clause in chosen.clauses.items()
        }
        for line in chosen.refused:
            self.opened.reporter.say(f"{note.name}: {line}")
        return chosen.suggestions

    def _open_text(self, given: NoteText) -> OpenNote:
        data = require_text(given.name, given.data)
        if given.read_as:
            path = self._path_in_vault(self._file(given.read_as))
        else:
            path = self._saved_as(given.name, data) or path_of_text(data)
        return OpenNote(given.read_as or given.name, path, None, data)

    def _open_file(self, name: str) -> OpenNote:
        file = self._file(name)
        data = require_text(name, read_named(file))
        return OpenNote(name, self._path_in_vault(file), file, data)

    def _saved_as(self, name: str, data: bytes) -> str:
        """The note that a text belongs to, by its title and day; empty when it is a new one."""
        store = self.index.store
        note = parse_note(path_of_text(data), decode_text(data))
        number = LooseResolver(store.postings, store.path_of).resolve(note.title, "") if note.created else None
        entry = store.entries([number]).get(number) if number is not None else None
        created = note.created.toordinal() if note.created else 0
        if entry is None or (entry.title, entry.created) != (note.title, created):
            return ""
        self.opened.reporter.say(f"{name}: taken as {entry.path}; --as NOTE names another")
        return entry.path

    def _file(self, name: str) -> Path:
        """The file that ``name`` means from here, else from the vault's folder."""
        file, inside = Path(name), self.opened.folder / name
        file = inside if inside.is_file() and not file.is_file() else file
        if not file.is_file() and not name.lower().endswith(".md"):
            file = self._file_called(name)
        if file.is_dir() or file.suffix.lower() != ".md":
            raise UsageError(f"{name}: is no note; name a file that ends in .md, or a note by its title or alias")
        return file

    def _file_called(self, name: str) -> Path:
        """The note of that path without ``.md``, title or alias; the name as a path where there is none."""
        try:
            return self.opened.folder / self.find(name, "")
        except UsageError:
            return Path(name)

    def _path_in_vault(self, file: Path) -> str:
        """As `OpenVault.path_of`; a path that leads out for a file elsewhere, and none that follows a linked note."""
        root = self.opened.folder
        for folder, place in ((root.absolute(), file.absolute()), (root.resolve(), Path(os.path.realpath(file)))):
            if place.is_relative_to(folder) and ".." not in place.parts:
                return place.relative_to(folder).as_posix()
        return f"../{file.name}"
