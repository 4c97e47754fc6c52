"""What may stand between the brackets of a wikilink: the names of the vault's files, which anybody may have chosen."""

from enrich.text.pattern import lazy_pattern

_BREAKS_LINK = lazy_pattern(
    r"[\[\]|#^\\\n`*<>$~]|%%|==|::|://|www\.|\S@\S|&#?\w+;|%[0-9A-Za-z]{2}|\{[{%#]|(?<!\w)_|_(?!\w)|^\s|\s$"
    # Controls, and what is not seen or turns the reading round; joiners and variation selectors belong to letters.
    "|[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""What ends a wikilink, what Markdown reads as markup before the site looks for wikilinks, and what no reader sees."""

_ADDRESS = lazy_pattern(r"(?!/)(?:[\w./#-]|%[0-9A-F]{2})+|<(?!/)[^<>:%\\\x00-\x1f]+>")
"""Without a colon there is no scheme, and without a slash in front no other site."""


class LinkText(str):
    """The inside of a wikilink: ``stem``, or ``path/stem|stem`` where the stem is not unique.

    Only a name that is nothing but a name becomes one; ValueError for any other. A note that has such a name is not
    linked to.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> "LinkText":
        """``text``, if it is safe between brackets."""
        target, bar, shown = text.partition("|")
        if any(not part or _BREAKS_LINK.search(part) for part in (target, *([shown] if bar else []))):
            raise ValueError(f"{text!r} cannot stand in a wikilink")
        return str.__new__(cls, text)


class LinkAddress(str):
    """Where a link in Markdown's form leads, as it is written: a path of the vault, encoded or in angle brackets.

    ValueError for one that leads out of the vault or could end the link; the empty one is no address.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> "LinkAddress":
        """``text``, if it is such an address."""
        if text and not _ADDRESS.fullmatch(text):
            raise ValueError(f"{text!r} is no address of a note")
        return str.__new__(cls, text)


def titled_link(path: str, title: str, stem: str) -> LinkText | None:
    """``path|title``, for a note whose name alone does not say which one it is (``Biology/index``)."""
    return link_text(path, title or stem) or link_text(path, stem)


def link_text(target: str, shown: str = "") -> LinkText | None:
    """``target`` between brackets, shown as ``shown`` if that is given; None where brackets cannot hold a name."""
    if "|" in target or "|" in shown:
        return None
    try:
        return LinkText(f"{target}|{shown}" if shown else target)
    except ValueError:
        return None
