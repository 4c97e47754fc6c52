"""A small prompt with its answer, and an engine that never sleeps."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from enrich.llm.client import LiveEngine
from enrich.llm.completion import Completion, Message, Prompt
from enrich.llm.endpoint import Endpoint, Patience
from enrich.llm.transport import Clock

KEY = "sk-proj-9f8e7d6c5b4a"

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "link": {"type": ["string", "null"], "enum": ["n1", "n2", None]},
    },
    "required": ["title", "link"],
    "additionalProperties": False,
}
PROMPT = Prompt(
    name="draft",
    messages=(Message("system", "Write a note."), Message("user", "The article says X.")),
    schema=SCHEMA,
    schema_name="note",
    parts={"system": "Write a note.", "article": "The article says X."},
)
ANSWER = {"title": "acme opens its model", "link": "n1"}
TEXT = json.dumps(ANSWER)


class Naps:
    """A clock whose sleeps are written down and take no time."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def clock(self) -> Clock:
        """Real time, but no sleep and no chance."""
        return Clock(sleep=self.slept.append, chance=lambda: 1.0)


def engine(
    url: str,
    *,
    naps: Naps | None = None,
    memory: Path | None = None,
    patience: Patience | None = None,
    key: str = KEY,
    **settings: Any,
) -> LiveEngine:
    """A live engine for the endpoint at ``url``."""
    made = Endpoint(url, "m-1", key, patience=patience or Patience(), **settings)
    return LiveEngine(made, memory, (naps or Naps()).clock())


def ask(url: str, **settings: Any) -> Completion:
    """The completion of the sample prompt."""
    return engine(url, **settings).complete(PROMPT, lambda _: None)
