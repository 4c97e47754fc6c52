"""The replies to the prompts of one entry, in the state of the inbox."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from enrich.inbox.store import Store
from enrich.llm.budget import Meter, Spent
from enrich.llm.kept import KeptReply
from enrich.llm.recording import exchange_from_dict, exchange_to_dict


class EntryReplies(Struct, frozen=True):
    """See `enrich.llm.kept.Replies`, which it implements."""

    store: Store
    number: int
    doubted: set[str] = field(default_factory=set)
    """Prompts whose replies gave no completion."""

    def recall(self, asked: str, place: int) -> KeptReply | None:
        """See `Replies`."""
        saved = self.store.reply(self.number, asked, place)
        return None if saved is None else _kept(saved)

    def keep(self, asked: str, place: int, reply: KeptReply) -> None:
        """See `Replies`."""
        content = {"share": reply.share, "exchange": exchange_to_dict(reply.exchange)}
        self.store.save_reply(self.number, asked, place, content)

    def spent(self, meter: Meter) -> Spent:
        """What all that is kept has cost."""
        kept = [_kept(content) for content in self.store.replies(self.number)]
        return sum((meter.price_reply(reply.exchange, reply.share) for reply in kept), Spent())

    def doubt(self, asked: str) -> None:
        """See `Replies`."""
        self.doubted.add(asked)


def _kept(content: Mapping[str, Any]) -> KeptReply:
    return KeptReply(exchange_from_dict(content["exchange"]), float(content["share"]))
