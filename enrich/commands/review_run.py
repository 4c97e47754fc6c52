"""One run of ``enrich review``: the page, the terminal, or a report."""

import getpass
import os
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from enrich.check.check_note import Grounds
from enrich.commands.check_request import CheckRequest
from enrich.commands.check_run import Checking
from enrich.commands.edges import Setup
from enrich.commands.grounds import read_note
from enrich.commands.journal import open_journal
from enrich.commands.review_request import ReviewRequest
from enrich.console import Console
from enrich.draft.material import Material
from enrich.errors import UsageError, reason_of
from enrich.links.query import Query
from enrich.links.rank import find_candidates
from enrich.review.desk import Desk, Edges, Place
from enrich.review.opinion import kept_opinions
from enrich.review.record import record_path
from enrich.review.session import Context, Session
from enrich.vault.candidate import Candidate
from enrich.vault.journal import Journal, moving, undo, write_edit, write_edits
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.resolve import Resolver
from enrich.vault.vault import Vault, read_vault
from enrich.vault.write import find_place, place_in

CANDIDATES = 12


def run_review(request: ReviewRequest, setup: Setup, console: Console) -> None:
    """Set up the desk, then let the reviewer work, or write the report."""
    desk = _make_desk(request, setup, console)
    if request.html is not None:
        from enrich.review.report import report_html

        _write_report(request.html, report_html(desk.session()))
        console.result(str(request.html))
        return
    if request.terminal:
        from enrich.review.terminal import review_in_terminal

        review_in_terminal(desk, console.warn, sys.stdin)
    else:
        _serve(desk, request, console)
    if desk.approved is not None:
        console.result(str(desk.approved))
        if desk.approval:
            console.say(f"enrich undo {desk.approval} takes the approval back, as long as the note is not changed")


def _serve(desk: Desk, request: ReviewRequest, console: Console) -> None:
    from enrich.review.server import Gate, Review, listen, serve

    listening = listen()
    gate = Gate(f"127.0.0.1:{listening.getsockname()[1]}")
    review = Review(desk, gate)
    console.warn(f"review: {gate.address}")
    console.say("the page is open on this machine only; Ctrl-C ends it, and what was done stays done")
    if request.browser:
        webbrowser.open(gate.address)
    console.say(serve(review, listening, request.idle))


def _make_desk(request: ReviewRequest, setup: Setup, console: Console) -> Desk:
    checking = Checking(_as_check(request), setup, console)
    path = Path(os.path.realpath(request.note))
    note = read_note(path, checking.name_in_vault(path))
    root = setup.vault.resolve() if setup.vault is not None else path.parent
    if request.html is None:
        find_place(root, request.note)  # rather before the review than at its first action
    grounds, material = checking.finder.find(note)
    note_type = checking.type_of(note) or checking.usual_type
    context = Context(
        stem=path.stem,
        note_type=note_type,
        grounds=grounds,
        around=checking.around(note),
        candidates=_candidates(note, note_type, grounds, material, checking),
        publish=request.publish,
    )
    if request.llm:
        checking.read_by_model(Session(context, note.text).check, grounds.source, note)
    context = replace(context, opinions=kept_opinions(checking.opinions_path(note), grounds.source))
    state = setup.places.state
    place = Place(path, root, record_path(state, setup.vault, note.note_id, note.path))
    journal = open_journal(state, root)

    def write(file: Path, before: bytes, after: bytes, label: str) -> str:
        edit = write_edit(file, before, after, journal, label).id
        console.wrote(f"{label} in {file.name}")
        return edit

    edges = Edges(
        replace=write,
        take_back=lambda edit: undo(journal, edit),
        move=_mover(root, journal),
        now=lambda: datetime.now().astimezone(),
        who=request.reviewer or getpass.getuser(),
        incoming=lambda stem: incoming_links(read_vault(setup.vault), note, stem) if setup.vault else (),
    )
    return Desk(place, context, edges)


def _mover(root: Path, journal: Journal) -> Callable[[Path, str, bytes, bytes, str], tuple[Path, str]]:
    def move(path: Path, relative: str, before: bytes, after: bytes, label: str) -> tuple[Path, str]:
        target = place_in(root, relative)
        return target, write_edits(moving(path, target, before, after), journal, label).id

    return move


def incoming_links(vault: Vault, note: Note, stem: str) -> tuple[str, ...]:
    """Links of other notes that would lead nowhere once ``note`` is in another folder and called ``stem``."""
    resolver = Resolver(vault)
    broken = []
    for other in vault.notes:
        for link in other.links:
            fits = link.target.casefold() == stem.casefold()
            if other.path != note.path and not fits and resolver.obsidian(link.target, other.path) == note.path:
                broken.append(f"{other.path} links to it as [[{link.target}]]: change that link first")
    return tuple(broken)


def _candidates(
    note: Note, note_type: NoteType, grounds: Grounds, material: Material | None, checking: Checking
) -> tuple[Candidate, ...]:
    """The run's candidates whose link still resolves, else new ones for the note's source; best first."""
    if not checking.vault.notes:
        return ()
    resolves = checking.resolves
    if material is not None:
        return tuple(row for row in material.candidates if all(resolves(row.link.partition("|")[0])))
    text = grounds.source.text if grounds.source is not None else note.text[note.body_start :]
    query = Query(note.title, text, note.tags, created=note.created, exclude=frozenset({note.path}))
    resolver = Resolver(checking.vault, checking.setup.settings.quartz_ignore)
    return find_candidates(query, checking.vault, note_type, resolver, CANDIDATES)


def _as_check(request: ReviewRequest) -> CheckRequest:
    return CheckRequest(
        notes=(request.note,),
        source=request.source,
        text=None,
        whole_vault=False,
        note_type="",
        llm=request.llm,
        fix=False,
        as_json=False,
        fetch=request.fetch,
        allow_private=request.allow_private,
        wishes=True,
    )


def _write_report(path: Path, html: str) -> None:
    try:
        path.write_text(html, "utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{path}: {reason_of(error)}; name another file for the report") from error
