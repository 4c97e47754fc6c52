"""The form of a property's value, as a reader of the front matter gets it."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from enrich.text.pattern import lazy_pattern
from enrich.vault.property_type import FORMS, Form, PropertyType

ASKS = "each property has the form that the type says"
"""Of the rule that holds notes to it."""
_DAY = lazy_pattern(r"\[{0,2}\d{4}-\d\d-\d\d\]{0,2}")
_TIME = lazy_pattern(r"\[{0,2}\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
_URL = lazy_pattern(r"<?https?://\S+|\[[^\[\]]*\]\(https?://\S+\)")
_LINK = lazy_pattern(r"!?\[\[[^\[\]\n]+\]\]|\[[^\[\]\n]*\]\([^()\s]+\)")
_TAG = lazy_pattern(r"#?[^\s#,]+(?:[\s,]+#?[^\s#,]+)*")


def find_fault(row: PropertyType, value: Any) -> str:
    """What is wrong with ``value`` of the property, said of its key; empty when nothing is.

    A value that is missing is no fault where the key is optional, the person or the source gives it, or the model
    was asked for what the page may not say.
    """
    if value is None or value == "" or value == []:
        may_lack = row.optional or row.writer in ("person", "source") or row.is_asked
        return "" if may_lack else f"is empty, not {FORMS[row.form]}"
    if not _FITS[row.form](value):
        return f"is {_shown(value)}, not {FORMS[row.form]}"
    if row.writer == "constant" and not _holds(value, row.value):
        wanted = ", ".join(map(str, row.value)) if isinstance(row.value, tuple) else str(row.value)
        return f"is {_shown(value)}, not {wanted}"
    return ""


def has_form(value: Any, form: Form) -> bool:
    """Whether a value of the front matter, read as YAML 1.2, has the form."""
    return _FITS[form](value)


def _shown(value: Any) -> str:
    words = str(value) if isinstance(value, date) else repr(value)
    return words if len(words) <= 60 else f"{words[:60]}…"


def _holds(value: Any, wanted: Any) -> bool:
    """Whether the value is the constant, or a list that has all of it."""
    if isinstance(wanted, tuple):
        return {str(item) for item in wanted} <= {str(item) for item in (value if isinstance(value, list) else [value])}
    return bool(value == wanted) or str(value) == str(wanted)


def _is_text(value: Any) -> bool:
    return isinstance(value, str | int | float | date) and not isinstance(value, bool)


def _matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value.strip()) is not None


def _each(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: all(map(fits, value)) if isinstance(value, list) else fits(value)


_FITS: dict[Form, Callable[[Any], bool]] = {
    "text": _is_text,
    "list": lambda value: isinstance(value, list) and all(map(_is_text, value)),
    "tags": _each(lambda value: _is_text(value) and _TAG.fullmatch(str(value)) is not None),
    "date": lambda value: type(value) is date or _matches(_DAY)(value),
    "datetime": lambda value: isinstance(value, datetime) or _matches(_TIME)(value),
    "flag": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "url": _matches(_URL),
    "link": _matches(_LINK),
    "links": _each(_matches(_LINK)),
}
