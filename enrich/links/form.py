"""What to write between the brackets, as far as the index can tell: `enrich.vault.resolve` knows the whole vault."""

import re

from enrich.links.shelf import Entry, Shelf

_BREAKS_LINK = re.compile(
    r"[\[\]|#^\\\n`*<>$~]|%%|==|://|www\.|\S@\S|&#?\w+;|%[0-9A-Za-z]{2}|(?<!\w)_|_(?!\w)|^\s|\s$|[\x00-\x1f\ufffd]"
)


def link_form(entry: Entry, shelf: Shelf) -> str | None:
    """The stem, or ``path/stem|stem`` where several notes have that stem; None where brackets cannot hold the name."""
    path = entry.path[:-3]
    stem = path.rpartition("/")[2]
    is_unique = len(shelf.postings("s" + stem.lower())) == 1
    if _BREAKS_LINK.search(stem if is_unique else path):
        return None
    return stem if is_unique else f"{path}|{stem}"
