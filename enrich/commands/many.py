"""What the commands share that draft several pages: options of a budget, and how each result is told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enrich.console import Console

if TYPE_CHECKING:
    from enrich.workspace.results import Done, Drafted

Jobs = Annotated[
    int, typer.Option("--jobs", "-j", metavar="N", min=1, max=64, help="Drafts that a model writes at once.")
]
MaxCost = Annotated[
    float | None, typer.Option("--max-cost", metavar="AMOUNT", min=0, help="Ask no more when this could be passed.")
]
MaxTokens = Annotated[
    int | None, typer.Option("--max-tokens", metavar="N", min=0, help="The same in tokens, of prompt and answer.")
]
MaxCostEach = Annotated[
    float | None, typer.Option("--max-cost-each", metavar="AMOUNT", min=0, help="The same for each draft alone.")
]
MaxTokensEach = Annotated[
    int | None, typer.Option("--max-tokens-each", metavar="N", min=0, help="In tokens, for each draft alone.")
]


class InOrder:
    """Shows what comes in any order in the order of its numbers, as early as that is possible."""

    def __init__(self, show: "Callable[[Done[str, Drafted]], None]") -> None:
        self._show, self._next = show, 0
        self._waiting: dict[int, Done[str, Drafted]] = {}

    def add(self, done: "Done[str, Drafted]") -> None:
        """Show it now, or when those before it have come."""
        self._waiting[done.number] = done
        while self._next in self._waiting:
            self._show(self._waiting.pop(self._next))
            self._next += 1

    def show_rest(self) -> None:
        """Show what has come, whatever is missing before it."""
        for number in sorted(self._waiting):
            self._show(self._waiting.pop(number))


def say_done(done: "Done[str, Drafted]", console: Console, review_command: Callable[[Path], str]) -> int:
    """A line on stderr about what has become of one page; its exit code."""
    if done.error is not None:
        console.warn(f"enrich: {_about(done.item, str(done.error))}")
        return done.error.exit_code
    drafted = done.result
    if drafted is None:
        console.say(f"drafted before: {done.item}")
        return 0
    for warning in drafted.warnings:
        console.warn(f"{done.item}: {warning}")
    if console.verbose:
        for line in drafted.report:
            console.say(line)
    cost = f"; {drafted.spent}" if drafted.spent is not None and drafted.spent.requests else ""
    following = f"; next: {review_command(drafted.file)}" if drafted.file is not None else ""
    console.say(f"drafted: {drafted.draft.note.title}; {drafted.evidence}{cost}{following}")
    return 0


def show_done(done: "Done[str, Drafted]", console: Console, as_json: bool) -> None:
    """The result on stdout: a path or the note, or one JSON object a line, failures too."""
    if done.result is not None:
        drafted = done.result
        one = json.dumps(drafted.to_dict(), ensure_ascii=False)
        console.result(one if as_json else drafted.text if drafted.file is None else str(drafted.file))
    elif as_json and done.error is not None:
        console.result(json.dumps({"url": done.item, "error": str(done.error), "exit_code": done.error.exit_code}))


def _about(url: str, message: str) -> str:
    """The message, beginning with the page that it is about."""
    return message if url in message else f"{url}: {message}"
