"""A prompt talked through with an endpoint until there is a valid answer or a reason why there is none.

Live requests and replayed ones come through here alike: only the `Transport` differs, so that a recorded refusal raises
what it raised when it happened.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from enrich.llm.answer import Reading, read_answer, summarise
from enrich.llm.capabilities import (
    Capabilities,
    CapabilityStore,
    build_request,
    capabilities_at_first,
    capabilities_of,
)
from enrich.llm.completion import AnswerError, Completion, EndpointError, Exchange, Message, Prompt, Reply, Usage
from enrich.llm.diagnosis import ANOTHER_MODEL, Retry, Stop, describe_failure, diagnose, judge_reply
from enrich.llm.endpoint import Endpoint
from enrich.llm.retry import Waits, try_patiently
from enrich.text.count import counted
from enrich.text.quoted import quote

LONGEST_ECHO = 60_000
"""Characters of a wrong answer that are sent back with its errors."""
LATER = "try again later"
A_DAY = 86_400.0
"""Seconds. Beyond, a number of seconds tells a person nothing."""


class Transport(Waits, Protocol):
    """What carries a request: HTTP, or a recording."""

    def begin(self) -> None:
        """A new answer is asked for: its time counts from here, through all tries and smaller requests."""
        ...

    def send(self, request: Mapping[str, Any], waited: float, on_text: Callable[[str], None]) -> Exchange:
        """What came back for ``request``. Failures of the endpoint and the network are part of the exchange."""
        ...


def hold_conversation(
    prompt: Prompt,
    endpoint: Endpoint,
    store: CapabilityStore | None,
    transport: Transport,
    on_text: Callable[[str], None],
) -> Completion:
    """The endpoint's answer; what ``store`` knows of it is used, and what was learned on the way is kept there."""
    known = store.recall(endpoint.name) if store else None
    conversation = Conversation(prompt, endpoint, known or capabilities_at_first(endpoint.host), transport, on_text)
    try:
        return conversation.hold()
    finally:
        if store and conversation.learned:
            store.remember(endpoint.name, conversation.learned)


class Conversation:
    """One prompt, asked until it is answered. `exchanges` and `learned` tell afterwards what happened."""

    def __init__(
        self,
        prompt: Prompt,
        endpoint: Endpoint,
        capabilities: Capabilities,
        transport: Transport,
        on_text: Callable[[str], None],
    ) -> None:
        self.prompt, self.endpoint, self.capabilities = prompt, endpoint, capabilities
        self.transport, self.on_text = transport, on_text
        self.exchanges: tuple[Exchange, ...] = ()
        self.learned: Capabilities | None = None
        """What the endpoint turned out to take, once a request with less than before went through."""
        self._before = self._for_good = capabilities
        self._in_doubt: set[str] = set()
        """Parameters about which this conversation teaches nothing: a passing fault made it ask for less."""

    def hold(self) -> Completion:
        """The completion; `AnswerError` or `EndpointError` when there is none."""
        exchange, reply = self._ask(self.prompt.messages)
        reading = self._read(reply)
        if reading.answer is None:
            exchange, reply = self._ask((*self.prompt.messages, *self._repair(reply, reading)))
            reading = self._read(reply)
        if reading.answer is None:
            problem, given = summarise(reading.problems), quote(reply.text)
            raise self._stopped(Stop(f"two answers are not valid: {problem}; the last was {given}", ANOTHER_MODEL))
        return self._completion(exchange, reply, reading.answer)

    def _read(self, reply: Reply) -> Reading:
        """What the reply says. Once it is parsed, a key may show that no search of its text has found."""
        return self.endpoint.secret.remove(read_answer(reply.text, self.prompt.schema))

    def _ask(self, messages: tuple[Message, ...]) -> tuple[Exchange, Reply]:
        """A whole reply to ``messages``, asking for less each time the endpoint refuses a part of the request."""
        self.transport.begin()
        while True:
            tries = try_patiently(self._sender(messages), self.endpoint.patience, self.transport)
            self.exchanges += tries
            last = tries[-1]
            if last.failure is None and last.reply is not None:
                return last, self._judged(last.reply)
            self._ask_for_less(tries)

    def _sender(self, messages: tuple[Message, ...]) -> Callable[[float], Exchange]:
        endpoint = self.endpoint
        request = build_request(
            self.prompt,
            messages,
            self.capabilities,
            model=endpoint.model,
            temperature=endpoint.temperature,
            max_tokens=endpoint.max_tokens,
        )
        return lambda waited: self.transport.send(request, waited, self.on_text)

    def _judged(self, reply: Reply) -> Reply:
        if self._for_good != self._before:
            self.learned = self._for_good
        if stop := judge_reply(reply):
            raise self._stopped(stop)
        return reply

    def _ask_for_less(self, tries: tuple[Exchange, ...]) -> None:
        """Go on without what the last of ``tries`` was refused for; raises when that does not help."""
        last = tries[-1]
        if last.failure is None:
            raise self._stopped(Stop("there was no answer", LATER))
        diagnosis = diagnose(last.failure, last.request)
        if isinstance(diagnosis, Retry):
            raise self._stopped(_given_up(diagnosis, tries, self.endpoint))
        if isinstance(diagnosis, Stop):
            raise self._stopped(diagnosis)
        less = self.capabilities.without(diagnosis.parameter)
        if less is None:
            raise self._stopped(Stop(describe_failure(last.failure), ANOTHER_MODEL))
        self.capabilities = less
        if not diagnosis.for_good:
            self._in_doubt.add(diagnosis.parameter)
        if diagnosis.parameter not in self._in_doubt:
            self._for_good = self._for_good.without(diagnosis.parameter) or self._for_good

    def _repair(self, reply: Reply, reading: Reading) -> tuple[Message, Message]:
        lines = "\n".join(f"- {problem}" for problem in reading.problems)
        words = (
            f"Your answer cannot be used:\n{lines}\nAnswer again with the whole corrected JSON object, nothing else."
        )
        if self.capabilities.mode == "json_schema":  # the schema was not in the messages so far
            words += f" It must be valid under this JSON schema:\n{json.dumps(self.prompt.schema, ensure_ascii=False)}"
        return Message("assistant", reply.text[:LONGEST_ECHO]), Message("user", words)

    def _stopped(self, stop: Stop) -> AnswerError | EndpointError:
        kind = EndpointError if stop.setting else AnswerError
        asked = f"{quote(self.endpoint.model, 80)} at {self.endpoint.host}"
        return kind(f"{asked}: {stop.fact.removesuffix('.')}; {stop.remedy}", self.exchanges)

    def _completion(self, exchange: Exchange, reply: Reply, answer: Mapping[str, Any]) -> Completion:
        replies = [made.reply for made in self.exchanges if made.reply is not None]
        return Completion(
            text=reply.text,
            answer=answer,
            model=reply.model or self.endpoint.model,
            usage=sum((each.usage for each in replies), Usage()),
            finish_reason=reply.finish_reason,
            mode=capabilities_of(exchange.request).mode,
            origin=self.endpoint.origin,
            host=self.endpoint.host,
            seconds=sum(made.seconds + made.waited for made in self.exchanges),
            tries=len(self.exchanges),
            exchanges=self.exchanges,
        )


def _given_up(diagnosis: Retry, tries: tuple[Exchange, ...], endpoint: Endpoint) -> Stop:
    """Why patience ended, with what a person can do about it."""
    failure = tries[-1].failure
    asked = failure.retry_after if failure else None
    if asked is not None and asked > endpoint.patience.total:
        wait = f"{asked:,.0f} s" if asked <= A_DAY else "more than a day"
        fact = f"{diagnosis.fact} (asks to wait {wait}, longer than the {endpoint.patience.total:,.0f} s allowed)"
        return Stop(fact, f"try again in {wait}")
    seconds = sum(exchange.seconds + exchange.waited for exchange in tries)
    count = counted(len(tries), "try", "tries")
    unreachable = failure is not None and failure.kind == "connection"
    remedy = "see whether the endpoint that ENRICH_BASE_URL names is running and reachable" if unreachable else LATER
    return Stop(f"{diagnosis.fact} (given up after {count} in {seconds:.0f} s)", remedy)
