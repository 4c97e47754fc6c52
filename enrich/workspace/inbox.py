"""The inbox: sources are added, read and planned; what a person has ticked is drafted from what was saved."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from enrich.draft.context import DraftContext, context_from_dict, context_to_dict
from enrich.draft.expect import expect_tokens
from enrich.draft.gather import refuse_known_address, tags_in_source
from enrich.draft.section import clean_title
from enrich.draft.title import shorten
from enrich.errors import BudgetError, EnrichError, ExistsError, SourceError, UsageError
from enrich.inbox.entry import Entry
from enrich.inbox.given import Given, is_feed, read_feed, read_given
from enrich.inbox.job import Distributed
from enrich.inbox.plan import Proposal, Row, read_plan, write_plan
from enrich.inbox.report import write_report
from enrich.inbox.saved_engine import SavedEngine
from enrich.inbox.store import Store, open_store
from enrich.inbox.story import DAYS, Stories, digest_text, story_words
from enrich.llm.budget import Meter, Spent, most_tokens
from enrich.llm.completion import Engine, Usage, WaitingError
from enrich.llm.prompt import build_prompt
from enrich.source.address import address_key
from enrich.source.extract import extract_source
from enrich.source.fetch import fetch_page
from enrich.source.limits import Limits
from enrich.source.politeness import Politeness, spread
from enrich.source.saved_page import read_page
from enrich.source.source import source_to_dict
from enrich.source.unknown_address import UNKNOWN_ADDRESS
from enrich.text.count import counted
from enrich.vault.link_text import LinkText
from enrich.vault.note_id import format_note_id, next_note_id, parse_note_id
from enrich.vault.note_type import NoteType
from enrich.vault.reserve import read_drafts
from enrich.vault.walk import is_plan, plan_name
from enrich.vault.write import create_note, find_place
from enrich.workspace.cluster import cluster_executor
from enrich.workspace.draft import By, Drafted, Make, draft_context, gather
from enrich.workspace.held_vault import HeldVault, Whose, hold
from enrich.workspace.jobs import Done, StoppedError, run_jobs
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import BatchOptions, DraftOptions, PlanOptions
from enrich.workspace.options import Given as File
from enrich.workspace.read_source import read_source

if TYPE_CHECKING:
    from enrich.llm.batch import BatchTransport
    from enrich.llm.client import LiveEngine

_ROUNDS = 1.3
"""Chosen, not measured: requests for a draft, of which some are asked once more."""
_TAGS = 4
"""Chosen: as many topics as a note has at most."""
_RELATED = 3
"""Chosen: what a person looks at in a plan of fifty entries."""
_LIKELY = 0.2
"""Chosen: the score from which a note is shown as being about the same, as see-also links take it."""


class Added(Struct, frozen=True):
    """What came of adding sources."""

    new: tuple[str, ...]
    known: tuple[tuple[str, str], ...]
    """Address, and where it is already."""
    refused: tuple[EnrichError, ...] = ()
    """Why a document was not added."""


class Planned(Struct, frozen=True):
    """A plan in the airlock."""

    file: Path
    proposals: tuple[Proposal, ...]
    refused: tuple[Entry, ...]
    estimate: Spent


@contextmanager
def open_inbox(opened: OpenVault) -> Iterator[Store]:
    """The state of the vault's inbox; ExistsError when another process works on it."""
    name = sha256(os.fsencode(opened.folder.resolve())).hexdigest()[:24]
    with open_store(opened.places.state / "inbox" / name, opened.folder) as store:
        yield store


def add_sources(opened: OpenVault, sources: Iterable[Given]) -> Added:
    """Put sources into the inbox that neither it nor the vault has."""
    new, known, refused = [], [], []
    cited = {address_key(url): note.path for note in opened.vault.notes for url in note.urls}
    with open_inbox(opened) as store:
        for given in sources:
            try:
                url, save = _read_document(given, store) if given.document else (given.url, None)
            except SourceError as error:
                refused.append(error)
                continue
            path = cited.get(address_key(url))
            number, is_new = (0, False) if path else store.add(url, given.headline, given.day)
            if not is_new:
                known.append((given.url, f"{path} cites it" if path else f"is entry {number}"))
                continue
            new.append(url)
            if save is not None:
                save(number)
    return Added(tuple(new), tuple(known), tuple(refused))


def _read_document(given: Given, store: Store) -> tuple[str, Callable[[int], None]]:
    """The address of a file, and how its evidence is kept: it is read at once, because it may be gone later."""
    page = read_page(given.document, UNKNOWN_ADDRESS, given.url)
    source = extract_source(page, date.today(), given.headline or None)
    return source.url, lambda number: store.save_evidence(number, page, source, digest_text(source.text))


def read_lists(urls: Sequence[str], lists: Sequence[File]) -> list[Given]:
    """The addresses, and the sources of each list; UsageError for a list that is none."""
    return [*map(Given, urls), *(row for given in lists for row in read_given(given.name, given.data))]


def list_inbox(opened: OpenVault) -> list[Entry]:
    """Every entry."""
    with open_inbox(opened) as store:
        return store.entries()


def plan_inbox(opened: OpenVault, options: PlanOptions) -> Planned:
    """Read what was not read yet, and write a plan of all that can be drafted into the airlock."""
    place = _airlock(opened)
    with open_inbox(opened) as store, hold(opened) as held:
        _read_all(held, store, options)
        proposals = tuple(_propose(held, store))
        refused = tuple(store.entries("refused"))
        if not proposals:
            raise UsageError(f"inbox: {_nothing(refused)}; add sources with enrich inbox add")
        estimate = sum((spent for _, spent in proposals), Spent())
        rows = tuple(row for row, _ in proposals)
        told = f"about {estimate}" if opened.settings.model else "no model is set, so that they cost nothing"
        text = write_plan(date.today(), rows, refused, told)
        return Planned(_create(place, text), rows, refused, estimate)


def _nothing(refused: Sequence[Entry]) -> str:
    return f"nothing to plan, {counted(len(refused), 'entry', 'entries')} could not be read" if refused else "is empty"


def _airlock(opened: OpenVault) -> Path:
    return find_place(opened.folder, opened.folder / opened.settings.airlock)


def _create(place: Path, text: str, what: str = "") -> Path:
    number = 1
    while (place / plan_name(date.today(), number, what)).exists():
        number += 1
    return create_note(place, plan_name(date.today(), number, what), text.encode())


def _read_all(held: HeldVault, store: Store, options: PlanOptions) -> None:
    """The evidence of each new entry, or why there is none."""
    waiting = store.entries("new", "refused") if options.again else store.entries("new")
    polite, tell = Politeness(options.delay), held.reporter
    work = spread(waiting, lambda entry: entry.url)
    if not work:
        return
    for count, done in enumerate(
        run_jobs(options.jobs, work, lambda row: _read(held, store, row, polite, options), held.stop), 1
    ):
        tell.progress(f"{count} of {len(work)} read")
        if done.error is not None and not isinstance(done.error, StoppedError):
            store.refuse(done.item.number, str(done.error))
    _read_all(held, store, replace(options, again=False))  # the articles of feeds that stood among them


def _read(held: HeldVault, store: Store, entry: Entry, polite: Politeness, options: PlanOptions) -> None:
    wanted = DraftOptions(headline=entry.headline or None, allow_private=options.allow_private)
    told = held.telling(Whose(entry.url, held.reporter))
    refuse_known_address(held.vault, entry.url)
    try:
        page, source = polite.fetch(
            entry.url, lambda: read_source(entry.url, wanted, date.today(), told.reporter, held.run_worker)
        )
    except SourceError as error:
        raise _open_feed(store, entry, error, polite, options) from error
    refuse_known_address(held.vault, source.url)
    digest = digest_text(source.text)
    with held.turn:
        other = store.same_text(digest)
        if other is not None and other != entry.number:
            raise ExistsError(f"{entry.url}: has the text of entry {other}; one of them is enough")
        store.save_evidence(entry.number, page, source, digest)


def _open_feed(store: Store, entry: Entry, error: SourceError, polite: Politeness, options: PlanOptions) -> SourceError:
    """Add the articles of a feed that was named as a source; what its entry is refused for."""
    if not is_feed(error):
        return error
    limits = Limits(allow_private=options.allow_private)
    articles = read_feed(entry.url, polite.fetch(entry.url, lambda: fetch_page(entry.url, limits)).body)
    new = sum(store.add(row.url, row.headline, row.day)[1] for row in articles)
    return SourceError(f"{entry.url}: is a feed; {counted(new, 'article')} of it were added")


def _propose(held: HeldVault, store: Store) -> Iterator[tuple[Proposal, Spent]]:
    stories, note_type, numbers = Stories(), held.usual_type, dict[str, int]()
    entries = {entry.number: entry for entry in store.entries("planned", "failed", "drafted")}
    for entry in entries.values():
        source = entry.source
        if source is None:
            continue
        words = story_words(source.title, source.text)
        others = stories.same_story(words, source.published, source.site)
        same = [_other(entries[number], source.published) for number in others]
        stories.add(entry.number, words, source.published, source.site)
        if entry.state == "drafted":
            continue
        context, spent = _estimate(held, entry, note_type)
        day = entry.day or source.published or date.today()
        tags = tags_in_source(source, held.vault, note_type)[:_TAGS]
        store.propose(entry.number, ", ".join(tags))
        yield Proposal(
            entry=entry,
            note_type=note_type.name,
            title=shorten(clean_title(source.title), note_type.title_characters[1]),
            tags=tags,
            day=day,
            folder=f"{held.settings.airlock}/{note_type.draft_folder(day)}",
            note_id=_note_id(held, note_type, day, numbers),
            estimate=f"about {spent}" if held.settings.model else "no model",
            written=_written(held, context),
            same_story=[*same, *_told_before(held, context, words)],
            warnings=context.warnings,
        ), spent  # fmt: skip


def _note_id(held: HeldVault, note_type: NoteType, day: date, numbers: dict[str, int]) -> str:
    """The next id of the day, counted on from the vault's: each looked for among all would take the square of them."""
    if not note_type.code:
        return ""
    key = f"{note_type.code}{day}"
    if key not in numbers:
        parsed = parse_note_id(next_note_id(note_type.code, day, held.note_ids))
        numbers[key] = parsed.number - 1 if parsed else 0
    numbers[key] += 1
    return format_note_id(f"{day:%y%m%d}", note_type.code, numbers[key])


def _estimate(held: HeldVault, entry: Entry, note_type: NoteType) -> tuple[DraftContext, Spent]:
    """The context as it would be now, and what asking for the draft would take: a half of the most tokens."""
    assert entry.source is not None
    context = gather(held, entry.source, DraftOptions(created=entry.day), note_type=note_type)
    exemplars = [exemplar.text for exemplar in context.exemplars]
    prompt = build_prompt(note_type, context.source, context.candidates, exemplars, context.known_tags)
    asked = most_tokens({"messages": [message.content for message in prompt.messages]}) // 2
    answered = expect_tokens(note_type.written_by_model, head=True)
    usage = Usage(round(asked * _ROUNDS), round(answered * _ROUNDS))
    return context, held.meter.price(held.settings.model, usage)


def _written(held: HeldVault, context: DraftContext) -> list[tuple[date | None, LinkText]]:
    likely = [row for row in context.candidates if row.score >= _LIKELY][:_RELATED]
    rows = [(held.vault.by_path[row.path].created, row.link) for row in likely]
    return sorted(rows, key=lambda row: row[0] or date.min)


def _told_before(held: HeldVault, context: DraftContext, words: frozenset[str]) -> Iterator[str]:
    """Notes of about the same day that share the words of the story."""
    for row in context.candidates:
        note = held.vault.by_path[row.path]
        shared = words & story_words(note.title, row.line)
        if note.created and abs((context.created - note.created).days) <= DAYS and len(shared) >= DAYS:
            yield f"Same story, {_apart(note.created, context.created)}: [[{row.link}]]"


def _other(entry: Entry, day: date | None) -> str:
    source = entry.source
    assert source is not None
    when = _apart(source.published, day) if source.published and day else "day unknown"
    return f"Same story, {when}: entry {entry.number}"


def _apart(there: date, here: date) -> str:
    days = (here - there).days
    if not days:
        return "the same day"
    return f"{'one day' if abs(days) == 1 else f'{abs(days)} days'} {'earlier' if days > 0 else 'later'}"


def find_plan(opened: OpenVault, named: Path | None) -> Path:
    """The plan that was named, else the last one in the airlock; UsageError when there is none."""
    if named is not None:
        if not named.is_file():
            raise UsageError(f"{named}: is no file; name a plan that enrich inbox plan wrote")
        return named
    there = _airlock(opened).glob("enrich inbox *.md")
    found = [path for path in there if is_plan(path.name) and " report " not in path.name]
    if not found:
        raise UsageError("inbox: no plan is in the airlock; make one with enrich inbox plan")
    return max(found, key=lambda path: (path.stat().st_mtime_ns, path.name))


def draft_inbox(
    opened: OpenVault, named: Path | None, options: DraftOptions, batch: BatchOptions
) -> Iterator[Done[str, Drafted]]:
    """Draft the ticked entries of a plan, each as it is done or the reason why it is not; a report at the end."""
    opened.require_engine()
    opened.meter.require_price(opened.settings.model, batch.allowance)
    file = find_plan(opened, named)
    rows = read_plan(file.read_text("utf-8", "replace"), opened.types)
    with ExitStack() as stack:
        store, held = stack.enter_context(open_inbox(opened)), stack.enter_context(hold(opened))
        stack.enter_context(opened.meter.account(batch.allowance, "all of them"))
        make = By().make
        if batch.cluster:
            make = Distributed(stack.enter_context(cluster_executor(batch.cluster))).draft_note
        faults, wanted = _sort_out(rows, store)
        if not wanted and not faults:
            raise UsageError(f"{file.name}: nothing in it is ticked and left to draft; tick what you want, save it")
        by = _Way(make, batch.by_batch)
        if by.is_batch:
            from enrich.inbox.batched import keep_row  # the client of the endpoint takes half a second

            require_model(opened)
            for row in wanted:
                store.forget_failures(row.number)
                keep_row(store, row)
        try:
            for place, (number, fault) in enumerate(faults.items()):
                yield Done(place, f"entry {number}", None, UsageError(f"entry {number}: {fault}"))
            for done in run_jobs(batch.jobs, wanted, lambda row: _draft(held, store, row, options, by), held.stop):
                entry = store.entry(done.item.number)
                yield Done(len(faults) + done.number, entry.url if entry else "", done.result, done.error)
            if by.is_batch:
                _submit(held, store)
        finally:
            unticked = {row.number: "is not ticked" for row in rows if not row.ticked}
            _create(_airlock(opened), write_report(date.today(), store.entries(), unticked | faults), "report")


def collect_inbox(opened: OpenVault, options: DraftOptions, batch: BatchOptions) -> Iterator[Done[str, Drafted]]:
    """Fetch the answers of batches that are over, draft what they make possible, and submit what is still to be asked.

    A batch that is still under way is told. What `draft_inbox` says of each entry holds here too.
    """
    from enrich.inbox.batched import fetch_answers, kept_rows  # as above

    opened.require_engine()
    require_model(opened)
    with open_inbox(opened) as store, hold(opened) as held, opened.meter.account(batch.allowance, "all of them"):
        tell = opened.reporter
        with _transport(held) as transport:
            states = list(fetch_answers(store, transport, tell.say))
        rows = kept_rows(store)
        if not rows and not states and not store.unsent_batches():
            raise UsageError("inbox: no entry waits for a batch; begin one with enrich inbox draft --batch")
        by = _Way(By().make, is_batch=True)
        try:
            for done in run_jobs(batch.jobs, rows, lambda row: _draft(held, store, row, options, by), held.stop):
                entry = store.entry(done.item.number)
                yield Done(done.number, entry.url if entry else "", done.result, done.error)
            _submit(held, store)
        finally:
            if not kept_rows(store) and not store.open_batches():
                _create(_airlock(opened), write_report(date.today(), store.entries(), {}), "report")


class _Way(Struct, frozen=True):
    """How drafts are made."""

    make: Make
    is_batch: bool = False


def require_model(opened: OpenVault) -> None:
    """UsageError without a model: nobody else has a Batch API."""
    if not opened.settings.model:
        raise UsageError("--batch: no model is set; name one with -m MODEL or ENRICH_MODEL")


def _transport(held: HeldVault) -> "BatchTransport":
    from enrich.llm.batch import BatchTransport
    from enrich.llm.transport import Clock

    return BatchTransport(held.engine().endpoint, Clock())


def _submit(held: HeldVault, store: Store) -> None:
    from enrich.inbox.batched import submit_wanted

    with _transport(held) as transport:
        if sent := submit_wanted(store, transport):
            held.reporter.say(
                f"{counted(sent, 'request')} submitted as a batch, answered within a day; next: enrich inbox collect"
            )


def _sort_out(rows: Sequence[Row], store: Store) -> tuple[dict[int, str], list[Row]]:
    """By number, why an entry of a plan cannot be drafted; and those that can."""
    faults, wanted = dict[int, str](), list[Row]()
    for row in rows:
        entry = store.entry(row.number)
        if row.fault:
            faults[row.number] = row.fault
        elif not row.ticked or (entry is not None and entry.state == "drafted"):
            continue
        elif entry is None or entry.source is None:
            faults[row.number] = f"{'is not in the inbox' if entry is None else 'was not read'}; plan again"
        else:
            wanted.append(row)
    return faults, wanted


def _draft(held: HeldVault, store: Store, row: Row, options: DraftOptions, by: _Way) -> Drafted | None:
    """The draft of an entry from what was saved; None when an earlier run had written it before it was ended."""
    entry = store.entry(row.number)
    assert entry is not None
    assert entry.source is not None
    told = held.telling(Whose(f"entry {row.number}", held.reporter), partial(_keeping, store, row.number, by))
    try:
        if store.context(row.number) is not None and (path := _written_before(held, entry)):
            store.save_drafted(row.number, path, "", "")
            return None
        held.claim_page(entry.source.url)
        context = _context(told, store, row, entry)
        with held.meter.account(options.allowance, f"entry {row.number}", options.allowance_flag) as account:
            drafted = draft_context(told, context, store.page(row.number), options, account, By(by.make))
    except (StoppedError, BudgetError, WaitingError):
        raise
    except EnrichError as error:
        store.refuse(row.number, str(error), "failed")
        raise
    cost = str(drafted.spent) if drafted.spent and drafted.spent.requests else ""
    store.save_drafted(row.number, drafted.path or "", cost, drafted.brief[3])
    return drafted


def _keeping(store: Store, number: int, by: _Way, live: "LiveEngine") -> Engine:
    """Writer and second reader of an entry, whose every answer is kept when it arrives."""
    if not by.is_batch:
        return SavedEngine(store, number, live)
    from enrich.inbox.batched import EntryAnswers
    from enrich.llm.batch import BatchEngine

    answers = EntryAnswers(store, number)
    return SavedEngine(store, number, BatchEngine(live.endpoint, live.memory, answers, live.meter or Meter()))


def _written_before(held: HeldVault, entry: Entry) -> str:
    """The path of a draft in the airlock that cites the entry's page; empty when there is none."""
    assert entry.source is not None
    key, place = address_key(entry.source.url), _airlock(held)
    drafts = read_drafts(place)
    found = next((note.path for note in drafts.notes if any(address_key(url) == key for url in note.urls)), "")
    return f"{held.settings.airlock}/{found}" if found else ""


def _context(held: HeldVault, store: Store, row: Row, entry: Entry) -> DraftContext:
    """What the draft is made from: settled once, so that a second run asks the same and pays nothing twice."""
    assert entry.source is not None
    topics = () if row.tags == entry.proposed else tuple(filter(None, row.tags.split(", ")))
    saved = store.context(row.number)
    if saved is not None and saved["note_type"] == row.note_type:
        context = context_from_dict(saved, source_to_dict(entry.source))
    else:
        note_type = held.type_named(row.note_type)
        context = gather(held, entry.source, DraftOptions(created=row.day), row.title, note_type)
    context = replace(context, created=row.day or context.created, note_title=row.title, topics=topics)
    store.save_context(row.number, context_to_dict(context))
    return context
