"""What the vault's owner has set in Obsidian: which notes are left out, where templates lie.

https://help.obsidian.md/settings ("Excluded files"), the core plugins Templates and Daily notes, and Templater. These
are files of the vault: they are read within bounds, and what is wrong with one is told and otherwise without effect.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from enrich.text.json_text import read_json
from enrich.text.pattern import lazy_pattern
from enrich.vault.file import read_file

_TEMPLATES = {"templates.json": "folder", "plugins/templater-obsidian/data.json": "templates_folder"}
LinkFormat = Literal["shortest", "relative", "absolute"]
"""How much of the path new links hold."""
_FORMATS: dict[str, LinkFormat] = {"shortest": "shortest", "relative": "relative", "absolute": "absolute"}
_USUAL_TEMPLATES = ("templates/", "template/", "_templates/")
"""Where no setting names a folder."""
_MOST_FILTERS, _LONGEST_PATTERN, _MOST_REPEATS = 200, 200, 3
"""Excluded files, characters of an expression, and repetitions in it. By hand: every path is held against each, in a
vault that may be somebody else's, and each repetition can multiply that time by the length of a path."""
_UNBOUNDED = lazy_pattern(r"[*+?{]")


class AppSettings(Struct, frozen=True):
    """The settings that matter for links."""

    beginnings: tuple[str, ...] = ()
    """How paths of notes that are left out begin, in lower case."""
    patterns: tuple[re.Pattern[str], ...] = ()
    """Excluded files that are given as an expression."""
    markdown_links: bool | None = None
    """New links are written in Markdown's form; None: nothing is set."""
    link_format: LinkFormat | None = None
    """None: nothing is set."""
    tags: frozenset[str] = frozenset()
    """Notes with one of these are left out; in lower case, without ``#``."""
    faults: tuple[str, ...] = ()
    """What could not be read, for the user."""

    def leaving_out(self, names: Iterable[str]) -> "AppSettings":
        """The same with further folders, and tags (``#private``), that are left out."""
        folders = tuple(f"{name.strip('/ ').lower()}/" for name in names if name.strip("/ ") and name[0] != "#")
        tags = frozenset(name[1:].lower() for name in names if name[0] == "#")
        return replace(self, beginnings=(*self.beginnings, *folders), tags=self.tags | tags)

    def leaves_out(self, path: str, tags: Iterable[str] = ()) -> bool:
        """Whether the note at ``path`` is a template, one of Obsidian's excluded files, or excluded by a setting."""
        if self.tags and any(
            tag == left or tag.startswith(f"{left}/") for tag in map(str.lower, tags) for left in self.tags
        ):
            return True
        return path.lower().startswith(self.beginnings) or any(pattern.search(path) for pattern in self.patterns)


def read_app_settings(root: Path) -> AppSettings:
    """The settings of the vault at ``root``; what is missing there is as Obsidian has it by default."""
    faults: list[str] = []
    folder = root / ".obsidian"
    app = _read_object(folder / "app.json", faults)
    filters = _texts(app.get("userIgnoreFilters"))[:_MOST_FILTERS]
    templates = [_beginning(_read_object(folder / name, faults).get(key)) for name, key in _TEMPLATES.items()]
    daily = "".join(_texts(_read_object(folder / "daily-notes.json", faults).get("template")))
    daily = daily.strip("/").removesuffix(".md").lower()
    beginnings = [
        *(text.lower() for text in filters if not _is_pattern(text)),
        *(filter(None, templates) if any(templates) else _USUAL_TEMPLATES),
        *([f"{daily}.md"] if daily else []),
    ]
    patterns = [_compile(text[1:-1], faults) for text in filters if _is_pattern(text)]
    return AppSettings(
        beginnings=tuple(beginnings),
        patterns=tuple(filter(None, patterns)),
        markdown_links=app["useMarkdownLinks"] is True if "useMarkdownLinks" in app else None,
        link_format=_FORMATS.get(str(app.get("newLinkFormat"))),
        faults=tuple(faults),
    )


def _read_object(file: Path, faults: list[str]) -> dict[str, Any]:
    """The object in ``file``; empty where there is no such file, or something else in it."""
    try:
        value = read_json(read_file(file))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        faults.append(f".obsidian/{file.name}: cannot be read ({error}); it is left out of account")
        return {}
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def _beginning(value: Any) -> str:
    folder = "".join(_texts(value)).strip("/ ").lower()
    return f"{folder}/" if folder else ""


def _is_pattern(text: str) -> bool:
    return len(text) > 2 and text.startswith("/") and text.endswith("/")


def _compile(text: str, faults: list[str]) -> re.Pattern[str] | None:
    """The expression, if it cannot take long: no groups, few repetitions."""
    if len(text) <= _LONGEST_PATTERN and "(" not in text and len(_UNBOUNDED.findall(text)) <= _MOST_REPEATS:
        try:
            return re.compile(text.replace("\\/", "/"), re.IGNORECASE)
        except re.error:
            pass
    faults.append(f".obsidian/app.json: the excluded files /{text[:40]}/ are too complex; name the folder instead")
    return None
