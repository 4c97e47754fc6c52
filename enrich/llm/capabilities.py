"""What an endpoint can do with a model: learned from what it refuses, remembered between runs."""

import json
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout
from msgspec import Struct
from msgspec.structs import asdict, replace

from enrich.llm.completion import Message, Mode, Prompt
from enrich.text.json_text import read_json

Parameter = Literal["response_format", "stream", "stream_options", "temperature", "limit", "system"]
Limit = Literal["max_completion_tokens", "max_tokens", ""]

STORE_VERSION = 2
"""What an earlier version learned did not know every way of asking."""
FORGET_AFTER = timedelta(days=30)
"""Servers learn new tricks: what was refused a month ago is tried again."""

NEXT_MODE: Mapping[Mode, Mode] = {
    "json_schema": "json_object_schema",
    "json_object_schema": "json_object",
    "json_object": "text",
}
OTHER_LIMIT: Mapping[Limit, Limit] = {"max_completion_tokens": "max_tokens", "max_tokens": "max_completion_tokens"}

ASKED_IN_WORDS = (
    "Answer with one JSON object and nothing else: no text before or after it, no code fence. "
    "It must be valid under this JSON schema:\n"
)


class Capabilities(Struct, frozen=True):
    """Which parts of a request an endpoint takes."""

    mode: Mode = "json_schema"
    stream: bool = True
    stream_options: bool = True
    temperature: bool = True
    limit: Limit = "max_tokens"
    """The name under which it takes the longest answer; empty: under none."""
    limit_swapped: bool = False
    system: bool = True
    """Whether it takes a system message."""

    def without(self, parameter: Parameter) -> "Capabilities | None":
        """What is left to try when ``parameter`` is refused; None when there is nothing left."""
        if parameter == "response_format":
            return replace(self, mode=NEXT_MODE[self.mode]) if self.mode in NEXT_MODE else None
        if parameter == "limit":
            limit = "" if self.limit_swapped else OTHER_LIMIT.get(self.limit, "")
            return replace(self, limit=limit, limit_swapped=True) if self.limit else None
        refused: dict[str, Any] = {parameter: False}
        return replace(self, **refused) if getattr(self, parameter) else None


def capabilities_at_first(host: str) -> Capabilities:
    """What to assume of an endpoint that was never asked: OpenAI and Azure want the newer name of the limit."""
    newer = host.endswith(("openai.com", "openai.azure.com", "services.ai.azure.com"))
    return Capabilities(limit="max_completion_tokens" if newer else "max_tokens")


def capabilities_of(request: Mapping[str, Any]) -> Capabilities:
    """The capabilities that a request was made for."""
    limit: Limit = "max_completion_tokens" if "max_completion_tokens" in request else "max_tokens"
    return Capabilities(
        mode=_mode_of(request.get("response_format", {})),
        stream=bool(request.get("stream")),
        stream_options="stream_options" in request,
        temperature="temperature" in request,
        limit=limit if limit in request else "",
        system=any(message.get("role") == "system" for message in request.get("messages", ())),
    )


def _mode_of(form: Mapping[str, Any]) -> Mode:
    if form.get("type") == "json_schema":
        return "json_schema"
    if form.get("type") == "json_object":
        return "json_object_schema" if "schema" in form else "json_object"
    return "text"


def build_request(
    prompt: Prompt,
    messages: tuple[Message, ...],
    capabilities: Capabilities,
    *,
    model: str,
    temperature: float | None = None,
    max_tokens: int | None = None,
) -> dict[str, Any]:
    """The body of a chat completion request for ``messages``, asking only for what ``capabilities`` allow."""
    if capabilities.mode != "json_schema":
        messages = _ask_in_words(messages, prompt.schema)
    if not capabilities.system:
        messages = _fold_system(messages)
    body: dict[str, Any] = {"model": model, "messages": [asdict(message) for message in messages]}
    if form := _form(prompt, capabilities.mode):
        body["response_format"] = form
    if temperature is not None and capabilities.temperature:
        body["temperature"] = temperature
    if max_tokens is not None and capabilities.limit:
        body[capabilities.limit] = max_tokens
    if capabilities.stream:
        body["stream"] = True
        if capabilities.stream_options:
            body["stream_options"] = {"include_usage": True}
    return body


def _form(prompt: Prompt, mode: Mode) -> dict[str, Any]:
    if mode == "json_schema":
        schema = {"name": prompt.schema_name, "strict": True, "schema": prompt.schema}
        return {"type": "json_schema", "json_schema": schema}
    if mode == "json_object_schema":
        return {"type": "json_object", "schema": prompt.schema}
    return {"type": "json_object"} if mode == "json_object" else {}


def _ask_in_words(messages: tuple[Message, ...], schema: Mapping[str, Any]) -> tuple[Message, ...]:
    """The schema goes after the instructions, never behind the article: what stands last there may be hostile."""
    words = ASKED_IN_WORDS + json.dumps(schema, ensure_ascii=False)
    first, *rest = messages
    if first.role == "system":
        return (Message("system", f"{first.content}\n\n{words}"), *rest)
    return (Message("system", words), *messages)


def _fold_system(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The system message put before the first user message, for chat templates that know no system role."""
    system = "\n\n".join(message.content for message in messages if message.role == "system")
    first, *rest = (message for message in messages if message.role != "system")
    return (Message(first.role, f"{system}\n\n{first.content}" if system else first.content), *rest)


class CapabilityStore(Struct, frozen=True):
    """A small JSON file with what endpoints can do. Losing it costs a refused request, so it never stops a run."""

    path: Path
    today: date

    def recall(self, name: str) -> Capabilities | None:
        """What was learned about the endpoint called ``name`` lately."""
        return _read_capabilities(self._read().get(name), self.today)

    def remember(self, name: str, capabilities: Capabilities) -> None:
        """Keep ``capabilities`` for ``name``. Two processes that learn at once both keep what they learned."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=5):
                known = {key: row for key, row in self._read().items() if _read_capabilities(row, self.today)}
                known[name] = {**asdict(capabilities), "learned": self.today.isoformat()}
                self._write({"version": STORE_VERSION, "endpoints": known})
        except (OSError, Timeout):
            return

    def _read(self) -> dict[str, Any]:
        try:
            content = read_json(self.path.read_bytes())
            endpoints = content["endpoints"] if content["version"] == STORE_VERSION else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return endpoints if isinstance(endpoints, dict) else {}

    def _write(self, content: Mapping[str, Any]) -> None:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=self.path.parent, prefix=f".{self.path.name}.", delete=False
        ) as file:
            json.dump(content, file, indent=1, sort_keys=True)
        Path(file.name).replace(self.path)


def _read_capabilities(row: Any, today: date) -> Capabilities | None:
    """A stored row, None when it is too old or is not one."""
    try:
        if not today - FORGET_AFTER <= date.fromisoformat(row["learned"]) <= today:
            return None
        values = {name: row[name] for name in Capabilities.__struct_fields__}
    except (KeyError, TypeError, ValueError):
        return None
    default = asdict(Capabilities())
    sound = all(type(value) is type(default[key]) for key, value in values.items())
    known = values["mode"] in {*NEXT_MODE, "text"} and values["limit"] in {*OTHER_LIMIT, ""}
    return Capabilities(**values) if sound and known else None
