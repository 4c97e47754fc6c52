"""``enrich draft``: a headline and a URL become a draft note for review."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct
from msgspec.structs import replace

from enrich.commands.addresses import is_document, read_addresses
from enrich.commands.fill import print_filled
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
from enrich.commands.opening import open_workspace, parse_date, read_input
from enrich.commands.page_options import AllowPrivate, Html, Language, Model, Text
from enrich.console import Console, standard_console
from enrich.errors import EnrichError, UsageError
from enrich.text.count import counted
from enrich.text.shell import quote_path
from enrich.vault.root import find_vault, find_vault_of
from enrich.workspace.options import UNKNOWN_ADDRESS, Allowance, BatchOptions, DraftOptions, FillOptions, Given

if TYPE_CHECKING:
    from enrich.workspace.results import Drafted
    from enrich.workspace.workspace import Workspace


def draft(
    urls: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="URL", help="Articles' addresses, one note each, or a PDF; - reads a list on standard input."
        ),
    ] = None,
    url: Annotated[
        str, typer.Option(metavar="URL", help="One more address; it is cited also with --html and --text.")
    ] = "",
    title: Annotated[
        str | None, typer.Option(metavar="HEADLINE", help="The article's headline, where the page's own is wrong.")
    ] = None,
    vault: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="The vault [default: ENRICH_VAULT, else the nearest parent with .obsidian or .enrich]."
        ),
    ] = None,
    html: Html = None,
    text: Text = None,
    model: Model = None,
    note_type: Annotated[
        str | None,
        typer.Option(
            "--type", "-t", metavar="TYPE", help="Note type, a folder of prompts [default: that of most notes]."
        ),
    ] = None,
    created: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Date of the note [default: the article's].")
    ] = None,
    note_title: Annotated[
        str | None, typer.Option(metavar="TITLE", help="Title of the note [default: the model's].")
    ] = None,
    language: Language = None,
    see_also: Annotated[
        str | None,
        typer.Option(metavar="notes|concepts|auto", help="What the see-also line links to [default: notes]."),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="PATH|-", help="Write the note there, not into the vault.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Note on stdout, nothing written.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object on stdout, or one a line for several addresses.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 6 and no file when a must rule or evidence fails.")
    ] = False,
    record: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep the run folder there.")] = None,
    replay: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Make the note of a run folder again, offline.")
    ] = None,
    redo: Annotated[
        list[str] | None,
        typer.Option(metavar="SECTION", help="Write this section of a note again, from what its run kept: give NOTE."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Go on when the vault has a note on this page already.")
    ] = False,
    no_reader: Annotated[
        bool, typer.Option("--no-reader", help="No second reading of what a model drafted (see ENRICH_READER).")
    ] = False,
    allow_private: AllowPrivate = False,
    jobs: Jobs = 4,
    max_cost: MaxCost = None,
    max_tokens: MaxTokens = None,
    max_cost_each: MaxCostEach = None,
    max_tokens_each: MaxTokensEach = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No report, only errors.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="The whole report, and more about each step.")
    ] = False,
) -> None:
    """Draft notes from articles, into the vault's airlock folder.

    Each draft's path goes to stdout, a report to stderr. Nothing is ever overwritten.
    """
    console = standard_console(quiet, verbose)
    urls = urls or []
    if len(urls) == 1 and html is None and text is None and is_document(urls[0]):
        html, url, urls = urls[0], url or UNKNOWN_ADDRESS, []
    given = (*((url,) if url else ()), *urls)
    request = _Request(html, text, output, dry_run, record, replay)
    if redo:
        note = _note_to_redo(request, given)
        parts = FillOptions(
            sections=tuple(redo),
            note_type=note_type or "",
            stored=True,
            apply=not dry_run,
            strict=strict,
            allowance=_smaller(Allowance(max_cost, max_tokens), Allowance(max_cost_each, max_tokens_each)),
            reader=not no_reader,
        )
        workspace = open_workspace(console, vault, None if vault else find_vault_of(note), model=model)
        print_filled(workspace.fill(note, parts), console, as_json)
        return
    _refuse_contradictions(request, given)
    addresses = read_addresses(given, read_list(given, console))
    several = len(addresses) > 1 or "-" in given
    if several:
        _refuse_for_several(request, title, note_title, created)
    options = DraftOptions(
        headline=title,
        page=_read_given(html, "page", console),
        text=_read_given(text, "text", console),
        created=parse_date(created),
        note_title=note_title or "",
        language=language or "",
        output=Path(output) if output not in (None, "-") else None,
        keep_out=dry_run or output == "-" or (replay is not None and vault is None),
        strict=strict,
        record=record,
        again=again,
        allow_private=allow_private,
        allowance=Allowance(max_cost_each, max_tokens_each),
        allowance_flag="-each",
        reader=not no_reader,
    )
    if given and not addresses:
        raise UsageError("-: the list on standard input has no address; write one a line")
    workspace = open_workspace(console, vault, model=model, type=note_type, see_also=see_also)
    whole = Allowance(max_cost, max_tokens)
    if several:
        drafting = _Drafting(workspace, options, console, as_json)
        files = {word: Given(word, read_input(word, "document", console)) for word in addresses if is_document(word)}
        raise typer.Exit(drafting.draft_all(addresses, BatchOptions(jobs, whole, files=files)))
    drafting = _Drafting(workspace, _for_one(options, whole), console, as_json)
    if replay is None:
        drafting.draft(addresses[0])
    else:
        drafting.replay(replay)


class _Request(Struct, frozen=True):
    """The command line, as far as contradictions are looked for in it."""

    html: str | None
    text: str | None
    output: str | None
    dry_run: bool
    record: Path | None
    replay: Path | None


class _Drafting(Struct, frozen=True):
    """One call: what is asked of the workspace, and how the answer is printed."""

    workspace: "Workspace"
    options: DraftOptions
    console: Console
    as_json: bool

    def draft(self, url: str) -> None:
        """Draft one page."""
        from enrich.workspace.drafted import UnwrittenError

        try:
            self.print(self.workspace.draft(url, self.options))
        except UnwrittenError as error:
            self.show(error.drafted)
            raise

    def draft_all(self, urls: Sequence[str], batch: BatchOptions) -> int:
        """Draft several pages at once; a line for each when it is done, results in order. The worst exit code."""
        shown = InOrder(partial(show_done, console=self.console, as_json=self.as_json))
        codes: list[int] = []
        session, left = self.console.session, dict(enumerate(urls))
        session.waiting = tuple(left.values())
        try:
            for done in self.workspace.draft_all(urls, self.options, batch):
                del left[done.number]
                session.waiting = tuple(left.values())
                codes.append(say_done(done, self.console, self.review_command))
                shown.add(done)
                self.console.progress(f"{len(codes)} of {len(urls)} done")
        finally:
            shown.show_rest()
        self.console.say(f"{codes.count(0)} of {counted(len(urls), 'page')} drafted")
        return max(codes, default=0)

    def replay(self, run: Path) -> None:
        """Make the draft of a run folder again; with ``--record`` the model is asked anew."""
        target = self.options.record
        if target is None:
            self.print(self.workspace.replay(run, self.options))
        else:
            self.print(self.workspace.record_again(run, target, self.options))

    def print(self, drafted: "Drafted") -> None:
        """The result on stdout, the report on stderr, what to do next last."""
        for warning in drafted.warnings:
            self.console.warn(warning)
        self.show(drafted)
        for line in drafted.report if self.console.verbose else drafted.brief:
            self.console.say(line)
        if drafted.run is not None:
            self.console.detail(f"run: {drafted.run}")
        if drafted.new_folder is not None:
            self.console.say(f"folder: {drafted.new_folder} was not there and was made")
        if drafted.file is not None:
            self.console.say(f"next: {self.review_command(drafted.file)}")
        if drafted.failure:
            raise EnrichError(drafted.failure)

    def show(self, drafted: "Drafted") -> None:
        """The one result on stdout: the envelope, the path, or the note."""
        if self.as_json:
            self.console.result(json.dumps(drafted.to_dict(), ensure_ascii=False, indent=1))
        else:
            self.console.result(drafted.text if drafted.file is None else str(drafted.file))

    def review_command(self, file: Path) -> str:
        """What to type next. The vault is named where `review` would not find it by itself."""
        near = find_vault(file.resolve().parent)
        root = self.workspace.root
        found = root is None or (near is not None and near.resolve() == root.resolve())
        return f"enrich review {quote_path(file)}" + ("" if found or root is None else f" --vault {quote_path(root)}")


def _for_one(options: DraftOptions, whole: Allowance) -> DraftOptions:
    """Of one draft, a batch's budget and its own are the same; the smaller one holds."""
    return replace(options, allowance=_smaller(whole, options.allowance), allowance_flag="")


def _smaller(whole: Allowance, each: Allowance) -> Allowance:
    costs = [cost for cost in (whole.max_cost, each.max_cost) if cost is not None]
    tokens = [count for count in (whole.max_tokens, each.max_tokens) if count is not None]
    return Allowance(min(costs, default=None), min(tokens, default=None))


def _note_to_redo(request: "_Request", given: Sequence[str]) -> Path:
    """The one note whose section is written again; UsageError for another page, or what makes a new note."""
    if len(given) != 1 or "://" in given[0]:
        raise UsageError("--redo: writes a section of a note that is there; give the path of one note")
    other = {"--html": request.html, "--text": request.text, "--output": request.output, "--record": request.record,
             "--replay": request.replay}  # fmt: skip
    if named := next((name for name, value in other.items() if value), ""):
        raise UsageError(f"--redo and {named}: what is written again rests on the note's own run; leave {named} out")
    return Path(given[0])


def _read_given(name: str | None, what: str, console: Console) -> Given | None:
    return None if name is None else Given(name, read_input(name, what, console))


def read_list(given: Sequence[str], console: Console) -> str:
    """What stands on standard input, where ``-`` asks for it; UsageError when that is no text."""
    if "-" not in given:
        return ""
    try:
        return read_input("-", "list of addresses", console).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError("-: the list is not text in UTF-8; write one address a line") from error


def _refuse_for_several(request: _Request, title: str | None, note_title: str | None, created: str | None) -> None:
    """One headline, page, date or file does not fit several articles."""
    single = {
        "--html": request.html,
        "--text": request.text,
        "--title": title,
        "--note-title": note_title,
        "--date": created,
        "--record": request.record,
        "--replay": request.replay,
        "--output": request.output,
    }
    for name, value in single.items():
        if value:
            raise UsageError(
                f"{name}: belongs to one article, and several were given; draft that one in a run of its own"
            )


def _refuse_contradictions(request: _Request, given: Sequence[str]) -> None:
    if not given and request.replay is None:
        raise UsageError(
            "URL: is missing; give the article's address, also with --html or --text, so that it can be cited"
        )
    if given and request.replay is not None:
        raise UsageError(
            "--replay: makes the note of a run folder again, and that names its page; leave the address out"
        )
    if "-" in given and "-" in (request.html, request.text):
        raise UsageError("-: standard input can be read once; give --html or --text a file")
    if request.html and request.text:
        raise UsageError("--html and --text: only one of them can be the article; leave one out")
    if request.html == request.text == "-":
        raise UsageError("-: standard input can be read once; give one of --html and --text a file")
    if request.dry_run and request.output not in (None, "-"):
        raise UsageError("--dry-run and --output: one writes nothing, the other a file; leave one out")
