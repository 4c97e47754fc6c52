"""The console: results alone on stdout, nothing that drives the terminal on stderr."""

import io

import pytest

from enrich.console import Console, Progress, takes_colours


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


def test_a_silent_step_says_for_how_long() -> None:
    """While a model thinks, the line counts the seconds, also through steps that go on from each other."""
    seconds = iter([100.0, 100.0, 101.0, 107.0, 107.0, 130.0, 130.0])
    terminal = Terminal()
    progress = Progress(terminal, lambda: next(seconds))
    progress.show("asking gpt-x", goes_on=False)
    progress.tick()
    assert " s" not in terminal.getvalue()
    progress.tick()
    assert terminal.getvalue().endswith("asking gpt-x · 7 s")
    progress.show("gpt-x is writing", goes_on=True)
    assert terminal.getvalue().endswith("gpt-x is writing · 7 s")
    progress.show("checking", goes_on=False)
    assert terminal.getvalue().rstrip().endswith("checking")
    progress.clear()
    before = terminal.getvalue()
    progress.tick()
    assert terminal.getvalue() == before


def test_an_error_wipes_the_progress_of_the_command() -> None:
    """The command's console and the one that prints its error share the terminal's line."""
    terminal = Terminal()
    Console(io.StringIO(), terminal).progress("fetching")
    Console(io.StringIO(), terminal).warn("enrich: no")
    assert terminal.getvalue().endswith("\r        \renrich: no\n")


def test_colours_mark_the_first_word_only_where_they_are_wanted() -> None:
    """An error stands out; a log, and whoever sets NO_COLOR, gets plain text."""
    plain, coloured = io.StringIO(), Terminal()
    Console(io.StringIO(), plain).warn("enrich: no such page")
    Console(io.StringIO(), coloured, colours=True).warn("enrich: no such page")
    assert plain.getvalue() == "enrich: no such page\n"
    assert coloured.getvalue() == "\x1b[31menrich:\x1b[0m no such page\n"


def test_results_have_no_colours() -> None:
    """What a script reads is the same in a terminal."""
    out = Terminal()
    Console(out, Terminal(), colours=True).result("links: 3")
    assert out.getvalue() == "links: 3\n"


@pytest.mark.parametrize(
    ("env", "wanted"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_no_color_and_a_dumb_terminal_are_respected(env: dict[str, str], wanted: bool) -> None:
    """The convention of no-color.org: set and not empty means no colours."""
    assert takes_colours(Terminal(), env) is wanted
    assert takes_colours(io.StringIO(), env) is False


def test_an_interrupted_command_says_what_it_wrote() -> None:
    """Ctrl-C leaves nobody guessing."""
    console = Console(io.StringIO(), io.StringIO())
    assert console.session.say_interrupted() == "interrupted; nothing was written"
    console.session.waiting = ("https://d.example/",)
    for name in ("a.md", "a.md", "b.md", "c.md", "d.md"):
        console.wrote(name)
    assert console.session.say_interrupted() == (
        "interrupted; written: a.md, b.md, c.md and 1 more; not done: https://d.example/"
    )
