"""The only printer: results on stdout, everything else on stderr."""

import sys
from typing import TextIO


class Console:
    """Where a command's words go. Progress is shown only when stderr is a terminal."""

    def __init__(self, out: TextIO, err: TextIO, quiet: bool = False, verbose: bool = False) -> None:
        """``quiet`` keeps warnings and errors only; ``verbose`` adds `detail`."""
        self._out, self._err = out, err
        self._quiet, self._verbose = quiet, verbose
        self._live = err.isatty() and not quiet
        self._shown = 0
        self._told: set[str] = set()

    def result(self, text: str) -> None:
        """What the user asked for; ends with a line end."""
        self._clear()
        self._out.write(text if text.endswith("\n") else text + "\n")
        self._out.flush()

    def say(self, text: str) -> None:
        """A line of the report."""
        if not self._quiet:
            self._line(text)

    def warn(self, text: str) -> None:
        """A line that is shown also when quiet."""
        self._line(text)

    def warn_once(self, text: str) -> None:
        """The same, but only the first time that ``text`` is said."""
        if text not in self._told:
            self._told.add(text)
            self._line(text)

    def detail(self, text: str) -> None:
        """A line for ``--verbose``."""
        if self._verbose:
            self._line(text)

    def progress(self, text: str) -> None:
        """What is going on right now: one line that the next one replaces."""
        if self._live:
            line = printable(text)[:100]
            self._err.write("\r" + line + " " * max(0, self._shown - len(line)))
            self._err.flush()
            self._shown = len(line)

    def _line(self, text: str) -> None:
        self._clear()
        self._err.write(printable(text) + "\n")
        self._err.flush()

    def _clear(self) -> None:
        if self._shown:
            self._err.write("\r" + " " * self._shown + "\r")
            self._shown = 0


def printable(text: str) -> str:
    """``text`` without what could drive the terminal: page and model text may hold escape sequences."""
    return "".join(char if char in "\n\t" or char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def standard_console(quiet: bool = False, verbose: bool = False) -> Console:
    """The console of this process."""
    return Console(sys.stdout, sys.stderr, quiet, verbose)
