"""What was read from a page, before it is decided whether the page can be used.

Plain values only: a reading is made in another process (see `enrich.source.worker`) and comes back as JSON.
"""

from msgspec import Struct


class Signals(Struct, frozen=True):
    """Signs that a page is not the article a reader would see: what `enrich.source.refuse` judges by."""

    document_title: str = ""
    heading: str = ""
    """The first H1."""
    locked: bool = False
    """The page says that the article is not free to read."""
    free: bool = False
    """The page says that the article is free to read."""
    stated_words: int = 0
    """The article's length in words as the page states it; 0 when it does not."""
    needs_password: bool = False
    """A password can be entered."""
    without_scripts: str = ""
    """What the page says to a browser that runs no scripts."""
    scripts: int = 0
    forwards_to: str = ""
    """Where the page sends its reader on by itself."""
    media: str = ""
    """What the page says it is: ``article``, ``video.other`` …"""


class Reading(Struct, frozen=True):
    """What a page says and shows. Values are as in `enrich.source.source.Source`."""

    url: str
    title: str
    title_origin: str
    site: str
    author: str
    published: str
    """``YYYY-MM-DD`` or empty."""
    published_origin: str
    language: str
    paragraphs: tuple[str, ...]
    shown: str
    """The visible text of the whole page, one block a line, cut at 20,000 characters."""
    signals: Signals
    below: str = ""
    """The visible text from the headline on, without menus and footers: where a wall tells its reader what to do."""
    boxes: int = 0
    """How many boxes on the page lead to other pages."""
    boxed: float = 0.0
    """The share of the paragraphs' words that stands in such boxes."""
    flags: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Of the paragraphs, which are clean then; empty for a web page."""
