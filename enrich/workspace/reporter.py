"""What a verb tells while it works. Its result is returned; this is for whoever waits for it."""

from typing import Protocol


class Reporter(Protocol):
    """Takes progress and warnings: the terminal of a command, or nobody."""

    def progress(self, text: str, goes_on: bool = False) -> None:
        """What is going on right now; ``goes_on``: a new word on the step before."""

    def say(self, text: str) -> None:
        """Something that a person may want to know."""

    def warn(self, text: str) -> None:
        """Something that a person has to know."""

    def warn_once(self, text: str) -> None:
        """The same, however often it is found."""

    def detail(self, text: str) -> None:
        """What only somebody who asks for every detail wants."""

    def wrote(self, what: str) -> None:
        """``what`` is written: an interrupted command can say so."""


class Silence:
    """Tells nobody: for programs, which look at results."""

    def progress(self, text: str, goes_on: bool = False) -> None:
        """Nothing."""

    def say(self, text: str) -> None:
        """Nothing."""

    def warn(self, text: str) -> None:
        """Nothing."""

    def warn_once(self, text: str) -> None:
        """Nothing."""

    def detail(self, text: str) -> None:
        """Nothing."""

    def wrote(self, what: str) -> None:
        """Nothing."""
