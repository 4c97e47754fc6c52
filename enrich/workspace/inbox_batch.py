"""What of an inbox goes through the provider's Batch API."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from enrich.errors import UsageError
from enrich.inbox.plan_row import Row
from enrich.inbox.store import Store
from enrich.text.count import counted
from enrich.workspace.held_vault import HeldVault
from enrich.workspace.open_vault import OpenVault

if TYPE_CHECKING:
    from enrich.llm.batch import BatchTransport

# The client of the endpoint takes half a second to import, and most runs of an inbox submit no batch.


def require_model(opened: OpenVault) -> None:
    """UsageError without a model: nobody else has a Batch API."""
    if not opened.settings.model:
        raise UsageError("--batch: no model is set; name one with -m MODEL or ENRICH_MODEL")


def keep_rows(opened: OpenVault, store: Store, rows: Sequence[Row]) -> None:
    """Keep what a person has ticked until the answers are there; what failed before is asked anew."""
    from enrich.inbox.batched import keep_row

    require_model(opened)
    for row in rows:
        store.forget_failures(row.number)
        keep_row(store, row)


def open_transport(held: HeldVault) -> "BatchTransport":
    """Where batches are sent, and their answers fetched."""
    from enrich.llm.batch import BatchTransport
    from enrich.llm.transport import Clock

    return BatchTransport(held.engine().endpoint, Clock())


def submit_waiting(held: HeldVault, store: Store) -> None:
    """Submit every request that waits, and tell how many there are."""
    from enrich.inbox.batched import submit_wanted

    with open_transport(held) as transport:
        if sent := submit_wanted(store, transport):
            held.reporter.say(
                f"{counted(sent, 'request')} submitted as a batch, answered within a day; next: enrich inbox collect"
            )
