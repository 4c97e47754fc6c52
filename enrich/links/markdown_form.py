"""A link in Markdown's form, for vaults whose owner has Obsidian write such links."""

import posixpath
import re
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from enrich.links.form import in_format
from enrich.links.link_habits import LinkHabits
from enrich.text.pattern import lazy_pattern
from enrich.vault.app_settings import AppSettings, LinkFormat
from enrich.vault.candidate import Candidate
from enrich.vault.link_text import LinkAddress

_LINK = lazy_pattern(r"\[\[([^\[\]|\\\n]+)(?:\\?\|([^\[\]\n]+))?\]\]")
_UNSAFE = lazy_pattern(r"[^\w./-]")
"""A colon too: no file's name becomes the scheme of an address."""


def encode(address: str) -> str:
    """The address as it is written without angle brackets."""
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), address)


class MarkdownForm(Struct, frozen=True):
    """How links are written in the notes of one folder."""

    folder: str
    """In the vault; empty at the top."""
    format: LinkFormat = "shortest"
    in_brackets: bool = False
    """An address with spaces stands in angle brackets."""
    ending: bool = True
    """The address holds ``.md``."""
    dotted: bool = False
    """The address begins with ``./`` where it leads down."""

    def target(self, link: str, path: str) -> str:
        """The address of the note at ``path`` before it is encoded; ``link`` is what a wikilink to it holds."""
        ending = path[-3:]
        if self.format == "relative":
            target = posixpath.relpath(path, self.folder or ".")
        else:
            target = path if self.format == "absolute" else link.partition("|")[0].partition("#")[0] + ending
        if not self.ending and "." not in posixpath.basename(path)[:-3]:  # whose part behind the dot is no ending
            target = target.removesuffix(ending)
        return f"./{target}" if self.dotted and not target.startswith("../") else target

    def address(self, link: str, path: str) -> LinkAddress:
        """The address of the note at ``path`` as it is written; see `target`."""
        target, mark, heading = self.target(link, path), *link.partition("|")[0].partition("#")[1:]
        if self.in_brackets and " " in target + heading:
            with suppress(ValueError):
                return LinkAddress(f"<{target}{mark}{heading}>")
        return LinkAddress(encode(target) + mark + encode(heading))

    def write(self, text: str, link: str, path: str) -> str:
        """``text`` with ``[words](address)`` in place of each wikilink to ``link``."""
        name, address = link.partition("|")[0], self.address(link, path)

        def markdown(found: re.Match[str]) -> str:
            words = found[2] or found[1].rpartition("/")[2]
            return f"[{words}]({address})" if found[1] == name else found[0]

        return _LINK.sub(markdown, text)


def choose_form(folder: str, settings: AppSettings, habits: LinkHabits) -> MarkdownForm | None:
    """How links are written in the notes of ``folder``: as the owner has set it, else as most are; None: wikilinks."""
    markdown = habits.markdown if settings.markdown_links is None else settings.markdown_links
    if not markdown:
        return None
    usual = habits.format if habits.markdown else "shortest"
    return MarkdownForm(
        folder, settings.link_format or usual, habits.in_brackets, habits.ending, habits.dotted
    )  # fmt: skip


def write_candidates(
    candidates: Iterable[Candidate], folder: str, settings: AppSettings, habits: LinkHabits
) -> tuple[Candidate, ...]:
    """The candidates with links as the vault's owner writes them in a note of ``folder``."""
    form = choose_form(folder, settings, habits)
    if form is not None:
        return tuple(replace(row, address=form.address(row.link, row.path)) for row in candidates)
    wanted = settings.link_format
    links = ((row, in_format(row.link, row.path, folder, wanted)) for row in candidates)
    return tuple(replace(row, link=link) for row, link in links if link is not None)
