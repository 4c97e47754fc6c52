"""An engine that asks nothing twice: what has been answered for an entry is kept, and given again."""

import hashlib
import json
from collections.abc import Callable

from msgspec.structs import asdict

from enrich.inbox.store import Store
from enrich.llm.completion import Completion, Engine, Prompt
from enrich.llm.recording import completion_from_dict, completion_to_dict


class SavedEngine:
    """Answers from the state, else from ``engine``; its completion is kept before it is used (implements `Engine`)."""

    def __init__(self, store: Store, number: int, engine: Engine) -> None:
        self._store, self._number, self._engine = store, number, engine

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """The completion for the prompt, asked for once."""
        asked = hash_prompt(prompt)
        saved = self._store.completion(self._number, asked)
        if saved is not None:
            return completion_from_dict(saved)
        completion = self._engine.complete(prompt, on_text)
        self._store.save_completion(self._number, asked, completion_to_dict(completion))
        return completion


def hash_prompt(prompt: Prompt) -> str:
    """The same for the same messages and schema."""
    text = json.dumps([[asdict(message) for message in prompt.messages], prompt.schema], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
