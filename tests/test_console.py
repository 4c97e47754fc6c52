"""The console: results alone on stdout, nothing that drives the terminal on stderr."""

import io

from enrich.console import Console


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Always."""
        return True


def test_results_and_report_do_not_mix() -> None:
    """A script that reads stdout gets the result and nothing else."""
    out, err = io.StringIO(), io.StringIO()
    console = Console(out, err)
    console.say("a report")
    console.result("the result")
    assert (out.getvalue(), err.getvalue()) == ("the result\n", "a report\n")


def test_progress_is_for_terminals_only() -> None:
    """A log file is not filled with carriage returns."""
    plain, terminal = io.StringIO(), Terminal()
    Console(io.StringIO(), plain).progress("fetching")
    Console(io.StringIO(), terminal).progress("fetching")
    assert plain.getvalue() == ""
    assert "fetching" in terminal.getvalue()


def test_progress_is_wiped_before_a_line() -> None:
    """The last progress line does not stand in front of the report."""
    terminal = Terminal()
    console = Console(io.StringIO(), terminal)
    console.progress("fetching")
    console.say("done")
    assert terminal.getvalue().endswith("\r        \rdone\n")


def test_quiet_keeps_warnings() -> None:
    """With --quiet an error is still said."""
    err = io.StringIO()
    console = Console(io.StringIO(), err, quiet=True)
    console.say("report")
    console.warn("error")
    assert err.getvalue() == "error\n"


def test_escape_sequences_of_a_page_do_not_reach_the_terminal() -> None:
    """A page's title cannot recolour, retitle or clear the user's terminal."""
    err = Terminal()
    console = Console(io.StringIO(), err)
    console.say("title \x1b]0;owned\x07\x1b[2J \u202e")
    console.progress("fetching \x1b[2J")
    assert "\x1b" not in err.getvalue()
    assert "\u202e" not in err.getvalue()
