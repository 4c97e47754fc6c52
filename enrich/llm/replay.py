"""The engine that answers from recordings: offline, the same answer each time."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from enrich.llm.answer import read_answer
from enrich.llm.capabilities import Capabilities, capabilities_of
from enrich.llm.completion import Completion, Exchange, Prompt
from enrich.llm.conversation import Conversation
from enrich.llm.endpoint import Endpoint, Patience
from enrich.llm.recording import Recording, RecordingError, hash_parts
from enrich.llm.schema import allow_open


class ReplayEngine:
    """Answers prompts with what was recorded for them (implements `Engine`).

    Prompts are matched by name and, among those of one name, by order. Everything behind the raw exchange runs again,
    so that a recorded refusal raises what it raised then, and a change of that code shows.
    """

    def __init__(self, recordings: Sequence[Recording], path: Path | None = None) -> None:
        """``path`` is the folder that messages name."""
        self._left = list(recordings)
        folder = path or "DIR"
        self._again = f"record again with enrich draft --replay {folder} --record {folder}"

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """The recorded completion. Raises RecordingError when nothing was recorded for ``prompt`` as it is now."""
        recording = self._next(prompt)
        if changed := changed_parts(prompt, recording):
            which = ", ".join(changed)
            raise RecordingError(f"prompt {prompt.name!r}: differs from the recorded one in {which}; {self._again}")
        if recording.completion is not None:
            return self._valid(recording.completion, prompt)
        transport = RecordedTransport(recording.exchanges, self._again)
        return Conversation(prompt, _endpoint(recording), _capabilities_of(recording), transport, on_text).hold()

    def _valid(self, completion: Completion, prompt: Prompt) -> Completion:
        """The no-model engine's recorded answer, which somebody may have edited."""
        problems = read_answer(json.dumps(completion.answer), allow_open(prompt.schema)).problems
        if problems:
            raise RecordingError(
                f"prompt {prompt.name!r}: the recorded answer is not valid, {problems[0]}; {self._again}"
            )
        return completion

    def _next(self, prompt: Prompt) -> Recording:
        for position, recording in enumerate(self._left):
            if recording.prompt == prompt.name:
                return self._left.pop(position)
        raise RecordingError(f"prompt {prompt.name!r}: nothing (more) is recorded for it; {self._again}")


def changed_parts(prompt: Prompt, recording: Recording) -> tuple[str, ...]:
    """Names of the parts that are not what they were; ``messages`` only when no smaller part explains it."""
    now, then = hash_parts(prompt), recording.parts
    names = [*now, *(name for name in then if name not in now)]
    changed = [_changed(name, now, then) for name in names if now.get(name) != then.get(name)]
    return tuple(changed) if changed == ["messages"] else tuple(name for name in changed if name != "messages")


def _changed(name: str, now: Mapping[str, str], then: Mapping[str, str]) -> str:
    if name not in then:
        return f"{name} (new)"
    return name if name in now else f"{name} (gone)"


def _endpoint(recording: Recording) -> Endpoint:
    """As patient as the recorded one must have been."""
    length = sum(exchange.seconds + exchange.waited for exchange in recording.exchanges)
    patience = Patience(tries=len(recording.exchanges) + 1)
    return Endpoint(
        base_url=f"http://{recording.host or 'recorded.invalid'}",
        model=recording.model,
        patience=replace(patience, total=max(patience.total, length)),
    )


def _capabilities_of(recording: Recording) -> Capabilities:
    return capabilities_of(recording.exchanges[0].request) if recording.exchanges else Capabilities()


class RecordedTransport:
    """Hands out recorded exchanges in order. Waits take no time; whether to go on, the recording decides."""

    def __init__(self, exchanges: Sequence[Exchange], again: str) -> None:
        self._left, self._again = list(exchanges), again

    def send(self, request: Mapping[str, Any], waited: float, on_text: Callable[[str], None]) -> Exchange:  # noqa: ARG002
        """The next exchange as it was recorded."""
        if not self._left:
            raise RecordingError(f"the recording: ends before the answer; {self._again}")
        exchange = self._left.pop(0)
        if exchange.reply:
            on_text(exchange.reply.text)
        return exchange

    def sleep(self, seconds: float) -> None:
        """Waits for nothing."""

    def chance(self) -> float:
        """The shortest wait: what was waited is in the recording."""
        return 0.0

    def begin(self) -> None:
        """Nothing: a recording takes no time."""

    def may_go_on(self, seconds: float) -> bool:  # noqa: ARG002
        """Whether there is another exchange."""
        return bool(self._left)
