"""``enrich suggest-links -i``: one question a link, one letter an answer."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct, field

from enrich.console import Console
from enrich.output.links import suggestion_lines
from enrich.text.count import counted

if TYPE_CHECKING:
    from enrich.workspace.results import LinkFinder, OpenNote, Placed, Plan, Suggestion, Wanted

HELP = "y  make this link   n  no, and never suggest it here again   e  edit its words   s  skip   q  stop"


def talk(finder: "LinkFinder", notes: "Sequence[Wanted]", console: Console, tell_none: Callable[[str], None]) -> None:
    """Ask about the links of each note, and write what was accepted before going on to the next.

    ``q`` and the end of the answers stop; what was accepted until then is written. ``tell_none`` is told the name of a
    note for which there is nothing to ask.
    """
    for note in finder.open_all(notes):
        one = Talk(finder, note, console, sys.stdin)
        goes_on = one.run(tell_none)
        one.write()
        if not goes_on:
            return


class Talk(Struct):
    """The questions about one note."""

    finder: "LinkFinder"
    note: "OpenNote"
    console: Console
    answers: TextIO
    accepted: "list[Suggestion]" = field(default_factory=list)
    wording: dict[str, str] = field(default_factory=dict)
    """By the target's path, what the person wrote in place of our words."""

    def run(self, tell_none: Callable[[str], None]) -> bool:
        """Ask about each suggestion; False when the person wants to stop."""
        self.finder.refuse_unwritable([self.note])
        suggestions = self.finder.sure(self.note, self.finder.suggest(self.note))
        if not suggestions:
            tell_none(self.note.name)
            return True
        self.wording.update(self.finder.wording_of(self.note))
        self.say(f"{self.note.name}: {counted(len(suggestions), 'suggestion')}\n{HELP}")
        for number, suggestion in enumerate(suggestions, 1):
            placed = self.try_place(suggestion)
            self.say(f"\n[{number}/{len(suggestions)}] " + "\n".join(suggestion_lines(suggestion, placed)))
            if placed is not None and not self.decide(suggestion, placed):
                return False
        return True

    def decide(self, suggestion: "Suggestion", placed: "Placed") -> bool:
        """Ask until the answer is one; False when it is to stop."""
        while True:
            answer = self.ask("y/n/e/s/q?")
            if answer is None or answer in ("q", "quit"):
                return False
            if answer in ("y", "yes"):
                self.accepted.append(suggestion)
                return True
            if answer in ("n", "no"):
                self.dismiss(suggestion)
                return True
            if answer in ("s", "skip"):
                return True
            if answer in ("e", "edit"):
                if self.edit(suggestion, placed):
                    return True
            else:
                self.say(HELP)

    def edit(self, suggestion: "Suggestion", placed: "Placed") -> bool:
        """Let the person word the link; False when the words are no link to the target."""
        now = placed.text.rpartition("\n")[2]
        self.say(f"now:{now if now.startswith(' ') else ' ' + now}\nwrite what should stand there:")
        words = self.ask("")
        if not words:
            return False
        earlier = self.wording.get(suggestion.path, "")
        apart = now.startswith(" ") and not words.startswith((",", ";", ":"))
        self.wording[suggestion.path] = f" {words}" if apart else words
        if self.try_place(suggestion) is None:
            self.wording[suggestion.path] = earlier
            target = suggestion.target.partition("|")[0]
            self.say(f"that is not exactly one link to the note: it must hold [[{target}]] or [[{target}|words]]")
            return False
        self.accepted.append(suggestion)
        return True

    def dismiss(self, suggestion: "Suggestion") -> None:
        """Remember that this link is not wanted in this note."""
        self.finder.dismiss(suggestion.path, self.note.path)

    def try_place(self, suggestion: "Suggestion") -> "Placed | None":
        """Where the link goes beside those that were accepted; None when it finds no place."""
        plan = self.plan([*self.accepted, suggestion])
        return next((placed for placed in plan.placed if placed.suggestion == suggestion), None)

    def plan(self, suggestions: "list[Suggestion]") -> "Plan":
        """All of ``suggestions`` in the note, in the words that the person chose."""
        return self.finder.plan(self.note, suggestions, self.wording)

    def write(self) -> None:
        """Put the accepted links into the note."""
        if not self.accepted:
            return
        count = counted(len(self.accepted), "link")
        self.finder.write_plan(self.note, self.plan(self.accepted), count)
        self.console.result(self.note.name)
        self.say(f"{count} written; enrich undo takes them back")

    def say(self, text: str) -> None:
        """A part of the talk; it goes to stderr, also when quiet."""
        self.console.warn(text)

    def ask(self, question: str) -> str | None:
        """The next answer without the spaces around it; None at the end."""
        if question:
            self.say(question)
        line = self.answers.readline()
        return line.strip() if line else None
