"""The linkage tree: the HTML list of a note's topics and related links, byte for byte as the vault has it."""

from collections.abc import Sequence

from enrich.text.pattern import lazy_pattern
from enrich.vault.wikilink import Link, MarkdownLink, name_of

TREE_TAGS = slice(1, 4)
"""The first tag is the note's type and the fifth the extra one; the tree shows the topics and the year between."""

_TREE_TAG = lazy_pattern(r"<li>#([^<\n]*)</li>")
_TREE_LINK = lazy_pattern(r"<li>\[\[([^\[\]\n]*)\]\]</li>")
_HEAD = """\
<div class="linkage-tree">
  <div class="linkage-tree-title">linkage tree</div>
  <ul>
    <li>tags
      <ul>
"""
_MIDDLE = """\
      </ul>
    </li>
    <li>related
      <ul>
"""
_TAIL = """\
      </ul>
    </li>
  </ul>
</div>"""


def linkage_tree(tags: Sequence[str], related: Sequence[str]) -> str:
    """The tree of a note with the front matter's ``tags`` and the ``related`` links, without a newline at the end.

    ``related`` holds what stands between the brackets: ``stem`` or ``path/stem|stem``. There is no blank line inside:
    it would end the HTML block.
    """
    return tree_of(tags[TREE_TAGS], related)


def tree_of(shown: Sequence[str], related: Sequence[str]) -> str:
    """The tree that shows exactly the tags ``shown`` and the ``related`` links."""
    tag_items = (_item(f"#{tag}") for tag in shown)
    link_items = (_item(f"[[{link}]]") for link in related)
    return "".join((_HEAD, *tag_items, _MIDDLE, *link_items, _TAIL))


def read_tree(text: str) -> tuple[list[str], list[str]]:
    """The tags and the related links that a tree shows."""
    return _TREE_TAG.findall(text), _TREE_LINK.findall(text)


def tree_link(link: Link, text: str) -> str:
    """What a tree has between the brackets for a link of the prose: it is no Markdown there."""
    if isinstance(link, MarkdownLink):
        name = name_of(link)
        return name if link.words == name else f"{name}|{link.words}"
    return link.span.of(text).removeprefix("!")[2:-2]


def is_tree(text: str) -> bool:
    """Whether ``text`` is a tree as `tree_of` writes it, blank lines around it aside."""
    return text.strip("\n") == tree_of(*read_tree(text))


def _item(text: str) -> str:
    # A file name may hold `<` on some systems; inside an HTML block it would open a tag.
    return f"        <li>{text.replace('<', '&lt;')}</li>\n"
