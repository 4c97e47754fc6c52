"""``enrich fill``: the parts that a note lacks, drafted from the page that it cites."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enrich.commands.many import MaxCost, MaxTokens
from enrich.commands.opening import open_workspace, read_input
from enrich.commands.page_options import AllowPrivate, Html, Language, Model, Text
from enrich.console import Console, standard_console
from enrich.errors import UsageError
from enrich.text.shell import quote_path
from enrich.vault.root import find_vault_of
from enrich.workspace.options import Allowance, FillOptions, Given

if TYPE_CHECKING:
    from enrich.workspace.results import Filled


def fill(
    note: Annotated[Path, typer.Argument(metavar="NOTE", help="The note to fill.")],
    section: Annotated[
        list[str] | None,
        typer.Option("--section", "-s", metavar="S", help="Write this section, in place of what stands there."),
    ] = None,
    keywords: Annotated[bool, typer.Option("--keywords", help="Write the keywords.")] = False,
    description: Annotated[bool, typer.Option("--description", help="Write the description.")] = False,
    property_: Annotated[
        list[str] | None,
        typer.Option("--property", metavar="KEY", help="Write this property, which the type asks the model for."),
    ] = None,
    see_also: Annotated[bool, typer.Option("--see-also", help="Write the see-also line.")] = False,
    linkage: Annotated[bool, typer.Option("--linkage", help="Write the linkage tree.")] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write what is shown into the note; enrich undo takes it back.")
    ] = False,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL|RUN",
            help="Write from this page or text [default: the note's run folder, else the cited page, fetched].",
        ),
    ] = None,
    html: Html = None,
    text: Text = None,
    url: Annotated[str, typer.Option(metavar="URL", help="Its address, where the note cites none.")] = "",
    title: Annotated[
        str | None, typer.Option(metavar="HEADLINE", help="Its headline, where --html or --text has none.")
    ] = None,
    model: Model = None,
    note_type: Annotated[
        str | None, typer.Option("--type", "-t", metavar="TYPE", help="Note type [default: the note's own].")
    ] = None,
    language: Language = None,
    vault: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The vault [default: the nearest parent of the note, then as for draft]."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 6, nothing written, when a must rule or evidence fails.")
    ] = False,
    no_reader: Annotated[
        bool, typer.Option("--no-reader", help="No second reading of what a model wrote (see ENRICH_READER).")
    ] = False,
    allow_private: AllowPrivate = False,
    max_cost: MaxCost = None,
    max_tokens: MaxTokens = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No report, only errors.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="The whole report, and more about each step.")
    ] = False,
) -> None:
    """Write what a note lacks, from the page that it cites: sections, keywords, description, links.

    The change goes to stdout as a diff, and into the note with --apply. Without a part all that are
    missing are written; a section with words in it only where it is named, and my take never.
    """
    console = standard_console(quiet, verbose)
    if sum(1 for one in (source, html, text) if one is not None) > 1:
        raise UsageError("--source, --html and --text: only one of them can be the source; leave the others out")
    options = FillOptions(
        sections=tuple(section or ()),
        keywords=keywords,
        description=description,
        properties=tuple(property_ or ()),
        see_also=see_also,
        linkage=linkage,
        language=language or "",
        note_type=note_type or "",
        source=source or "",
        page=None if html is None else Given(html, read_input(html, "page", console)),
        text=None if text is None else Given(text, read_input(text, "text", console)),
        headline=title,
        url=url,
        apply=apply,
        strict=strict,
        allow_private=allow_private,
        allowance=Allowance(max_cost, max_tokens),
        reader=not no_reader,
    )
    workspace = open_workspace(console, vault, None if vault else find_vault_of(note), model=model)
    print_filled(workspace.fill(note, options), console, as_json)


def print_filled(filled: "Filled", console: Console, as_json: bool) -> None:
    """The diff on stdout, the report on stderr, what to do next last."""
    shown = json.dumps(filled.to_dict(), ensure_ascii=False, indent=1) if as_json else filled.patch.removesuffix("\n")
    if shown:
        console.result(shown)
    if not filled.parts:
        console.say(f"{filled.path}: lacks nothing of its type")
        return
    for line in filled.report if console.verbose else filled.brief:
        console.say(line)
    if filled.drafted is not None and filled.drafted.run is not None:
        console.detail(f"run: {filled.drafted.run}")
    if not filled.patch:
        console.say(f"{filled.path}: {', '.join(filled.parts)} would be as before; nothing to write")
    elif filled.edit is None:
        console.say(f"next: the same with --apply writes it into {quote_path(filled.file)}")
    else:
        console.say(f"written; next: enrich check {quote_path(filled.file)}")
