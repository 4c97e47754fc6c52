"""A reader of finished notes that shares nothing with the product: what in a note would act?"""

import re

import yaml
from markdown_it import MarkdownIt

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("text_join")
PLAIN_TOKENS = frozenset(
    "paragraph_open paragraph_close inline text softbreak heading_open heading_close bullet_list_open "
    "bullet_list_close list_item_open list_item_close em_open em_close link_open link_close text_special".split()
)
RAW = {
    "comment": "%%", "template": r"<%|%>|\{\{|\{%", "highlight": r"==[^=\n]+==", "field": r"\w[ \t]*::",
    "footnote": r"\[\^|\^\[", "callout": r"\[!", "embed": r"!\[\[", "code": "`", "HTML": r"<[A-Za-z/!?]",
    "tag": r"(?<![\w&])#(?![\d\s.,;:!?)\]}'\"]|\Z)", "block name": r"(?m)\s\^[\w-]+\s*$",
    "address": r"://|(?<!\w)www\.\w|(?i:javascript|obsidian):\S", "formula": r"(?<!\\)\$[^\n]*(?<!\\)\$",
    "hidden character": r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f-\x9f]",
}  # fmt: skip
KEYS = "title tags keywords draft description created updated note_id cssclasses".split()
TREE = re.compile(
    r'<div class="linkage-tree">\n  <div class="linkage-tree-title">linkage tree</div>\n  <ul>\n'
    r"(?: +</?(?:li|ul)>(?:tags|related)?\n| +<li>(?:tags|related)\n| +<li>#[a-z0-9-]+</li>\n"
    r"| +<li>\[\[[^\[\]<>]+\]\]</li>\n)+"
    r"</div>"
)
MARK = re.compile(r" ==\[unverified(?:: [\w\s.:/%$€£¥+'\"°·–—−&#,\\…-]*)?\]==")


def faults_of(note: str, links: frozenset[str], address: str) -> list[str]:
    """Everything in ``note`` that would act: all but the type's headings, known links, one citation, marks and tree."""
    head, _, body = note.removeprefix("---\n").partition("\n---\n")
    values = yaml.safe_load(head)
    faults = [] if list(values) == KEYS and values["draft"] is True else [f"front matter: {values}"]
    faults += [key for key in ("title", "description") if not isinstance(values[key], str)]
    faults += [f"hidden in the front matter: {head!r}"] if re.search(RAW["hidden character"], head) else []
    body = MARK.sub("", TREE.sub("tree", body))
    for name in re.findall(r"\[\[([^\[\]]*)\]\]", body):
        faults += [] if name in links else [f"link to {name!r}"]
    body = re.sub(r"(?<!!)\[\[([^\[\]]*)\]\]", "name", body)
    hrefs = []
    for block in READER.parse(body):
        for token in (block, *(block.children or ())):
            entity = token.type == "text_special" and token.info == "entity"
            if token.type not in PLAIN_TOKENS or entity:
                faults.append(f"{token.type}: {token.content or token.markup}")
            if token.type == "link_open":
                hrefs.append(str(token.attrGet("href")))
            if token.type == "heading_open" and token.tag not in ("h1", "h2"):
                faults.append(token.tag)
    faults += [] if hrefs == [address] else [f"addresses {hrefs}"]
    rest = re.sub(r"(?m)^#+ ?", "", body.replace(f"]({address})", ""))
    faults += [f"{kind}: {found[0]!r}" for kind, form in RAW.items() if (found := re.search(form, rest))]
    headings = re.findall(r"(?m)^## (.*)", body)
    return faults if headings == HEADINGS else [*faults, f"headings {headings}"]


HEADINGS = ["scene cut", "signal braid", "risk surface", "my take", "linkage", "ending questions"]
