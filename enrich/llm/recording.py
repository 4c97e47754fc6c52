"""Recordings: what was asked and answered for one prompt, as JSON that a person can read and a replay can use.

A prompt that failed is recorded like one that was answered. There is no key in a recording, and of the address only
the host.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, fields

from enrich.errors import EnrichError, reason_of
from enrich.llm.completion import Completion, Exchange, Origin, Prompt
from enrich.llm.endpoint import is_loopback
from enrich.text.json_text import mend_halves, read_json
from enrich.text.quoted import quote
from enrich.text.typed import build

FORMAT = 1
"""Of recordings; another one is refused, since a replay has to be exact."""


class RecordingError(EnrichError):
    """A recording is damaged, ends too early or was made of other prompts (exit 1)."""


class Recording(Struct, frozen=True, forbid_unknown_fields=True):
    """One prompt and what came of it."""

    prompt: str
    """The prompt's name."""
    origin: Origin
    model: str
    """As it was asked for; the model that answered is in the replies."""
    host: str
    parts: Mapping[str, str]
    """Part of the prompt → hash of its text."""
    exchanges: tuple[Exchange, ...] = ()
    completion: Completion | None = None
    """Only where no exchange made it: the no-model engine's."""
    recorded: date | None = None

    @classmethod
    def of(
        cls,
        prompt: Prompt,
        exchanges: tuple[Exchange, ...],
        completion: Completion | None,
        recorded: date | None = None,
    ) -> "Recording":
        """What is to be kept of ``prompt``; ``completion`` is None when it failed."""
        host = exchanges[0].host if exchanges else ""
        return cls(
            prompt=prompt.name,
            origin=_origin(host) if exchanges else "extractive",
            model=str(exchanges[0].request.get("model", "")) if exchanges else "",
            host=host,
            parts=hash_parts(prompt),
            exchanges=exchanges,
            completion=None if exchanges else completion,
            recorded=recorded,
        )


def _origin(host: str) -> Origin:
    return "loopback" if is_loopback(_name(host)) else "provider"


def _name(host: str) -> str:
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def hash_parts(prompt: Prompt) -> dict[str, str]:
    """A hash for each part of ``prompt``, for its schema and, as what holds the parts together, its messages."""
    texts = {
        **prompt.parts,
        "schema": json.dumps(prompt.schema, ensure_ascii=False),
        "messages": json.dumps([asdict(message) for message in prompt.messages], ensure_ascii=False),
    }
    return {
        name: hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] for name, text in texts.items()
    }


def read_recordings(folder: Path) -> tuple[Recording, ...]:
    """The recordings of ``folder`` in order; RecordingError when there is none or one is damaged."""
    paths = sorted(folder.glob("[0-9][0-9]-*.json"))
    if not paths:
        raise RecordingError(f"{folder}: holds no recording; make the draft anew with --record DIR")
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> Recording:
    try:
        return recording_from_dict(mend_halves(read_json(path.read_bytes())))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        why = quote(str(reason_of(error)))
        raise RecordingError(f"{path}: is not a recording ({why}); make the draft anew with --record DIR") from error


def recording_to_dict(recording: Recording) -> dict[str, Any]:
    """JSON values, what a reader wants to know first."""
    return {"format": FORMAT, **_plain(recording)}


def recording_from_dict(content: Mapping[str, Any]) -> Recording:
    """The exact inverse of `recording_to_dict`. Raises ValueError, KeyError or TypeError when it cannot be."""
    if content["format"] != FORMAT:
        raise ValueError(f"format {quote(str(content['format']))!r} is not {FORMAT}")
    return build(Recording, {key: value for key, value in content.items() if key != "format"})


def exchange_to_dict(exchange: Exchange) -> dict[str, Any]:
    """JSON values."""
    content: dict[str, Any] = _plain(exchange)
    return content


def exchange_from_dict(content: Mapping[str, Any]) -> Exchange:
    """The exact inverse of `exchange_to_dict`. Raises ValueError, KeyError or TypeError when it cannot be."""
    return build(Exchange, content)


def _plain(value: object) -> Any:
    """Structs as objects without the fields that hold their default, tuples as arrays, dates as text."""
    if isinstance(value, Struct):
        return {
            field.name: _plain(getattr(value, field.name)) for field in fields(value) if not _is_default(value, field)
        }
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _is_default(value: object, field: Any) -> bool:
    return bool(getattr(value, field.name) == field.default)
