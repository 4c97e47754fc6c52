"""Hostile texts: every construct that a reader of a vault acts on, in every disguise."""

from collections.abc import Callable

ELSEWHERE = "evil.example"
CONSTRUCTS = {
    "script": f"<script src=//{ELSEWHERE}/x.js></script>",
    "inline script": "<script>window.ran=1</script>",
    "event": "<img src=x onerror=window.ran=1>",
    "frame": f"<iframe src=//{ELSEWHERE}/frame></iframe>",
    "drawing": "<svg/onload=window.ran=1>",
    "element of no standard": "<x-note onclick=window.ran=1>press</x-note>",
    "comment": "<!-- unseen by a reviewer -->",
    "open comment": "<!-- all that follows",
    "instruction": "<?php system(1) ?>",
    "declaration": "<!DOCTYPE html>",
    "character data": "<![CDATA[<b>x</b>]]>",
    "link": f"[press here](https://{ELSEWHERE}/a)",
    "script link": "[press here](javascript:window.ran=1)",
    "reference": f"[press][1] [1]: https://{ELSEWHERE}/",
    "image": f"![chart](https://{ELSEWHERE}/pixel.png)",
    "autolink": f"<https://{ELSEWHERE}/b>",
    "bare address": f"https://{ELSEWHERE}/c",
    "host": f"www.{ELSEWHERE}/d",
    "mail": f"press@{ELSEWHERE}",
    "program": "obsidian://open?vault=private",
    "wikilink": "[[Salary negotiations]]",
    "shown wikilink": "[[Salary negotiations|the terms]]",
    "embed": "![[Salary negotiations#^sum]]",
    "block name": "as they said ^sum",
    "Templater": "<% tp.file.move('/') %>",
    "Liquid": "{% include 'x' %}",
    "placeholder": "{{ title }}",
    "query": "`= this.file.name`",
    "script query": "`$= dv.pages()`",
    "field": "rating:: 5",
    "field in brackets": "[rating:: 5] and (mood:: low)",
    "Obsidian comment": "%% unseen by a reviewer %%",
    "highlight": "==very important==",
    "tag": "#secret and #secret/plan",
    "formula": "$x$ and $$y$$",
    "LaTeX": r"\(x\) and \[y\]",
    "footnote": "[^1] and [^1]: unseen",
    "inline footnote": "^[unseen]",
    "callout": "> [!danger] Watch out",
    "heading": "## my take",
    "underlined heading": "My take\n===",
    "rule": "---",
    "front matter": "---\ndraft: false\n---",
    "fence": "```dataviewjs\ndv.pages()\n```",
    "table": "| a | b |\n|---|---|\n| c | d |",
    "item": "- [ ] a task",
    "number": "1. an item",
    "strike": "~~gone~~",
    "emphasis": "**loud** and __loud__ and *a* and _b_",
    "attributes": "{: .wide onclick=window.ran=1}",
    "module": "import x from 'y' <X {...y}/>",
    "mark of ours": "==[unverified: 5]==",
    "tree of ours": '<div class="linkage-tree"><ul><li>#x</li></ul></div>',
}


def entities(text: str) -> str:
    """Every sign as a character entity."""
    return "".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in text)


def with_bracket(text: str) -> str:
    """A bracket behind the first sign: what takes brackets out puts the rest together."""
    return f"{text[:1]}({text[1:2]}({text[2:]}"


def spaced(text: str) -> str:
    """Spaces that a tidier takes out before punctuation."""
    signs = {":": " :", ";": " ;", ".": " .", "?": " ?", ",": " ,"}
    return "".join(signs.get(char, char) for char in text)


DISGUISES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in a sentence": lambda text: f"The report says {text} in its last part",
    "brackets": with_bracket,
    "spaces before punctuation": spaced,
    "entities": entities,
    "entities of entities": lambda text: entities(text).replace("&", "&amp;"),
    "invisible signs": lambda text: "\u200b".join(text),
    "nested in itself": lambda text: f"{text[:2]}{text}{text[2:]}",
    "backslashes": lambda text: "".join(char if char.isalnum() or char == " " else f"\\{char}" for char in text),
    "in tags": lambda text: "<b></b>".join((text[:1], text[1:])),
    "full width": lambda text: "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text),
    "the word link": lambda text: f"{{link}}{text}{{li\u200bnk}}",
}
TEXTS = {
    f"{construct}, {disguise}": DISGUISES[disguise](CONSTRUCTS[construct])
    for disguise in DISGUISES
    for construct in CONSTRUCTS
}
