"""A rule of the house style: a small function with an id, a level and a reason."""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from msgspec import Struct

from enrich.check.finding import Finding, Level
from enrich.check.style.layout import Layout
from enrich.text.span import Span
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import Limits


class Fault(NamedTuple):
    """What a rule found, before it is signed with the rule's id."""

    section: str
    message: str
    span: Span | None = None


class Subject(Struct, frozen=True):
    """A note and what it is held to."""

    layout: Layout
    note_type: NoteType
    taken_ids: Collection[str] = ()
    """The ``note_id`` of every other note."""
    resolves: Callable[[str], tuple[bool, bool]] | None = None
    """Whether a link's target is found by Obsidian and by Quartz."""
    allow_unresolved: Collection[str] = ()

    @property
    def text(self) -> str:
        """The note's text."""
        return self.layout.text


class Rule(Struct, frozen=True):
    """One rule; `check` yields a fault for every place that does not keep it."""

    id: str
    reason: str
    """One line that says what the rule asks for."""
    check: Callable[[Subject], Iterable[Fault]]
    of_shape: bool = False
    """Asked only of notes that have the type's sections."""
    wish: bool = False
    """No must, whatever its id says: the type's table calls its limits wishes."""

    @property
    def level(self) -> Level:
        """``S…`` rules are wishes, every other one is a must unless the type says otherwise."""
        return "should" if self.wish or self.id.startswith("S") else "must"

    def findings(self, subject: Subject) -> tuple[Finding, ...]:
        """The rule's faults in the note, signed."""
        return tuple(
            Finding(self.id, self.level, fault.section, fault.message, fault.span, self.reason)
            for fault in self.check(subject)
        )


def outside(count: int, limits: Limits) -> bool:
    """Whether ``count`` is lower or higher than ``limits`` allow."""
    return not limits[0] <= count <= limits[1]


def say(limits: Limits) -> str:
    """Limits in words: ``3``, ``3 to 4``."""
    low, high = limits
    return str(low) if low == high else f"{low} to {high}"
