"""``enrich inbox``: sources are collected, planned, approved by a person, and drafted."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enrich.command_line import QuickCommand
from enrich.commands.addresses import with_scheme
from enrich.commands.many import (
    InOrder,
    Jobs,
    MaxCost,
    MaxCostEach,
    MaxTokens,
    MaxTokensEach,
    say_done,
    show_done,
)
from enrich.commands.opening import open_workspace, read_input
from enrich.commands.page_options import AllowPrivate
from enrich.console import Console, standard_console
from enrich.errors import UsageError
from enrich.text.count import counted
from enrich.text.shell import quote_path
from enrich.workspace.options import Allowance, BatchOptions, DraftOptions, Given, PlanOptions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enrich.workspace.results import Done, Drafted

inbox = typer.Typer(rich_markup_mode=None, add_completion=False, no_args_is_help=True)

Vault = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="The vault [default: ENRICH_VAULT, else the nearest parent with .obsidian]."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No report, only errors.")]


Strict = Annotated[bool, typer.Option("--strict", help="No file where a must rule or evidence fails.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="The whole report of each draft.")]


@inbox.callback()
def _inbox() -> None:
    """Draft many notes: add sources, plan, tick what you want in the plan, draft."""


@inbox.command("add", cls=QuickCommand)
def add(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="URL|FILE|-", help="Addresses; lists, CSV tables and feeds; - for standard input."),
    ],
    vault: Vault = None,
    quiet: Quiet = False,
) -> None:
    """Put sources into the inbox; what it or the vault has already is said and left out.

    A list has one address a line, a headline after a tab, comments after #. A table has the columns url,
    title and date.
    """
    console = standard_console(quiet)
    files = [word for word in sources if word == "-" or Path(word).is_file()]
    urls = [with_scheme(word) for word in sources if word not in files]
    lists = [Given(word, read_input(word, "list of addresses", console)) for word in files]
    added = open_workspace(console, vault).add_to_inbox(urls, lists)
    for url, where in added.known:
        console.say(f"known: {url}: {where}")
    for url in added.new:
        console.result(url)
    for error in added.refused:
        console.warn(f"enrich: {error}")
    console.say(f"{counted(len(added.new), 'source')} added; next: enrich inbox plan")
    raise typer.Exit(max((error.exit_code for error in added.refused), default=0))


@inbox.command("plan", cls=QuickCommand)
def plan(
    vault: Vault = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, max=64, help="Pages read at once.")] = 4,
    delay: Annotated[float, typer.Option(metavar="SECONDS", min=0, help="Between two requests to one host.")] = 1.0,
    again: Annotated[bool, typer.Option("--again", help="Try those again that could not be read.")] = False,
    allow_private: AllowPrivate = False,
    quiet: Quiet = False,
) -> None:
    """Read every new source and write a plan into the airlock: one Markdown file to tick and edit.

    Nothing is asked of a model, and nothing is drafted that a person has not ticked.
    """
    console = standard_console(quiet)
    options = PlanOptions(jobs, delay, again, allow_private)
    planned = open_workspace(console, vault).plan_inbox(options)
    console.result(str(planned.file))
    for entry in planned.refused:
        console.say(f"not read: {entry.number} {entry.reason}")
    told = f"{len(planned.refused)} not read"
    if planned.refused and not again:
        told += " (--again tries them once more)"
    console.say(
        f"{counted(len(planned.proposals), 'entry', 'entries')} planned, {told}; "
        "tick what you want in it, then: enrich inbox draft"
    )


@inbox.command("draft", cls=QuickCommand)
def draft(
    plan: Annotated[
        Path | None, typer.Argument(metavar="[PLAN]", help="The plan [default: the last one in the airlock].")
    ] = None,
    vault: Vault = None,
    model: Annotated[
        str | None, typer.Option("--model", "-m", metavar="MODEL", help='Model to ask; "" for the no-model engine.')
    ] = None,
    jobs: Jobs = 4,
    max_cost: MaxCost = None,
    max_tokens: MaxTokens = None,
    max_cost_each: MaxCostEach = None,
    max_tokens_each: MaxTokensEach = None,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Check and compose on a dask cluster: tcp://HOST:8786.")
    ] = "",
    by_batch: Annotated[
        bool, typer.Option("--batch", help="Ask by the provider's Batch API: within a day, at half the price.")
    ] = False,
    strict: Strict = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Draft exactly the ticked entries of a plan, from the saved pages; run again to go on after an end.

    Nothing is drafted twice and no answer is paid for twice. A report is written into the airlock.
    """
    console = standard_console(quiet, verbose)
    workspace = open_workspace(console, vault, model=model)
    options = DraftOptions(strict=strict, allowance=Allowance(max_cost_each, max_tokens_each), allowance_flag="-each")
    if by_batch and cluster:
        raise UsageError(
            "--batch and --cluster: a batch's answers come later, with enrich inbox collect; leave one out"
        )
    batch = BatchOptions(jobs, Allowance(max_cost, max_tokens), cluster, by_batch)
    codes = _tell(workspace.draft_inbox(plan, options, batch), console, as_json)
    if not by_batch:
        drafted = f"{codes.count(0)} of {counted(len(codes), 'entry', 'entries')} drafted"
        console.say(f"{drafted}; a report is in the airlock")
    raise typer.Exit(max(codes, default=0))


@inbox.command("collect", cls=QuickCommand)
def collect(
    vault: Vault = None,
    model: Annotated[str | None, typer.Option("--model", "-m", metavar="MODEL", help="The batch's model.")] = None,
    jobs: Jobs = 4,
    max_cost: MaxCost = None,
    max_tokens: MaxTokens = None,
    strict: Strict = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Fetch what batches have answered and write the drafts; what has to be asked again goes into another batch.

    Run it until no entry waits: nothing is drafted twice and no answer is paid for twice.
    """
    console = standard_console(quiet, verbose)
    workspace = open_workspace(console, vault, model=model)
    batch = BatchOptions(jobs, Allowance(max_cost, max_tokens), by_batch=True)
    codes = _tell(workspace.collect_inbox(DraftOptions(strict=strict), batch), console, as_json)
    raise typer.Exit(max(codes, default=0))


def _tell(results: "Iterable[Done[str, Drafted]]", console: Console, as_json: bool) -> list[int]:
    """A line for each result as it comes, the drafts in order on stdout; the exit codes."""
    shown, codes = InOrder(lambda done: show_done(done, console, as_json)), list[int]()
    try:
        for done in results:
            codes.append(say_done(done, console, lambda file: f"enrich review {quote_path(file)}"))
            shown.add(done)
    finally:
        shown.show_rest()
    return codes


@inbox.command("status", cls=QuickCommand)
def status(
    vault: Vault = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an entry and line.")] = False,
) -> None:
    """Show every entry and how far it is."""
    console = standard_console()
    entries = open_workspace(console, vault).list_inbox()
    for entry in entries:
        about = entry.path or entry.reason
        if as_json:
            row = {"number": entry.number, "url": entry.url, "state": entry.state, "path": entry.path}
            console.result(json.dumps(row | {"reason": entry.reason, "cost": entry.cost}, ensure_ascii=False))
        else:
            console.result(f"{entry.number} {entry.state}: {entry.url}{f' ({about})' if about else ''}")
    console.say(f"{counted(len(entries), 'entry', 'entries')}")
