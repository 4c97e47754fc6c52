"""How far a model's answer is, on the line of progress."""

from msgspec import Struct

from enrich.workspace.reporter import Reporter


class AnswerProgress(Struct):
    """How far an answer is, in tokens."""

    tell: Reporter
    model: str = ""
    expected: int = 0
    characters: int = 0

    def begin(self, model: str, what: str, expected: int) -> None:
        """A round for ``what`` begins, which ``model`` answers in about ``expected`` tokens."""
        self.model, self.expected, self.characters = model, expected, 0
        self.tell.progress(f"asking {self.model} for {what}")

    def count(self, piece: str) -> None:
        """A piece of the answer has come."""
        self.characters += len(piece)
        written = self.characters // 4
        of = f" of about {self.expected:,}" if written <= self.expected else ""
        self.tell.progress(f"{self.model} is writing: {written:,}{of} tokens", goes_on=True)
