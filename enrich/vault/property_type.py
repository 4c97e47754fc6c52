"""A property of a note type: one key of its notes' front matter."""

from typing import Literal

from msgspec import Struct

from enrich.vault.section_type import Evidence

Form = Literal["text", "list", "tags", "date", "datetime", "flag", "number", "url", "link", "links"]
PropertyWriter = Literal["model", "source", "constant", "person", "tool"]
Value = str | int | float | bool | tuple[str, ...]

FORMS: dict[Form, str] = {
    "text": "text", "list": "a list", "tags": "tags", "date": "a date YYYY-MM-DD",
    "datetime": "a date with its time, YYYY-MM-DD HH:MM", "flag": "true or false", "number": "a number",
    "url": "a web address", "link": "a link", "links": "a list of links",
}  # fmt: skip
"""Each form in words."""
WORDED: frozenset[Form] = frozenset({"text", "list"})
"""Forms whose values are words of a sentence: what a source says may be told by them, and a mark may follow them."""
OF_SOURCE = ("title", "url", "site", "author", "published", "language", "words")
"""What a property can have from the source."""
OF_MODEL = ("title", "description", "keywords", "tags")
"""What a property can have of what the model is asked for in any case."""
OF_TOOL = ("title", "created", "draft", "note_id", "type", "links")
"""What a property can have from enrich itself."""


class PropertyType(Struct, frozen=True):
    """One ``[[property]]`` of the table."""

    key: str
    form: Form = "text"
    writer: PropertyWriter = "person"
    value: Value = ""
    """The constant; else the field of the source, the model or the tool: see `field`."""
    optional: bool = False
    """A note may do without the key."""
    about: str = ""
    """What the model is to write there; empty: its key says it."""
    evidence: Evidence = "fact"
    """What the model's value is held to, as a section's sentences are."""

    @property
    def field(self) -> str:
        """The field of the writer that the value is taken from; empty for a constant and for what is asked for."""
        if self.writer in ("constant", "person"):
            return ""
        if self.writer == "model" and self.about:
            return ""
        return str(self.value) or usual_field(self.key, self.form, self.writer)

    @property
    def is_list(self) -> bool:
        """Whether it holds several values."""
        return self.form in ("list", "tags", "links")

    @property
    def is_asked(self) -> bool:
        """Whether the model is asked for a value of its own."""
        return self.writer == "model" and not self.field

    @property
    def name(self) -> str:
        """What it is called in an answer and in a finding; no section is called so."""
        return f"{self.key} (property)"

    def says(self, value: str) -> str:
        """A value as a sentence that can be held against the source."""
        return f"{self.key}: {value}"


def fields_of(writer: PropertyWriter) -> tuple[str, ...]:
    """What the writer has; empty for a constant and for the person's own."""
    return {"source": OF_SOURCE, "model": OF_MODEL, "tool": OF_TOOL}.get(writer, ())


_OF_FORM = {
    "model": {"tags": "tags"},
    "source": {"url": "url", "date": "published", "datetime": "published", "number": "words"},
    "tool": {"date": "created", "datetime": "created", "flag": "draft", "link": "links", "links": "links"},
}


def number_words(number: float) -> str:
    """A number in digits, without an exponent."""
    from decimal import Decimal  # two milliseconds of every start, for what few types have

    return format(Decimal(str(number)).normalize(), "f")


def usual_field(key: str, form: Form, writer: PropertyWriter) -> str:
    """The writer's field of the key's own name, else the one that has the form; empty where nothing tells."""
    if key in fields_of(writer):
        return key
    return _OF_FORM.get(writer, {}).get(form, "")
