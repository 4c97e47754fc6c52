"""Draft many pages at once: the vault opened once, one limiter and one budget for all."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from msgspec.structs import replace

from enrich.llm.client import import_client
from enrich.source.unknown_address import UNKNOWN_ADDRESS
from enrich.workspace.draft import draft_note
from enrich.workspace.drafted import Drafted
from enrich.workspace.held_vault import Whose, hold
from enrich.workspace.jobs import Done, in_hand, run_jobs
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import BatchOptions, DraftOptions


def draft_all(
    opened: OpenVault, urls: Sequence[str], options: DraftOptions, batch: BatchOptions
) -> Iterator[Done[str, Drafted]]:
    """Each draft as it is done, or the reason why there is none; what fails does not stop the rest.

    Ctrl-C ends it when the drafts that have begun to cost are written and given.
    """
    opened.require_engine()
    opened.meter.require_price(opened.settings.model, batch.allowance)
    tell = opened.reporter

    def tell_rest(count: int) -> None:
        tell.say(f"finishing {count} that have begun; Ctrl-C once more gives them up")

    if opened.settings.model:
        import_client()
    with hold(opened, batch.jobs) as held, opened.meter.account(batch.allowance, "all of them"):

        def draft(url: str) -> Drafted:
            told = held.telling(Whose(urlsplit(url).hostname or url, tell))
            if file := batch.files.get(url):
                return draft_note(told, UNKNOWN_ADDRESS, replace(options, page=file))
            return draft_note(told, url, options)

        yield from run_jobs(
            in_hand(batch.jobs), urls, draft, held.stop, lambda count: tell_rest(count) if count else None
        )
