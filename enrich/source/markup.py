"""A page as a tree: parsed, freed of what a reader does not see, and read as blocks of text."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from enrich.source.block import find_blocks
from enrich.text.pattern import lazy_pattern

_INVISIBLE_TAGS = ("script", "style", "noscript", "template", "iframe", "object", "svg", "math", "select", "datalist")
_MAIN_PARTS = ("h1", "main", "article")
_HIDING_STYLE = lazy_pattern(
    r"(?:^|;)\s*(?:"
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:!|;|$)"
    r"|font-size\s*:\s*(?:0(?:\.0+)?[a-z%]*|[01]?(?:\.\d+)?p[xt])\s*(?:!|;|$)|color\s*:\s*transparent"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:!|;|$)"
    r")",
    re.I,
)
_HIDDEN_CLASSES = frozenset(
    """
    sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader-only screen-reader
    u-visually-hidden u-hidden is-hidden d-none offscreen a11y-hidden
    """.split()
)
_HIDING_RULE = lazy_pattern(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_SHOWING_RULE = lazy_pattern(r"(?:^|;)\s*(?:display\s*:\s*(?!none)|visibility\s*:\s*visible)", re.I)
_BRACE = lazy_pattern(r"([{}])")
_CSS_COMMENT = lazy_pattern(r"/\*.*?(?:\*/|\Z)", re.S)
_SIMPLE_SELECTOR = lazy_pattern(r"[.#][\w-]+")
_XML_DECLARATION = lazy_pattern(r"\A\s*<\?xml[^>]*>")
_EARLY_END = lazy_pattern(r"</(?:html|body)\s*>", re.I)


class TooManyElementsError(ValueError):
    """A page has more elements than it may have; the argument is their number."""


def parse_html(text: str, most: int | None = None) -> HtmlElement:
    """Parse a page as browsers do: anything gives a tree. Raises `TooManyElementsError` above ``most``, if given.

    Elements nested more than 256 deep are dropped by the parser.
    """
    text = _XML_DECLARATION.sub("", text).replace("\0", "")
    text = _EARLY_END.sub("", text)  # the parser would drop what follows; browsers do not
    parser = HTMLParser(encoding="utf-8")
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing in it but space and comments
        tree = document_fromstring(b"<html></html>", parser=parser)
    count = sum(1 for _ in tree.iter(etree.Element))
    if most is not None and count > most:
        raise TooManyElementsError(count)
    return tree


def drop_hidden(tree: HtmlElement) -> None:
    """Remove what a browser does not show, in place: a page can hide instructions to a model there.

    Read are the elements themselves, their inline style and the simple rules of the page's own style sheets; style
    sheets that would have to be fetched are not. An element with most of the page's text that holds the headline or the
    main part, or stands in it, is kept: many pages are hidden until their scripts have run.
    """
    hidden_names = _hidden_names(tree)
    _drop([node for node in tree.iter(*_INVISIBLE_TAGS, etree.Comment, etree.ProcessingInstruction)])
    most = len(tree.text_content()) / 2
    hidden = [element for element in tree.iter(etree.Element) if _is_hidden(element, hidden_names)]
    _drop([element for element in hidden if not _holds_the_page(element, most)])


def read_blocks(root: HtmlElement) -> list[str]:
    """The text of an element, one string for each paragraph, heading, list item or table row; spaces made single."""
    return [block.text for block in find_blocks(root)]


def read_line(element: HtmlElement) -> str:
    """The text of an element on one line."""
    return " ".join(read_blocks(element))


def _is_hidden(element: HtmlElement, hidden_names: frozenset[str]) -> bool:
    if element.tag == "dialog":
        return "open" not in element.attrib
    if "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true":
        return True
    classes = element.get("class", "").split()
    if not _HIDDEN_CLASSES.isdisjoint(classes) or f"#{element.get('id')}" in hidden_names:
        return True
    if any(f".{name}" in hidden_names for name in classes):
        return True
    return bool(_HIDING_STYLE.search(element.get("style", "")))


def _holds_the_page(element: HtmlElement, most: float) -> bool:
    if element.tag in ("html", "body"):
        return True
    around_main = any(True for _ in element.iter(*_MAIN_PARTS))
    in_main = any(True for _ in element.iterancestors("main", "article"))
    return (around_main or in_main) and len(element.text_content()) > most


def _drop(nodes: list[HtmlElement]) -> None:
    for node in nodes:
        if node.getparent() is not None:  # else it went with an outer one, or is the page itself
            node.drop_tree()


def _hidden_names(tree: HtmlElement) -> frozenset[str]:
    """Classes and ids, as ``.name`` and ``#name``, that the page's own style sheets hide and never show again.

    A rule hides when it holds on every screen; one inside ``@media`` is enough to show.
    """
    hidden: set[str] = set()
    shown: set[str] = set()
    for selector, declarations, depth in _rules(tree):
        if depth == 1 and _SIMPLE_SELECTOR.fullmatch(selector) and _HIDING_RULE.search(declarations):
            hidden.add(selector)
        elif _SHOWING_RULE.search(declarations):
            shown.update(_SIMPLE_SELECTOR.findall(selector))
    return frozenset(hidden - shown)


def _rules(tree: HtmlElement) -> Iterator[tuple[str, str, int]]:
    """Selector, declarations and depth of every style rule; the depth is 1 outside of ``@`` blocks."""
    for style in tree.iter("style"):
        depth, selectors = 0, ""
        pieces = _BRACE.split(_CSS_COMMENT.sub("", style.text or ""))
        for text, brace in zip(pieces[::2], pieces[1::2], strict=False):  # the last text has no brace after it
            if brace == "{":
                depth += 1
                selectors = text
            else:
                yield from ((selector.strip(), text, depth) for selector in selectors.split(",") if selector)
                depth = max(0, depth - 1)
                selectors = ""
