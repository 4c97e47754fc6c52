"""Budgets over real HTTP: held before a request is sent, whoever sends it."""

import contextvars
import json
import threading

import pytest

from enrich.errors import BudgetError, SettingsError
from enrich.llm.allowance import Allowance
from enrich.llm.budget import ANSWER_TOKENS, Meter, Price, most_tokens
from enrich.llm.client import LiveEngine
from enrich.llm.embedder import EndpointEmbedder
from enrich.llm.endpoint import Endpoint, Patience
from enrich.llm.limiter import Limiter
from tests.llm.endpoint import Answer, endpoint, refused, streamed
from tests.llm.samples import PROMPT, TEXT, Naps

PRICES = {"m-1": Price(10.0, 30.0)}


def ask(url: str, meter: Meter, **settings: int) -> None:
    """One completion through ``meter``."""
    made = Endpoint(url, "m-1", "key", patience=Patience(tries=3), **settings)
    LiveEngine(made, clock=Naps().clock(), meter=meter).complete(PROMPT, lambda _: None)


def test_what_was_spent_is_what_the_endpoint_counted() -> None:
    """Tokens and money of every request, retries included, stand in each account that is open."""
    meter = Meter(PRICES, Limiter(Naps().clock()))
    with endpoint(streamed(TEXT), refused(500, "oops"), streamed(TEXT)) as server, meter.account() as batch:
        with meter.account() as draft:
            ask(server.url, meter)
        ask(server.url, meter)
    assert (draft.spent.prompt_tokens, draft.spent.completion_tokens) == (100, 20)
    assert (batch.spent.prompt_tokens, batch.spent.completion_tokens) == (200, 40)
    assert batch.spent.cost == pytest.approx(2 * (100 * 10 + 20 * 30) / 1e6)
    assert batch.spent.is_known
    assert batch.held.tokens == draft.held.tokens == 0


def test_a_request_that_could_pass_the_budget_is_not_sent() -> None:
    """The worst case decides, before anything is sent; the message names what is spent and what helps."""
    meter = Meter(PRICES)
    with (
        endpoint(streamed(TEXT)) as server,
        meter.account(Allowance(max_tokens=ANSWER_TOKENS)),
        pytest.raises(BudgetError, match=r"8,000 tokens for this draft: 0 are spent .* raise --max-tokens"),
    ):
        ask(server.url, meter)
    assert server.requests == []


def test_a_budget_in_money_needs_a_price() -> None:
    """A model that the table does not know cannot be held to it: nothing is sent, the message says what to write."""
    meter = Meter({})
    with (
        endpoint(streamed(TEXT)) as server,
        meter.account(Allowance(max_cost=1.0)),
        pytest.raises(SettingsError, match=r'\[prices\."m-1"\]'),
    ):
        ask(server.url, meter)
    assert server.requests == []


def test_embeddings_are_held_to_the_budget_too() -> None:
    """The budget is of whatever goes through the transport, not of drafts alone."""
    meter = Meter()
    body = {"data": [{"index": 0, "embedding": [1.0, 0.5]}], "usage": {"prompt_tokens": 7, "total_tokens": 7}}
    with endpoint(Answer(body=body)) as server, meter.account() as account:
        embedder = EndpointEmbedder(Endpoint(server.url, "e-1", "key"), Naps().clock(), meter)
        embedder.embed(["word"])
        assert account.spent.prompt_tokens == 7
        with meter.account(Allowance(max_tokens=1)), pytest.raises(BudgetError):
            embedder.embed(["word"])


def test_an_answer_without_a_count_is_charged_at_its_worst() -> None:
    """Nobody knows what a server that counts nothing, or breaks off, will ask for; the report says so."""
    meter = Meter(PRICES)
    with endpoint(streamed(TEXT, usage=None)) as server, meter.account() as account:
        ask(server.url, meter, max_tokens=500)
    assert not account.spent.is_known
    assert account.spent.completion_tokens == 500
    assert str(account.spent).startswith("at most ")


def test_jobs_that_wait_for_each_other_pass_no_budget() -> None:
    """Of many at once only so many are on their way that all of them could have their worst case."""
    meter = Meter(PRICES)
    released, sent = threading.Event(), 3
    errors: list[BaseException] = []
    with endpoint(*[streamed(TEXT) for _ in range(40)]) as server:
        ask(server.url, meter, max_tokens=50)
        worst = meter.worst_case({**server.requests[0].body}).tokens
        with meter.account(Allowance(max_tokens=2 * worst)) as account:

            def job() -> None:
                released.wait()
                for _ in range(sent):
                    try:
                        ask(server.url, meter, max_tokens=50)
                    except BudgetError as error:
                        errors.append(error)

            threads = [threading.Thread(target=contextvars.copy_context().run, args=(job,)) for _ in range(8)]
            for thread in threads:
                thread.start()
            released.set()
            for thread in threads:
                thread.join()
    assert account.spent.tokens <= 2 * worst
    assert errors
    assert account.spent.tokens == 120 * (len(server.requests) - 1)


@pytest.mark.parametrize(
    "text", ["plain English words " * 50, "数据中心的电力" * 50, "Über größere Straßen " * 50, "🙂" * 99]
)
def test_no_text_has_more_tokens_than_the_worst_case(text: str) -> None:
    """Bytes are the bound for other scripts, half of them for English; the real count is far below."""
    request = {"model": "m", "messages": [{"role": "user", "content": text}]}
    size = len(json.dumps(request, ensure_ascii=False).encode())
    assert size / 2 <= most_tokens(request) <= size
