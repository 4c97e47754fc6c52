"""What a reviewer can do, as data. Sentences, links and candidates go by number and id in the state that was shown."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from enrich.errors import UsageError

_LONGEST = 20_000
"""Characters of a text that a person gives. By hand: seven times a note."""


class Keep(Struct, frozen=True):
    """The sentence was looked at and stays."""

    sentence: int


class Vouch(Struct, frozen=True):
    """The reviewer takes the sentence on, whatever the source says."""

    sentence: int


class Edit(Struct, frozen=True):
    """Other words for the sentence, as they stand in the note."""

    sentence: int
    words: str


class Cut(Struct, frozen=True):
    """The sentence goes."""

    sentence: int


class SwapLink(Struct, frozen=True):
    """Another note in the link's place."""

    link: int
    candidate: str


class RemoveLink(Struct, frozen=True):
    """The link's words without the link."""

    link: int


class SetTitle(Struct, frozen=True):
    """A new title."""

    title: str


class SetTags(Struct, frozen=True):
    """New tags, in order."""

    tags: tuple[str, ...]


class SetKeywords(Struct, frozen=True):
    """New keywords."""

    words: tuple[str, ...]


class SetDescription(Struct, frozen=True):
    """A new description."""

    words: str


class SetTake(Struct, frozen=True):
    """The human's own section; empty words bring the placeholder back."""

    words: str


Action = Keep | Vouch | Edit | Cut | SwapLink | RemoveLink | SetTitle | SetTags | SetKeywords | SetDescription | SetTake


def parse_action(row: Mapping[str, Any]) -> Action:
    """An action from the page's JSON; UsageError for anything else."""
    try:
        return _parse(row)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"action {row.get('action')!r}: cannot be read ({error}); reload the page") from error


def _parse(row: Mapping[str, Any]) -> Action:
    match row["action"]:
        case "keep":
            return Keep(_number(row, "sentence"))
        case "vouch":
            return Vouch(_number(row, "sentence"))
        case "edit":
            return Edit(_number(row, "sentence"), _text(row, "words"))
        case "cut":
            return Cut(_number(row, "sentence"))
        case "swap":
            return SwapLink(_number(row, "link"), _text(row, "candidate"))
        case "remove":
            return RemoveLink(_number(row, "link"))
        case _:
            return _parse_field(row)


def _parse_field(row: Mapping[str, Any]) -> Action:
    match row["action"]:
        case "title":
            return SetTitle(_text(row, "words"))
        case "tags":
            return SetTags(_list(row, "words"))
        case "keywords":
            return SetKeywords(_list(row, "words"))
        case "description":
            return SetDescription(_text(row, "words"))
        case "take":
            return SetTake(_text(row, "words"))
        case unknown:
            raise ValueError(f"no action is called {unknown!r}")


def _number(row: Mapping[str, Any], key: str) -> int:
    value = row[key]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{key} is no number")
    return value


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise TypeError(f"{key} is no text, or too long")
    return value


def _list(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in _text(row, key).replace("\n", ",").split(","))))
