"""What a person has ticked is drafted: at once, or with the answers of a batch."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from enrich.errors import UsageError
from enrich.inbox.job import Distributed
from enrich.inbox.plan_row import Row, read_plan
from enrich.inbox.report import write_report
from enrich.inbox.store import Store
from enrich.llm.client import import_client
from enrich.workspace.cluster import cluster_executor
from enrich.workspace.deliver import By
from enrich.workspace.drafted import Drafted
from enrich.workspace.held_vault import HeldVault, hold
from enrich.workspace.inbox import create_file, find_airlock, open_inbox
from enrich.workspace.inbox_batch import keep_rows, open_transport, require_model, submit_waiting
from enrich.workspace.inbox_entry import Way, draft_entry
from enrich.workspace.inbox_plan import find_plan
from enrich.workspace.jobs import Done, in_hand, run_jobs
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import BatchOptions, DraftOptions


def draft_inbox(
    opened: OpenVault, named: Path | None, options: DraftOptions, batch: BatchOptions
) -> Iterator[Done[str, Drafted]]:
    """Draft the ticked entries of a plan, each as it is done or the reason why it is not; a report at the end."""
    opened.require_engine()
    opened.meter.require_price(opened.settings.model, batch.allowance)
    file = find_plan(opened, named)
    rows = read_plan(file.read_text("utf-8", "replace"), opened.types)
    with _at_work(opened, batch) as (store, held), ExitStack() as stack:
        make = By().make
        if batch.cluster:
            make = Distributed(stack.enter_context(cluster_executor(batch.cluster))).draft_note
        faults, wanted = _sort_out(rows, store, batch.by_batch)
        if not wanted and not faults:
            raise UsageError(f"{file.name}: nothing in it is ticked and left to draft; tick what you want, save it")
        way = Way(make, options, batch.by_batch)
        if way.is_batch:
            keep_rows(opened, store, wanted)
        try:
            for place, (number, fault) in enumerate(faults.items()):
                yield Done(place, f"entry {number}", None, UsageError(f"entry {number}: {fault}"))
            for done in _draft_rows(held, store, wanted, way, batch.jobs):
                yield replace(done, number=len(faults) + done.number)
            if way.is_batch:
                submit_waiting(held, store)
        finally:
            unticked = {row.number: "is not ticked" for row in rows if not row.ticked}
            create_file(find_airlock(opened), write_report(date.today(), store.entries(), unticked | faults), "report")


def collect_inbox(opened: OpenVault, options: DraftOptions, batch: BatchOptions) -> Iterator[Done[str, Drafted]]:
    """Fetch the answers of batches that are over, draft what they make possible, and submit what is still to be asked.

    A batch that is still under way is told. What `draft_inbox` says of each entry holds here too.
    """
    from enrich.inbox.batched import fetch_answers, kept_rows  # the client of the endpoint takes half a second

    opened.require_engine()
    require_model(opened)
    with _at_work(opened, batch) as (store, held):
        with open_transport(held) as transport:
            states = list(fetch_answers(store, transport, opened.reporter.say))
        rows = kept_rows(store)
        if not rows and not states and not store.unsent_batches():
            raise UsageError("inbox: no entry waits for a batch; begin one with enrich inbox draft --batch")
        try:
            yield from _draft_rows(held, store, rows, Way(By().make, options, is_batch=True), batch.jobs)
            submit_waiting(held, store)
        finally:
            if not kept_rows(store) and not store.open_batches():
                create_file(find_airlock(opened), write_report(date.today(), store.entries(), {}), "report")


@contextmanager
def _at_work(opened: OpenVault, batch: BatchOptions) -> Iterator[tuple[Store, HeldVault]]:
    """State and vault, held for this process; whatever is asked meanwhile is held to the allowance."""
    with (
        open_inbox(opened) as store,
        hold(opened, batch.jobs) as held,
        opened.meter.account(batch.allowance, "all of them"),
    ):
        yield store, held


def _draft_rows(
    held: HeldVault, store: Store, rows: Sequence[Row], way: Way, jobs: int
) -> Iterator[Done[str, Drafted]]:
    """Each entry, by its address, as it is done."""
    if held.settings.model:
        import_client()
    for done in run_jobs(in_hand(jobs), rows, lambda row: draft_entry(held, store, row, way), held.stop):
        entry = store.entry(done.item.number)
        yield Done(done.number, entry.url if entry else "", done.result, done.error)


def _sort_out(rows: Sequence[Row], store: Store, by_batch: bool) -> tuple[dict[int, str], list[Row]]:
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
        elif not by_batch and store.waits_for_batch(row.number):
            faults[row.number] = "waits for the answer of a batch; enrich inbox collect drafts it"
        else:
            wanted.append(row)
    return faults, wanted
