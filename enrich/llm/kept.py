"""Replies that are kept in the moment they arrive, so that what was paid for once is never asked again.

A reply is kept before anybody reads it: one that turns out not to be valid, and the one that mends it, are as dear as
others. It is looked up by prompt and by its place in the talk about that prompt, not by the request: what an endpoint
takes may be known better when the prompt comes up again.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import asdict

from enrich.llm.budget import Meter
from enrich.llm.completion import AnswerError, Completion, EndpointError, Exchange, Prompt
from enrich.llm.conversation import Transport


class KeptReply(Struct, frozen=True):
    """A reply that arrived."""

    exchange: Exchange
    share: float = 1.0
    """Of the price that was paid."""


class Replies(Protocol):
    """Where the replies to one draft's prompts are kept."""

    def recall(self, asked: str, place: int) -> KeptReply | None:
        """The reply number ``place``, from 0, to the prompt ``asked``; None when it is not there."""
        ...

    def keep(self, asked: str, place: int, reply: KeptReply) -> None:
        """Keep it, written through to the disk before this returns."""
        ...

    def doubt(self, asked: str) -> None:
        """The replies to ``asked`` gave no completion: whoever tries the draft anew asks anew."""
        ...


def ask_once(
    prompt: Prompt,
    replies: Replies | None,
    transport: Transport,
    talk: Callable[[Transport], Completion],
    meter: Meter,
    share: float = 1.0,
) -> Completion:
    """The completion that ``talk`` gets of a transport which gives what is kept and keeps what it is given.

    Requests cost a ``share`` of their price. Without ``replies`` nothing is kept.
    """
    if replies is None:
        return talk(transport)
    asked = hash_prompt(prompt)
    try:
        return talk(_KeptTransport(transport, replies, asked, meter, share))
    except (AnswerError, EndpointError):
        replies.doubt(asked)
        raise


class _KeptTransport:
    """Stands before another transport (implements `Transport`)."""

    def __init__(self, transport: Transport, replies: Replies, asked: str, meter: Meter, share: float) -> None:
        self._transport, self._replies, self._asked, self._meter = transport, replies, asked, meter
        self._share, self._place = share, 0

    def begin(self) -> None:
        """See `Transport`."""
        self._transport.begin()

    def sleep(self, seconds: float) -> None:
        """See `Transport`."""
        self._transport.sleep(seconds)

    def chance(self) -> float:
        """See `Transport`."""
        return self._transport.chance()

    def may_go_on(self, seconds: float) -> bool:
        """See `Transport`."""
        return self._transport.may_go_on(seconds)

    def send(self, request: Mapping[str, Any], waited: float, on_text: Callable[[str], None]) -> Exchange:
        """The kept exchange, which is booked as paid before; else what the transport gives, kept if it is whole."""
        kept = self._replies.recall(self._asked, self._place)
        if kept is not None:
            exchange = kept.exchange
            self._meter.book_earlier(exchange, kept.share)
        else:
            exchange = self._transport.send(request, waited, on_text)
            if exchange.failure is not None or exchange.reply is None:
                return exchange
            self._replies.keep(self._asked, self._place, KeptReply(exchange, self._share))
        self._place += 1
        return exchange


def hash_prompt(prompt: Prompt) -> str:
    """The same for the same messages and schema."""
    text = json.dumps([[asdict(message) for message in prompt.messages], prompt.schema], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
