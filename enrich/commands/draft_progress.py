"""How far a model's answer is, on the line of progress."""

from dataclasses import dataclass

from enrich.console import Console


@dataclass
class Answer:
    """How far an answer is, on the line of progress."""

    model: str
    console: Console
    expected: int = 0
    characters: int = 0

    def begin(self, what: str, expected: int) -> None:
        """A round for ``what`` begins, of about ``expected`` tokens."""
        self.expected, self.characters = expected, 0
        self.console.progress(f"asking {self.model} for {what}")

    def count(self, piece: str) -> None:
        """A piece of the answer has come."""
        self.characters += len(piece)
        written = self.characters // 4
        of = f" of about {self.expected:,}" if written <= self.expected else ""
        self.console.progress(f"{self.model} is writing: {written:,}{of} tokens", goes_on=True)
