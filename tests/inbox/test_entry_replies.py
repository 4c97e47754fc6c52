"""What arrived for an entry is never paid again, whatever was made of it before the process died."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from enrich.inbox.entry_replies import EntryReplies
from enrich.inbox.store import Store
from enrich.llm.budget import Meter, Price, Spent
from enrich.llm.client import LiveEngine
from enrich.llm.completion import AnswerError, Completion
from enrich.llm.endpoint import Endpoint
from tests.llm.endpoint import Answer, ScriptedEndpoint, endpoint, refused, streamed, whole
from tests.llm.samples import ANSWER, PROMPT, TEXT, Naps

METER = Meter({"m-1": Price(1.0, 10.0)})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty state."""
    opened = Store(tmp_path / "inbox.sqlite")
    yield opened
    opened.close()


def complete(store: Store, there: ScriptedEndpoint, memory: Path | None = None, model: str = "m-1") -> Completion:
    """The completion of the sample prompt for entry 1, as a process has it that knows the state alone."""
    made = Endpoint(there.url, model, "key")
    engine = LiveEngine(made, memory, Naps().clock(), METER, EntryReplies(store, 1))
    return engine.complete(PROMPT, lambda _: None)


@pytest.mark.parametrize("good", [whole(TEXT), streamed(TEXT)])
def test_an_answer_is_asked_for_once(store: Store, good: Answer) -> None:
    """The second process gets the same completion, exchange by exchange, and sends nothing."""
    with endpoint(good) as there:
        first = complete(store, there)
        assert complete(store, there) == first
        assert len(there.requests) == 1


def test_an_invalid_answer_and_its_repair_are_asked_for_once(store: Store) -> None:
    """Both were paid for; whoever is killed after them asks neither again."""
    with endpoint(whole("no JSON"), whole(TEXT)) as there:
        complete(store, there)
        assert complete(store, there).answer == ANSWER
        assert len(there.requests) == 2


def test_a_kill_between_an_invalid_answer_and_its_repair_asks_for_the_repair_alone(store: Store) -> None:
    """What had arrived is read again, and the talk goes on where it was."""
    with endpoint(whole("no JSON"), refused(400, "ended here")) as there, pytest.raises(AnswerError):
        complete(store, there)
    with endpoint(whole(TEXT)) as there:
        assert complete(store, there).answer == ANSWER
        (request,) = there.requests
        assert "cannot be used" in str(request.body["messages"][-1])


def test_what_is_no_answer_is_not_kept(store: Store) -> None:
    """A refusal, a full server and a stream that broke were no completions: the next process asks."""
    broken = Answer(events=streamed(TEXT).events[:3], breaks=True)
    with endpoint(Answer(503, {"error": {"message": "busy"}}), broken, whole(TEXT)) as there:
        first = complete(store, there)
        assert complete(store, there).text == first.text
        assert len(there.requests) == 3


def test_settings_that_changed_in_between_ask_nothing_again(store: Store, tmp_path: Path) -> None:
    """What the endpoint takes was learned meanwhile, and another model is named: the answer is there all the same."""
    with endpoint(refused(400, "no response_format", param="response_format"), whole(TEXT)) as there:
        first = complete(store, there, tmp_path / "memory.json")
        assert complete(store, there, tmp_path / "memory.json", "m-2").answer == first.answer
        assert len(there.requests) == 2


def test_what_an_earlier_run_paid_is_the_drafts_cost_and_not_the_batchs_of_today(store: Store) -> None:
    """The report says what a draft took in all; the budget of a command holds for the command."""
    with endpoint(whole(TEXT)) as there:
        complete(store, there)
        with METER.account(whose="all") as batch, METER.account(whose="one") as draft:
            complete(store, there)
    assert draft.spent == Spent(100, 20, 0.0003, 1)
    assert batch.spent == Spent()
    assert EntryReplies(store, 1).spent(METER) == draft.spent


def test_an_entry_that_failed_asks_anew_what_gave_no_answer(store: Store) -> None:
    """Replies without a completion are kept until the entry fails of them, and no longer."""
    replies = EntryReplies(store, 1)
    with endpoint(whole("no"), whole("nor this"), whole(TEXT)) as there:
        engine = LiveEngine(Endpoint(there.url, "m-1", "key"), None, Naps().clock(), METER, replies)
        for _ in range(2):
            with pytest.raises(AnswerError):
                engine.complete(PROMPT, lambda _: None)
        assert len(there.requests) == 2
        store.fail(1, "two answers are not valid", replies.doubted)
        assert complete(store, there).answer == ANSWER


def test_replies_go_with_the_draft(store: Store) -> None:
    """The state does not grow with what was answered: a draft's run folder keeps it."""
    number, _ = store.add("https://a.example/1", "", None)
    with endpoint(whole(TEXT)) as there:
        complete(store, there)
    store.save_drafted(number, "a.md", "", "")
    assert store.replies(number) == []
