"""One entry of the inbox: its draft, from what was saved."""

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from enrich.draft.context import DraftContext, context_from_dict, context_to_dict
from enrich.errors import BudgetError, EnrichError
from enrich.inbox.entry import Entry
from enrich.inbox.entry_replies import EntryReplies
from enrich.inbox.plan_row import Row
from enrich.inbox.store import Store
from enrich.llm.budget import Meter, Spent
from enrich.llm.completion import Engine, WaitingError
from enrich.source.address import address_key
from enrich.source.source import source_to_dict
from enrich.vault.reserve import read_drafts
from enrich.workspace.deliver import By, Make
from enrich.workspace.draft import draft_context, gather
from enrich.workspace.drafted import Drafted
from enrich.workspace.held_vault import HeldVault, Whose
from enrich.workspace.inbox import find_airlock
from enrich.workspace.jobs import StoppedError
from enrich.workspace.options import DraftOptions

if TYPE_CHECKING:
    from enrich.llm.client import LiveEngine

_ENDED = "written as an earlier run was ended: look at all of it"


class Way(Struct, frozen=True):
    """How drafts are made."""

    make: Make
    options: DraftOptions
    is_batch: bool = False


def draft_entry(held: HeldVault, store: Store, row: Row, way: Way) -> Drafted | None:
    """The draft of an entry from what was saved; None when an earlier run had written it before it was ended."""
    entry = store.entry(row.number)
    assert entry is not None
    assert entry.source is not None
    replies = EntryReplies(store, row.number)
    options, told = (
        way.options,
        held.telling(Whose(f"entry {row.number}", held.reporter), partial(_keeping, replies, way)),
    )
    try:
        if store.context(row.number) is not None and (path := _written_before(held, entry)):
            store.save_drafted(row.number, path, _tell_cost(replies.spent(held.meter)), _ENDED)
            return None
        held.claim_page(entry.source.url)
        context = _context(told, store, row, entry)
        with held.meter.account(options.allowance, f"entry {row.number}", options.allowance_flag) as account:
            drafted = draft_context(told, context, store.page(row.number), options, account, By(way.make))
    except (StoppedError, BudgetError, WaitingError):
        raise
    except EnrichError as error:
        store.fail(row.number, str(error), replies.doubted)
        raise
    store.save_drafted(row.number, drafted.path or "", _tell_cost(drafted.spent), drafted.brief[3])
    return drafted


def _tell_cost(spent: Spent | None) -> str:
    return str(spent) if spent and spent.requests else ""


def _keeping(replies: EntryReplies, way: Way, live: "LiveEngine") -> Engine:
    """Writer and second reader of an entry, whose every reply is kept when it arrives."""
    from enrich.llm.batch import BatchEngine
    from enrich.llm.client import LiveEngine

    if not way.is_batch:
        return LiveEngine(live.endpoint, live.memory, live.clock, live.meter, replies)
    from enrich.inbox.batched import EntryAnswers

    answers = EntryAnswers(replies.store, replies.number)
    return BatchEngine(live.endpoint, live.memory, answers, live.meter or Meter(), replies)


def _written_before(held: HeldVault, entry: Entry) -> str:
    """The path of a draft in the airlock that cites the entry's page; empty when there is none."""
    assert entry.source is not None
    key, place = address_key(entry.source.url), find_airlock(held)
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
