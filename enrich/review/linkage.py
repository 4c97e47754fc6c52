"""The linkage tree while a note is under review: it follows the prose."""

from collections.abc import Mapping, Sequence

from enrich.check.style.layout import Layout, read_layout
from enrich.check.style.linkage_tree import tree_link, tree_of
from enrich.links.tree_related import MOST_RELATED
from enrich.text.pattern import lazy_pattern
from enrich.text.span import Span
from enrich.vault.wikilink import Link

_TREE = '<div class="linkage-tree">', "</div>\n  <ul>", "\n</div>"
"""What a tree holds one after the other, from its start to its end."""
_TAG = lazy_pattern(r"<li>#([^<\n]*)</li>")
_LINK = lazy_pattern(r"<li>\[\[([^\[\]\n]*)\]\]</li>")


def with_tree(
    text: str, stem: str, shown: Sequence[str] | None = None, swapped: Mapping[str, str] | None = None
) -> str:
    """``text`` with its tree made anew from the prose's links; ``shown`` are its tags, else those it has.

    What the tree related and the prose still links stays, in body order; ``swapped`` maps a link that was replaced to
    the new one. A tree that a person wrote is left alone.
    """
    span = _find_tree(text)
    if span is None:
        return text
    tree = span.of(text)
    tags, related = _TAG.findall(tree), _LINK.findall(tree)
    if tree_of(tags, related) != tree:
        return text
    linked = list(dict.fromkeys(tree_link(link, text) for link in prose_links(read_layout(text, stem))))
    kept = {(swapped or {}).get(link, link) for link in related}
    chosen = [link for link in linked if link in kept]
    chosen += [link for link in linked if link not in kept][: max(0, MOST_RELATED - len(chosen))]
    ordered = [link for link in linked if link in chosen]
    new = tree_of(tags if shown is None else shown, ordered)
    return text[: span.start] + new + text[span.end :]


def _find_tree(text: str) -> Span | None:
    """The first tree; None when the note has none that ends."""
    start = end = text.find(_TREE[0])
    for part in _TREE:
        at = text.find(part, end)
        if at < 0:
            return None
        end = at + len(part)
    return Span(start, end)


def prose_links(layout: Layout) -> tuple[Link, ...]:
    """The links of the body outside of see-also line and tree, in order."""
    see_also = layout.see_also or Span(0, 0)
    return tuple(
        link
        for link in layout.note_links
        if link.makes_backlink and not see_also.start <= link.span.start < see_also.end
    )
