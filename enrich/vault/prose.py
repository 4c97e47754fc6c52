"""What of a note is prose, for whoever asks whether an edit touched more than links."""

import re
from collections.abc import Iterator

from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.wikilink import Link, Wikilink, find_links, shown_words

_LINK, _GONE = "\ufffc", "\ufffb"
"""Stand for a link in a sentence, and for one that goes with its line."""
_ALONE = lazy_pattern(
    rf"^[^\S\n]*(?:>[^\S\n]*)*(?:[-*+][^\S\n]+|<li>)?{_LINK}(?:(?:[^\S\n]|[·,;|])*{_LINK})*(?:</li>)?[^\S\n]*$", re.M
)
"""A line of nothing but links: an item of a list or of the linkage tree, a see-also line."""
_ASIDE = lazy_pattern(rf"[^\S\n]{{0,3}}\((?:see|cf\.)[^\S\n]+{_LINK}\)")
_EMPTY_SECTION = lazy_pattern(rf"^#{{2,6}}[^\S\n][^\n]*\n[\s{_GONE}]*(?=^#{{1,6}}[^\S\n]|\Z)", re.M)


def prose_of(text: str) -> str:
    """``text`` without its links: each as the words that it shows, and none where it says nothing but itself.

    Lines of nothing but links without words of their own, ``(see [[…]])`` and sections that are empty without them go;
    spaces and line ends count as one space. Two texts with the same prose differ by links and spaces alone.
    """
    text = text.replace("\r\n", "\n").replace(_LINK, " ").replace(_GONE, " ")
    links = [link for link in find_links(text) if not link.embed]  # an embed brings another note's words in
    bare = "".join(_blanked(text, links))
    for pattern in (_ALONE, _ASIDE):
        bare = pattern.sub(lambda found: _GONE * found[0].count(_LINK), bare)
    bare = _EMPTY_SECTION.sub(lambda found: _GONE * found[0].count(_GONE), bare)
    left = iter(links)
    said = re.sub(f"[{_LINK}{_GONE}]", lambda found: _say(next(left), found[0] == _GONE, text), bare)
    return " ".join(said.split())


def _blanked(text: str, links: list[Link]) -> Iterator[str]:
    """``text`` with one character in place of each link."""
    at = 0
    for link in links:
        yield from (text[at : link.span.start], _LINK)
        at = link.span.end
    yield text[at:]


def _say(link: Link, goes: bool, text: str) -> str:
    """What the link says: words of its own stay, also where it goes."""
    if not isinstance(link, Wikilink) or link.alias:
        return shown_words(link)
    own = Span(link.span.start + 2, link.span.end - 2).of(text)  # a heading is shown too
    return "" if goes else own.rpartition("/")[2]
