"""The engine that asks a live endpoint."""

from collections.abc import Callable

from enrich.llm.abilities import AbilityStore, abilities_at_first
from enrich.llm.completion import Completion, Prompt
from enrich.llm.conversation import Conversation
from enrich.llm.endpoint import Endpoint
from enrich.llm.transport import Clock, HttpTransport


class LiveEngine:
    """Answers prompts with the model of an OpenAI-compatible endpoint (implements `Engine`)."""

    def __init__(self, endpoint: Endpoint, store: AbilityStore | None = None, clock: Clock | None = None) -> None:
        self.endpoint, self.store, self.clock = endpoint, store, clock or Clock()

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """The model's answer. Raises `AnswerError` (no usable answer) or `EndpointError` (a setting is wrong).

        ``on_text`` is given answer and reasoning as they arrive; when a request is made again it starts anew.
        """
        known = self.store.recall(self.endpoint.name) if self.store else None
        with HttpTransport(self.endpoint, self.clock) as transport:
            abilities = known or abilities_at_first(self.endpoint.host)
            conversation = Conversation(prompt, self.endpoint, abilities, transport, on_text)
            try:
                return conversation.hold()
            finally:
                if self.store and conversation.learned:
                    self.store.remember(self.endpoint.name, conversation.learned)
