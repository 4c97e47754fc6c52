"""A property of a note type: one key of its notes' front matter."""

from typing import Literal

from msgspec import Struct

Form = Literal["text", "list", "tags", "date", "datetime", "flag", "number", "url", "link", "links"]
PropertyWriter = Literal["model", "source", "constant", "person", "tool"]
Value = str | int | float | bool | tuple[str, ...]

OF_SOURCE = ("title", "url", "site", "author", "published", "language", "words")
"""What a property can have from the source."""
OF_MODEL = ("title", "description", "keywords", "tags")
"""What a property can have from the model."""
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

    @property
    def field(self) -> str:
        """The field of the writer that the value is taken from; empty for a constant and for the person's own."""
        if self.writer in ("constant", "person"):
            return ""
        return str(self.value) or usual_field(self.key, self.form, self.writer)


def fields_of(writer: PropertyWriter) -> tuple[str, ...]:
    """What the writer has; empty for a constant and for the person's own."""
    return {"source": OF_SOURCE, "model": OF_MODEL, "tool": OF_TOOL}.get(writer, ())


_OF_FORM = {
    "model": {"tags": "tags", "list": "keywords", "text": "description"},
    "source": {"url": "url", "date": "published", "datetime": "published", "number": "words"},
    "tool": {"date": "created", "datetime": "created", "flag": "draft", "link": "links", "links": "links"},
}


def usual_field(key: str, form: Form, writer: PropertyWriter) -> str:
    """The writer's field of the key's own name, else the one that has the form; empty where nothing tells."""
    if key in fields_of(writer):
        return key
    return _OF_FORM.get(writer, {}).get(form, "")
