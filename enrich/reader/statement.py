"""A statement: one sentence of a note as the second reader is shown it."""

from typing import Literal

from msgspec import Struct

from enrich.text.span import Span

Form = Literal["fact", "inference", "question", "title"]


class Statement(Struct, frozen=True):
    """A sentence, what kind of thing it is, and where its evidence stands."""

    key: str
    """`check_note.sentence_key` of it."""
    text: str
    """As a reader of the note sees it."""
    form: Form = "fact"
    evidence: Span | None = None
    """Of the source's text: the writer's quote, else the nearest place."""
    linked: str = ""
    """The title of the note that it links to, and the line that says what that note is about."""
