"""A hand-written reader: it says of sentences what it is told to, and finds planted errors unless it nods."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from enrich.llm.completion import Completion, Prompt, Usage

Said = dict[str, Any]


@dataclass
class Reader:
    """An engine with opinions by sentence; of every other sentence it says that it follows or, where that is no page's,
    that it is contradicted."""

    page: str
    opinions: Mapping[str, Said] = field(default_factory=dict)
    nods: bool = False
    prompts: list[Prompt] = field(default_factory=list)

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """A reading of each sentence of the prompt."""
        self.prompts.append(prompt)
        on_text("")
        rows = [{"id": name, **self._read(text)} for name, text in sentences_of(prompt).items()]
        return Completion("", {"readings": rows}, "reader", Usage(10, 5), "stop", "json_schema", "loopback")

    def _read(self, text: str) -> Said:
        if text in self.opinions:
            return dict(self.opinions[text])
        planted = not self.nods and is_planted(text, self.page)
        return said("contradicted", text.split()[0]) if planted else said("follows", quote=self.page.split("\n")[0])


def is_planted(text: str, page: str) -> bool:
    """Whether a sentence is one of the page's own with something turned in it."""
    words = set(text.split())
    own = [set(" ".join(row.split()).split()) for row in page.replace(". ", ".\n").splitlines()]
    turned = [row for row in own if row and 0 < len(words - row) <= 3 and len(words & row) >= 0.6 * len(row)]
    return text.startswith("It is not true that") or bool(turned)


def sentences_of(prompt: Prompt) -> dict[str, str]:
    """Id → sentence, as a request shows them."""
    blocks = prompt.messages[1].content.split("\n# s")[1:]
    return {f"s{block.split()[0]}": block.split("Sentence: ")[1].split("\n")[0] for block in blocks}


def said(meaning: str, *words: str, quote: str | None = None) -> Said:
    """One reading as it comes."""
    return {"words": list(words), "quote": quote, "verdict": meaning}
