"""How a vault's author writes links, where no setting says it: in which form, with which path, under which heading."""

import json
import posixpath
from collections import Counter
from collections.abc import Collection, Iterator

from msgspec import Struct, field

from enrich.links.link_list import NAMES, ListHeading, bare_name, is_list_of_links, read_lists
from enrich.text.typed import build
from enrich.vault.app_settings import LinkFormat
from enrich.vault.note import Note
from enrich.vault.wikilink import MarkdownLink, address_span

_FEWEST = 3
"""Links in Markdown's form, and notes with a list under one heading, that make a habit. Chosen by hand."""


class LinkHabits(Struct, frozen=True):
    """The form that most of the vault's links have."""

    markdown: bool = False
    """Most are in Markdown's form."""
    format: LinkFormat = "relative"
    """How much of the path those hold; in doubt, what every reader of Markdown follows."""
    in_brackets: bool = False
    """An address with spaces stands in angle brackets."""
    ending: bool = True
    """Addresses hold ``.md``."""
    dotted: bool = False
    """Addresses begin with ``./``."""
    heading: ListHeading | None = None
    """What lists of links stand under; None where no heading is usual."""


def read_habits(value: str) -> LinkHabits:
    """The habits that ``json.dumps(take_apart(habits))`` wrote; the usual ones where it wrote none."""
    return build(LinkHabits, json.loads(value or "{}"))


class HabitCounter(Struct):
    """Counts the links of notes, one after the other."""

    wikilinks: int = 0
    marks: Counter[str] = field(default_factory=Counter)
    headings: Counter[ListHeading] = field(default_factory=Counter)
    addresses: list[tuple[str, str]] = field(default_factory=list)
    """The folder of a note, and the path that a link in it holds, with its ending."""

    def add(self, note: Note) -> None:
        """Take the links of a note in."""
        if not (note.links or note.contents.markdown_links):
            return
        self.wikilinks += sum(link.makes_backlink and not link.embed for link in note.links)
        self._add_headings(note)
        for link in note.contents.markdown_links:
            if not link.embed and link.may_be_note:
                self._add_address(note, link)

    def _add_headings(self, note: Note) -> None:
        lists = read_lists(note.text, note.contents)
        own = (one for one in lists.sections if is_list_of_links(note.text, one, lists.of(one)))
        self.headings.update({one.heading for one in own if one.heading.level > 1})

    def _add_address(self, note: Note, link: MarkdownLink) -> None:
        span = address_span(note.text, link)
        written = span.of(note.text).partition("#")[0]
        has_ending = written[-3:].lower() == ".md"
        self.marks["links"] += 1
        self.marks["ending"] += has_ending
        self.marks["dotted"] += written.startswith("./")
        if " " in link.target:
            self.marks["spaces"] += 1
            self.marks["brackets"] += note.text[span.start - 1 : span.start] == "<"
        self.addresses.append((note.folder, link.target if has_ending else f"{link.target}.md"))

    def habits(self, paths: Collection[str]) -> LinkHabits:
        """What most links are like, in a vault with notes at ``paths``."""
        marks, heading = self.marks, self._heading()
        if marks["links"] < _FEWEST or marks["links"] <= self.wikilinks:
            return LinkHabits(heading=heading)
        return LinkHabits(
            markdown=True,
            format=self._format(set(paths)),
            in_brackets=2 * marks["brackets"] > marks["spaces"],
            ending=2 * marks["ending"] >= marks["links"],
            dotted=2 * marks["dotted"] > marks["links"],
            heading=heading,
        )

    def _heading(self) -> ListHeading | None:
        """The usual one, in its most frequent spelling; one that says what such lists are before any other."""
        totals: Counter[str] = Counter()
        for heading, count in self.headings.items():
            totals[bare_name(heading.name)] += count
        usual = [heading for heading in self.headings if totals[bare_name(heading.name)] >= _FEWEST]
        return max(
            usual,
            key=lambda one: (bare_name(one.name) in NAMES, totals[bare_name(one.name)], self.headings[one]),
            default=None,
        )

    def _format(self, paths: Collection[str]) -> LinkFormat:
        votes = Counter(vote for folder, target in self.addresses for vote in _formats_of(folder, target, paths))
        return max(("relative", "absolute", "shortest"), key=lambda name: votes[name])


def _formats_of(folder: str, target: str, paths: Collection[str]) -> Iterator[LinkFormat]:
    """The kind of path that the address is, where it can be of one kind only."""
    relative = posixpath.normpath(posixpath.join(folder, target)) in paths
    absolute = target in paths
    if relative and not absolute:
        yield "relative"
    elif absolute and not relative:
        yield "absolute"
    elif not relative and "/" not in target:
        yield "shortest"
