"""A link in Markdown's form, for vaults whose owner has Obsidian write such links."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote

from enrich.vault.app_settings import LinkFormat

_LINK = re.compile(r"\[\[([^\[\]|\\\n]+)(?:\\?\|([^\[\]\n]+))?\]\]")
_UNSAFE = re.compile(r"[^\w./-]")
"""A colon too: no file's name becomes the scheme of an address."""


def encode(address: str) -> str:
    """The address as it is written without angle brackets."""
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), address)


@dataclass(frozen=True)
class MarkdownForm:
    """How links are written in the notes of one folder."""

    folder: str
    """In the vault; empty at the top."""
    format: LinkFormat = "shortest"

    def target(self, link: str, path: str) -> str:
        """The address of the note at ``path`` before it is encoded; ``link`` is what a wikilink to it holds."""
        if self.format == "relative":
            return posixpath.relpath(path, self.folder or ".")
        return path if self.format == "absolute" else link.partition("|")[0] + path[-3:]

    def write(self, text: str, link: str, path: str) -> str:
        """``text`` with ``[words](address)`` in place of each wikilink to ``link``."""
        name = link.partition("|")[0]
        address = encode(self.target(link, path))

        def markdown(found: re.Match[str]) -> str:
            words = found[2] or found[1].rpartition("/")[2]
            return f"[{words}]({address})" if found[1] == name else found[0]

        return _LINK.sub(markdown, text)
