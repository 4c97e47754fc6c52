"""One run of ``enrich suggest-links``: show links, write them, ask about them, or forget them."""

import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.commands.edges import Setup, open_vault, open_vectors, read_input, read_named, require_vault, tell_skipped
from enrich.commands.suggest_lines import Shown, note_to_dict, suggestion_lines
from enrich.commands.suggest_request import SuggestRequest
from enrich.console import Console
from enrich.errors import UsageError
from enrich.links.apply import Plan, Sheet, Style, has_place_of_type, plan_links
from enrich.links.card import read_card
from enrich.links.dismissed import Dismissed, dismiss, read_dismissed
from enrich.links.files import decode_note
from enrich.links.index import Index, ask_index
from enrich.links.naming import Naming
from enrich.links.suggest import Suggestion, Wishes, suggest_links
from enrich.text.count import counted
from enrich.vault.note_type import NoteType, prompt_folders, read_note_type

if TYPE_CHECKING:
    from enrich.vault.resolve import Resolver

_TYPE_NAME = re.compile(r"[\w-]+")
_FIRST_H1 = re.compile(r"^# ++([^\r\n/]*[^\s/])", re.M)


@dataclass(frozen=True)
class OpenNote:
    """A note as it was read."""

    name: str
    """As the user named it."""
    path: str
    """In the vault; of a text that is not there, a path that leads out of it."""
    file: Path | None
    """None: standard input."""
    data: bytes

    @cached_property
    def text(self) -> str:
        """Each byte that is no UTF-8 is one U+FFFD."""
        return decode_note(self.data)


def run_suggest(request: SuggestRequest, setup: Setup, console: Console) -> None:
    """Do what the request says for each note, in order."""
    with open_vectors(setup, console) as vectors:
        ask_index(
            require_vault(setup),
            setup.places.cache,
            lambda index: _run(Suggesting(request, setup, console, index)),
            console.progress,
            vectors,
            console.warn_once,
        )


def _run(suggesting: "Suggesting") -> None:
    request = suggesting.request
    tell_skipped(suggesting.index.skipped, suggesting.console)
    if request.dismiss:
        suggesting.dismiss()
    elif request.backlinks:
        from enrich.commands.suggest_backlinks import run_backlinks

        run_backlinks(suggesting)
    elif request.interactive:
        from enrich.commands.suggest_talk import run_talk

        run_talk(suggesting)
    elif request.apply:
        suggesting.apply()
    else:
        suggesting.show()
    if suggesting.index.advice:
        suggesting.console.say(suggesting.index.advice)


@dataclass(frozen=True)
class Suggesting:
    """What every kind of run has: the request, where it runs, where its words go, and the open index."""

    request: SuggestRequest
    setup: Setup
    console: Console
    index: Index

    @cached_property
    def root(self) -> Path:
        """The vault's folder."""
        return require_vault(self.setup)

    def show(self) -> None:
        """Print the suggestions of each note; nothing is written."""
        answers = [(note, self._shown(note)) for note in self.notes()]
        for note, shown in answers:
            self.print(note, shown)

    def _shown(self, note: OpenNote) -> list[Shown]:
        sheet, style = Sheet(note.text), self.style_of(note.text)
        suggestions = self.suggest(note)
        words = self.wording_of(note)
        return [(one, sheet.preview(one, style, words.get(one.path, ""))) for one in suggestions]

    def apply(self) -> None:
        """Write the links of all notes as one edit, and print them."""
        from enrich.commands.suggest_write import changed_note, refuse_unwritable, write_notes

        notes = self.notes()
        refuse_unwritable(self.root, notes)
        plans = [self.plan(note, self.sure(self.suggest(note))) for note in notes]
        changes = [(note, changed_note(note, plan)) for note, plan in zip(notes, plans, strict=True)]
        count = sum(len(plan.placed) for plan in plans)
        written = write_notes(self, [pair for pair in changes if pair[1] != pair[0].data], f"{counted(count, 'link')}")
        for note, plan in zip(notes, plans, strict=True):
            self.print(note, [(placed.suggestion, placed) for placed in plan.placed])
            for suggestion in plan.unplaced:
                self.console.say(f"{note.name}: no place left for [[{suggestion.target}]]")
        if written:
            self.console.say(f"{counted(count, 'link')} written; enrich undo takes them back")

    def dismiss(self) -> None:
        """Remember what should not be suggested, for each note or for all."""
        paths = [""] if self.request.everywhere else [note.path for note in self.notes()]
        for path in paths:
            for name in self.request.dismiss:
                target = self.find(name, path)
                dismiss(self.root, self.setup.places.state, path, target)
                self.console.wrote(f"{target} dismissed")
                self.console.say(f"{target}: is not suggested any more for {path or 'any note'}")

    def notes(self) -> tuple[OpenNote, ...]:
        """The named notes, each read once."""
        return tuple(self._read(name) for name in self.request.notes)

    def suggest(self, note: OpenNote) -> tuple[Suggestion, ...]:
        """Links for the note that the request wants; with ``--llm`` those that the model chose."""
        if self.request.llm:
            return self._choose_with_model(note)
        return self.suggest_for(note.text, note.path, self.wishes_for(note.text, note.path))

    def suggest_for(self, text: str, path: str, wishes: Wishes) -> tuple[Suggestion, ...]:
        """Links for any text."""
        return suggest_links(text, path, self.index, self.type_of(text), wishes)

    def wishes_for(self, text: str, path: str) -> Wishes:
        """What the request asks for, what was dismissed, and what the note's type may link to."""
        note_type = self.type_of(text)
        return Wishes(
            limit=self.request.limit,
            min_score=self.request.threshold,
            kind=self.request.kind,
            dismissed=self._dismissed.for_note(path),
            only_older=self.request.new_only,
            link_targets=note_type.link_targets if note_type else (),
            heading=self.setup.settings.related_heading,
        )

    def plan(self, note: OpenNote, suggestions: Iterable[Suggestion]) -> Plan:
        """Where all of them go together."""
        return plan_links(note.text, suggestions, self.style_of(note.text), self.wording_of(note))

    def wording_of(self, note: OpenNote) -> dict[str, str]:
        """The model's words for the note's links, by the target's path; empty without ``--llm``."""
        return self._wording.get(note.path, {})

    def style_of(self, text: str) -> Style:
        """The type's own place where the note has it, else the list under the heading that the setting names."""
        note_type = self.type_of(text)
        shaped = note_type is not None and has_place_of_type(text, note_type)
        return Style(note_type if shaped else None, self.setup.settings.related_heading)

    def type_of(self, text: str) -> NoteType | None:
        """The type that the note's first tag names; None where there is no such type."""
        tags = read_card("-.md", text).tags
        return self._type_named(tags[0]) if tags and _TYPE_NAME.fullmatch(tags[0]) else None

    def sure(self, suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        """Those whose link leads to its note in Obsidian and on the site alike, in the form that does."""
        checked = []
        for suggestion in suggestions:
            note = self.resolver.vault.by_path.get(suggestion.path)
            link = self.resolver.link_to(note) if note else None
            if link is None:
                self.console.say(f"[[{suggestion.target}]]: no form of the link works in Obsidian and on the site")
            else:
                checked.append(replace(suggestion, target=link))
        return tuple(checked)

    @cached_property
    def resolver(self) -> "Resolver":
        """The whole vault read anew: only who writes a link waits for this."""
        from enrich.vault.resolve import Resolver

        self.console.progress("reading the vault")
        return Resolver(open_vault(self.root, self.console), self.setup.settings.quartz_ignore)

    def find(self, name: str, path: str) -> str:
        """The path of the note that ``name`` means, seen from the note at ``path``; UsageError when there is none."""
        naming = Naming(self.index.store.postings, self.index.store.path_of)
        for whole in (name, f"{name}.md"):  # a path may hold what ends a name in a link, such as #
            if self.index.store.number_of(whole) >= 0:
                return whole
        number = naming.resolve(name.removeprefix("[[").removesuffix("]]").partition("|")[0], path.rpartition("/")[0])
        if number is None:
            raise UsageError(f"{name}: is no note of {self.root.name}; give its name or its path in the vault")
        return self.index.store.path_of(number)

    def print(self, note: OpenNote, shown: Sequence[Shown]) -> None:
        """The note's suggestions on stdout; on stderr what a person may wonder about."""
        if self.request.as_json:
            self.console.result(json.dumps(note_to_dict(note.path, shown), ensure_ascii=False))
        elif shown:
            self.console.result("\n".join([note.name, *(line for one in shown for line in suggestion_lines(*one))]))
        else:
            self.console.say(f"{note.name}: {self._why_none()}")

    def _why_none(self) -> str:
        least = self.request.threshold
        if not least:
            return "no note of the vault could be linked"
        return f"no link is likely enough ({least:g}); --min-score 0 shows the best there are"

    @cached_property
    def _dismissed(self) -> Dismissed:
        return read_dismissed(self.root)

    def _choose_with_model(self, note: OpenNote) -> tuple[Suggestion, ...]:
        from enrich.commands.suggest_llm import choose_with_model

        chosen = choose_with_model(self, note)
        in_bullet = self.style_of(note.text).note_type is not None
        self._wording[note.path] = {
            path: f" ({clause})" if in_bullet else f"- {clause[:1].upper()}{clause[1:]}"
            for path, clause in chosen.clauses.items()
        }
        for line in chosen.refused:
            self.console.say(f"{note.name}: {line}")
        return chosen.suggestions

    @cached_property
    def _wording(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def _types(self) -> dict[str, NoteType | None]:
        return {}

    def _type_named(self, name: str) -> NoteType | None:
        if name not in self._types:
            folders = prompt_folders(self.root)
            known = any((folder / name / "type.toml").is_file() for folder in folders)
            self._types[name] = read_note_type(name, folders) if known else None
        return self._types[name]

    def _read(self, name: str) -> OpenNote:
        if name == "-":
            data = _require_text("standard input", read_input("-", "note", self.console))
            if self.request.read_as:
                path = self._path_in_vault(self._file(self.request.read_as))
            else:
                path = self._saved_as(data) or _path_of(data)
            return OpenNote(self.request.read_as or "standard input", path, None, data)
        file = self._file(name)
        data = _require_text(name, read_named(file))
        return OpenNote(name, self._path_in_vault(file), file, data)

    def _saved_as(self, data: bytes) -> str:
        """The note that a text from standard input is of, by its title and day; empty when it is a new one."""
        card = read_card(_path_of(data), decode_note(data))
        naming = Naming(self.index.store.postings, self.index.store.path_of)
        number = naming.resolve(card.title, "") if card.created else None
        entry = self.index.store.entries([number]).get(number) if number is not None else None
        if entry is None or (entry.title, entry.created) != (card.title, card.created):
            return ""
        self.console.say(f"standard input: taken as {entry.path}; --as NOTE names another")
        return entry.path

    def _file(self, name: str) -> Path:
        """The file that ``name`` means from here, else from the vault's folder."""
        file, inside = Path(name), self.root / name
        file = inside if inside.is_file() and not file.is_file() else file
        if file.is_dir() or file.suffix.lower() != ".md":
            raise UsageError(f"{name}: is no note; name a file that ends in .md")
        return file

    def _path_in_vault(self, file: Path) -> str:
        real = Path(os.path.realpath(file))
        for root, path in ((self.root.absolute(), file.absolute()), (self.root.resolve(), real)):
            if path.is_relative_to(root) and ".." not in path.parts:
                return path.relative_to(root).as_posix()
        return f"../{file.name}"


def _require_text(name: str, data: bytes) -> bytes:
    """``data`` as it is; UsageError where it is none that a link could be written into."""
    if b"\0" in data:
        raise UsageError(f"{name}: is not text in UTF-8; save it as UTF-8")
    return data


def _path_of(data: bytes) -> str:
    """A path for a text that has no file: its first heading is its name, so that the title's words count."""
    found = _FIRST_H1.search(decode_note(data))
    return f"../{found[1]}.md" if found else "../-.md"
