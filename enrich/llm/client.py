"""The engine that asks a live endpoint."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from enrich.llm.completion import Completion, EndpointError, Prompt
from enrich.llm.endpoint import Endpoint

if TYPE_CHECKING:
    from enrich.llm.budget import Meter
    from enrich.llm.capabilities import Capabilities
    from enrich.llm.kept import Replies
    from enrich.llm.transport import Clock

__all__ = ["Endpoint", "LiveEngine"]


def import_client() -> None:
    """Import what asking takes, half a second: before several jobs begin, for the first of them would wait longest."""
    import enrich.llm.kept
    import enrich.llm.transport  # noqa: F401


class LiveEngine:
    """Answers prompts with the model of an OpenAI-compatible endpoint (implements `Engine`)."""

    def __init__(
        self,
        endpoint: Endpoint,
        memory: Path | None = None,
        clock: "Clock | None" = None,
        meter: "Meter | None" = None,
        replies: "Replies | None" = None,
    ) -> None:
        """``memory`` is the JSON file where what endpoints can do is remembered between runs.

        ``meter`` is what all requests of a process share: limits of the endpoint, and the budget. ``replies`` is where
        every reply is kept when it arrives; what is kept there is not asked again.
        """
        self.endpoint, self.memory, self.clock, self.meter = endpoint, memory, clock, meter
        self.replies = replies

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """The model's answer. Raises `AnswerError` (no usable answer) or `EndpointError` (a setting is wrong).

        ``on_text`` is given answer and reasoning as they arrive; when a request is made again it starts anew.
        """
        # The openai client takes half a second to import: only who asks a model pays for it.
        from enrich.llm.capabilities import CapabilityStore
        from enrich.llm.conversation import hold_conversation
        from enrich.llm.kept import ask_once
        from enrich.llm.transport import Clock, HttpTransport

        clock = self.clock or Clock()
        store = CapabilityStore(self.memory, date.fromtimestamp(clock.now())) if self.memory else None
        with HttpTransport(self.endpoint, clock, self.meter) as transport:
            return ask_once(
                prompt,
                self.replies,
                transport,
                lambda through: hold_conversation(prompt, self.endpoint, store, through, on_text),
                transport.meter,
            )

    def list_models(self) -> tuple[str, ...]:
        """The models that the endpoint says it has; EndpointError, with the remedy, when it gives no such list."""
        from enrich.llm.diagnosis import Stop, describe_failure, diagnose
        from enrich.llm.transport import Clock, HttpTransport

        patience = structs.replace(self.endpoint.patience, connect=5.0, read=10.0, answer=20.0)
        with HttpTransport(replace(self.endpoint, patience=patience), self.clock or Clock(), self.meter) as transport:
            failure, models = transport.list_models()
        if failure is None:
            return models
        found = diagnose(failure, {})
        if isinstance(found, Stop):
            raise EndpointError(f"{self.endpoint.host}: {found.fact}; {found.remedy}")
        raise EndpointError(
            f"{self.endpoint.host}: {describe_failure(failure)}; see whether it runs and ENRICH_BASE_URL is right"
        )

    def capabilities(self) -> "Capabilities | None":
        """What the endpoint was found to take, in the last month; None when it was not asked yet."""
        from enrich.llm.capabilities import CapabilityStore

        return CapabilityStore(self.memory, date.today()).recall(self.endpoint.name) if self.memory else None
