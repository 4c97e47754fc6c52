"""What requests may cost, and what they did: prices of the user's own table, accounts, and the meter at the door.

Every request of a process goes through a `Meter`, whoever makes it. It is charged to all accounts that are open where
it is made: a batch's, and within it a draft's. Before a request is sent its worst case is held against each account;
afterwards that is replaced by what the endpoint counted.
"""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from typing import Any

from msgspec import Struct, field

from enrich.errors import BudgetError, SettingsError
from enrich.llm.allowance import NO_LIMIT, Allowance
from enrich.llm.completion import Exchange, Failure, Usage
from enrich.llm.limiter import OVERLOADED, Admission, Limiter
from enrich.llm.slots import Slots

ANSWER_TOKENS = 8_000
"""Chosen: the longest answer that is asked for where a budget holds; a draft takes a quarter of it."""
_ASCII = bytes(range(128))
"""The bytes that are a character each in UTF-8."""
_MILLION = 1_000_000
"""Tokens that a price is for, as providers write it."""
_UNPAID = frozenset({"status", "connection"})
"""Failures after which an endpoint asks for nothing; of the others nobody knows."""
_UNPACED = Admission(0, 0.0, 0)
"""Of a request that waited for nobody: nothing in it is a setting."""


class Price(Struct, frozen=True):
    """Of a million tokens, in the currency of the user's table."""

    input: float
    output: float


class Spent(Struct, frozen=True):
    """What was spent, or would be."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float = 0.0
    requests: int = 0
    is_known: bool = True
    """Counted by the endpoint throughout; False: a part of it is the most it can have been."""
    has_price: bool = True
    """The table knows every model that was asked."""

    @property
    def tokens(self) -> int:
        """All tokens."""
        return self.prompt_tokens + self.completion_tokens

    def __add__(self, other: "Spent") -> "Spent":
        """Both together."""
        return Spent(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cost + other.cost,
            self.requests + other.requests,
            self.is_known and other.is_known,
            self.has_price and other.has_price,
        )

    def __str__(self) -> str:
        """``9,120 + 1,240 tokens, $0.0021``; without the money where a model has no price."""
        most = "" if self.is_known else "at most "
        money = f", ${show_cost(self.cost)}" if self.has_price else ""
        return f"{most}{self.prompt_tokens:,} + {self.completion_tokens:,} tokens{money}"


def show_cost(cost: float) -> str:
    """Cents from a dollar on, below it four decimals."""
    return f"{cost:,.2f}" if cost >= 1 or not cost else f"{cost:.4f}"


class Account(Struct):
    """What one draft, or one batch, has spent."""

    allowance: Allowance = NO_LIMIT
    whose: str = "this draft"
    flag: str = ""
    """What the options are called, without dashes: ``-each``."""
    spent: Spent = field(default_factory=Spent)
    held: Spent = field(default_factory=Spent)
    """The worst case of what is on its way."""
    number: int = field(default_factory=count().__next__)
    """Of the accounts of the process, in the order in which they were opened."""

    def lacks(self, wanted: Spent, held: bool) -> str:
        """Why ``wanted`` cannot be spent as well, with what is on its way counted or not; empty when it can."""
        allowance, before = self.allowance, self.spent + (self.held if held else Spent())
        if allowance.max_tokens is not None and before.tokens + wanted.tokens > allowance.max_tokens:
            return (
                f"{allowance.max_tokens:,} tokens for {self.whose}: {before.tokens:,} are spent and the next request "
                f"can take {wanted.tokens:,}; raise --max-tokens{self.flag}"
            )
        if allowance.max_cost is not None and before.cost + wanted.cost > allowance.max_cost + 1e-9:
            return (
                f"${show_cost(allowance.max_cost)} for {self.whose}: ${show_cost(before.cost)} is spent and the next "
                f"request can cost ${show_cost(wanted.cost)}; raise --max-cost{self.flag}"
            )
        return ""


class Ticket(Struct, frozen=True):
    """A request that may be sent."""

    admission: Admission
    worst: Spent
    accounts: tuple[Account, ...]
    model: str
    share: float = 1.0
    """Of the price that is paid."""
    slots: Slots = field(default_factory=Slots)
    """Where it has a place until it is settled."""


_open: ContextVar[tuple[Account, ...]] = ContextVar("accounts", default=())
"""Where a job runs in a thread of its own it takes the accounts along: `contextvars.copy_context`."""


class Meter:
    """Counts every request, holds it to the accounts that are open, and paces it."""

    def __init__(self, prices: Mapping[str, Price] | None = None, limiter: Limiter | None = None) -> None:
        """Without a ``limiter`` requests are not paced: where there is one at a time, its own retries do that."""
        self.prices, self.limiter = prices or {}, limiter
        self._slots = Slots()
        self._changed = threading.Condition()

    def bound_requests(self, most: int) -> None:
        """From here on no more than ``most`` requests are on their way at once."""
        self._slots = Slots(most)

    @contextmanager
    def account(self, allowance: Allowance = NO_LIMIT, whose: str = "this draft", flag: str = "") -> Iterator[Account]:
        """An account for whatever is asked within the block."""
        opened = Account(allowance, whose, flag)
        token = _open.set((*_open.get(), opened))
        try:
            yield opened
        finally:
            _open.reset(token)

    @property
    def is_limited(self) -> bool:
        """Whether what is asked here and now is held to a budget."""
        return any(account.allowance.is_limited for account in _open.get())

    def require_price(self, model: str, allowance: Allowance) -> None:
        """SettingsError for a budget in money that nothing can be held to."""
        if allowance.max_cost is not None and model and model not in self.prices:
            raise SettingsError(
                f"--max-cost: the price of {model} is not known; write it into your config.toml: "
                f'[prices."{model}"] with input and output, each for a million tokens'
            )

    def worst_case(self, request: Mapping[str, Any], share: float = 1.0) -> Spent:
        """The most that a request can take: no tokenizer makes more of its text, and its answer is bounded."""
        asked = request.get("max_tokens") or request.get("max_completion_tokens") or ANSWER_TOKENS
        answer = 0 if "input" in request else int(asked)
        usage = Usage(most_tokens(request), answer)
        return self.price(str(request.get("model", "")), usage, is_known=False, share=share)

    def price(self, model: str, usage: Usage, *, is_known: bool = True, share: float = 1.0) -> Spent:
        """What so many tokens of ``model`` cost."""
        price = self.prices.get(model)
        given, made = usage.prompt_tokens or 0, usage.completion_tokens or 0
        cost = (given * price.input + made * price.output) / _MILLION * share if price else 0.0
        return Spent(given, made, cost, 1, is_known, price is not None)

    def admit(self, request: Mapping[str, Any], share: float = 1.0) -> Ticket:
        """Wait until ``request``, for a ``share`` of the price, may be sent; BudgetError when it may never be."""
        model, worst, accounts = str(request.get("model", "")), self.worst_case(request, share), _open.get()
        for account in accounts:
            self.require_price(model, account.allowance)
        self._hold(worst, accounts)
        slots = self._slots
        try:
            admission = self._wait(slots, worst.tokens, accounts[-1].number if accounts else 0)
        except BaseException:
            self._book(Ticket(_UNPACED, worst, accounts, model, slots=slots), Spent())
            raise
        return Ticket(admission, worst, accounts, model, share, slots)

    def _wait(self, slots: Slots, tokens: int, rank: int) -> Admission:
        slots.take(rank)
        try:
            return self.limiter.wait(tokens) if self.limiter else _UNPACED
        except BaseException:
            slots.give()
            raise

    def settle(self, ticket: Ticket, failure: Failure | None, usage: Usage, headers: Mapping[str, str]) -> None:
        """What came of a request."""
        ticket.slots.give()
        if self.limiter is not None:
            self.limiter.heard(headers)
            if failure is None:
                self.limiter.answered()
            elif failure.status in OVERLOADED:
                self.limiter.refused(ticket.admission, failure)
        self._book(ticket, self._charge(ticket, failure, usage))

    def price_reply(self, exchange: Exchange, share: float) -> Spent:
        """What a reply has cost that arrived for a ``share`` of the price."""
        usage = exchange.reply.usage if exchange.reply else Usage()
        if usage.total_tokens is None:
            return self.worst_case(exchange.request, share)
        return self.price(str(exchange.request.get("model", "")), usage, share=share)

    def book_earlier(self, exchange: Exchange, share: float) -> None:
        """Count what an earlier run has paid: for the draft that it is part of, not for the batch of today."""
        with self._changed:
            for account in _open.get()[-1:]:
                account.spent += self.price_reply(exchange, share)

    def _charge(self, ticket: Ticket, failure: Failure | None, usage: Usage) -> Spent:
        if usage.total_tokens is not None:
            return self.price(ticket.model, usage, share=ticket.share)
        if failure is not None and failure.kind in _UNPAID:
            return Spent(has_price=ticket.model in self.prices)
        return ticket.worst

    def _hold(self, worst: Spent, accounts: tuple[Account, ...]) -> None:
        """Hold the worst case; where only what is on its way leaves no room, wait for it to arrive."""
        with self._changed:
            while any(account.lacks(worst, held=True) for account in accounts):
                for account in accounts:
                    if lacks := account.lacks(worst, held=False):
                        raise BudgetError(lacks)
                self._changed.wait()
            for account in accounts:
                account.held += worst

    def _book(self, ticket: Ticket, charge: Spent) -> None:
        back = Spent(-ticket.worst.prompt_tokens, -ticket.worst.completion_tokens, -ticket.worst.cost, -1)
        with self._changed:
            for account in ticket.accounts:
                account.held += back
                account.spent += charge
            self._changed.notify_all()


def most_tokens(request: Mapping[str, Any]) -> int:
    """More tokens than any text of a request has: a tokenizer of today takes two ASCII characters at least, or a byte.

    What it takes of English is about a quarter of the characters, so this is twice as much.
    """
    text = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace")
    other = len(text.translate(None, _ASCII))
    return (len(text) - other + 1) // 2 + other
