"""What goes to a model and what comes back: prompt, exchange, completion.

These are plain frozen data. A `Prompt` is made by the templates; an `Engine` turns it into a `Completion`. Every
request that was made on the way is kept as an `Exchange`, so that a run folder shows what the model was asked and what
it said, failures included. Keys and headers are never part of any of these.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol

from msgspec import Struct, field

from enrich.errors import EnrichError, ModelError, SettingsError

Role = Literal["system", "user", "assistant"]
Mode = Literal["json_schema", "json_object_schema", "json_object", "text", "embedded"]
"""How the JSON was asked for: by schema, by JSON mode with the schema beside it (llama.cpp and its kin), by JSON mode
alone, in words; ``embedded``: no model was asked."""
Origin = Literal["provider", "loopback", "extractive"]
"""Who answered: a service, something on this machine, or the no-model engine."""
FailureKind = Literal["status", "connection", "timeout", "stream", "size"]


class Message(Struct, frozen=True):
    """One message of a chat."""

    role: Role
    content: str


class Prompt(Struct, frozen=True):
    """Everything a model is asked, before it is known which endpoint it goes to."""

    name: str
    """What the prompt is for: ``draft`` or ``revise``. A recording is looked up by it."""
    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    """A strict JSON schema (every property required, no others allowed) that the answer must be valid under."""
    schema_name: str
    """``[a-zA-Z0-9_-]+``; providers want the schema to have a name."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """The pieces of the messages by name (``system``, ``article``, ``exemplar 1`` …); a replay compares them."""


class Usage(Struct, frozen=True):
    """Tokens as the endpoint counted them; None where it said nothing."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    @property
    def total_tokens(self) -> int | None:
        """Prompt and completion together; None when neither is known."""
        known = [count for count in (self.prompt_tokens, self.completion_tokens) if count is not None]
        return sum(known) if known else None

    def __add__(self, other: "Usage") -> "Usage":
        """Both together; a count that one side does not know is taken from the other."""
        return Usage(
            _sum(self.prompt_tokens, other.prompt_tokens),
            _sum(self.completion_tokens, other.completion_tokens),
        )


def _sum(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


class Reply(Struct, frozen=True):
    """What the model said in one exchange; of a stream that broke, the part that arrived."""

    text: str = ""
    reasoning: str = ""
    """What a reasoning model sent beside its answer."""
    refusal: str = ""
    finish_reason: str = ""
    """``stop``, ``length``, ``content_filter`` …; empty when the answer did not end."""
    model: str = ""
    """The model that the endpoint says answered."""
    usage: Usage = Usage()


class Failure(Struct, frozen=True):
    """Why an exchange gave no whole answer, in the endpoint's words."""

    kind: FailureKind
    message: str
    status: int | None = None
    code: str = ""
    """The endpoint's own name for the error: ``context_length_exceeded``."""
    param: str = ""
    """The parameter that the endpoint names: ``response_format``."""
    retry_after: float | None = None
    """Seconds that the endpoint asks to wait."""


class Exchange(Struct, frozen=True, forbid_unknown_fields=True):
    """One request and what came back."""

    request: Mapping[str, Any]
    """The body as it was sent, without headers."""
    reply: Reply | None
    failure: Failure | None
    seconds: float
    """From sending to the last byte."""
    waited: float = 0.0
    """Seconds that were slept before sending, because of a failure before."""
    host: str = ""
    """Where it was sent: host and port, nothing else of the address."""


class Completion(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole answer, valid under the prompt's schema."""

    text: str
    """The answer as the model wrote it."""
    answer: Mapping[str, Any]
    """The same, parsed."""
    model: str
    usage: Usage
    """Of all exchanges of the prompt together."""
    finish_reason: str
    mode: Mode
    origin: Origin
    host: str = ""
    """Host of the endpoint; empty when no endpoint was asked."""
    seconds: float = 0.0
    """Of all exchanges of the prompt, waits included."""
    tries: int = 1
    """How many requests were made."""
    exchanges: tuple[Exchange, ...] = ()


class Engine(Protocol):
    """Whatever answers prompts: a live endpoint, a recording, the no-model engine."""

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """Answer ``prompt``; ``on_text`` is given pieces of text as they arrive, for progress only.

        Raises `AnswerError` when there is no whole and valid answer and `EndpointError` when a setting is wrong.
        """
        ...


class AnswerError(ModelError):
    """The model gave no usable answer. `exchanges` holds what was said."""

    def __init__(self, message: str, exchanges: tuple[Exchange, ...] = ()) -> None:
        super().__init__(message)
        self.exchanges = exchanges


class EndpointError(SettingsError):
    """The endpoint cannot be used with these settings: key, model or address. `exchanges` holds what was said."""

    def __init__(self, message: str, exchanges: tuple[Exchange, ...] = ()) -> None:
        super().__init__(message)
        self.exchanges = exchanges


class WaitingError(EnrichError):
    """The answer is asked for in a batch, and not there yet. It is no failure."""

    exit_code = 0
