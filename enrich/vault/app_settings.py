"""What the vault's owner has set in Obsidian: which notes are left out, where templates lie.

https://help.obsidian.md/settings ("Excluded files"), the core plugins Templates and Daily notes, and Templater. These
are files of the vault: they are read within bounds, and what is wrong with one is told and otherwise without effect.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enrich.text.json_text import read_json
from enrich.vault.file import read_file

_FILES = {
    "app.json": "userIgnoreFilters",
    "templates.json": "folder",
    "daily-notes.json": "template",
    "plugins/templater-obsidian/data.json": "templates_folder",
}
_USUAL_TEMPLATES = ("templates/", "template/", "_templates/")
"""Where no setting names a folder."""
_MOST_FILTERS, _LONGEST_PATTERN, _MOST_REPEATS = 200, 200, 3
_UNBOUNDED = re.compile(r"[*+?{]")


@dataclass(frozen=True)
class AppSettings:
    """The settings that matter for links."""

    beginnings: tuple[str, ...] = ()
    """How paths of notes that are left out begin, in lower case."""
    patterns: tuple[re.Pattern[str], ...] = ()
    """Excluded files that are given as an expression."""
    faults: tuple[str, ...] = ()
    """What could not be read, for the user."""

    def leaves_out(self, path: str) -> bool:
        """Whether the note at ``path`` is a template or one of Obsidian's excluded files."""
        return path.lower().startswith(self.beginnings) or any(pattern.search(path) for pattern in self.patterns)


def read_app_settings(root: Path) -> AppSettings:
    """The settings of the vault at ``root``; what is missing there is as Obsidian has it by default."""
    faults: list[str] = []
    found = {name: _read_value(root / ".obsidian" / name, key, faults) for name, key in _FILES.items()}
    filters = _texts(found.pop("app.json"))[:_MOST_FILTERS]
    templates = [_beginning(found, "templates.json"), _beginning(found, "plugins/templater-obsidian/data.json")]
    daily = "".join(_texts(found["daily-notes.json"])).strip("/").removesuffix(".md").lower()
    beginnings = [
        *(text.lower() for text in filters if not _is_pattern(text)),
        *(filter(None, templates) if any(templates) else _USUAL_TEMPLATES),
        *([f"{daily}.md"] if daily else []),
    ]
    patterns = [_compile(text[1:-1], faults) for text in filters if _is_pattern(text)]
    return AppSettings(tuple(beginnings), tuple(filter(None, patterns)), tuple(faults))


def _read_value(file: Path, key: str, faults: list[str]) -> Any:
    """What the object in ``file`` has under ``key``; None where there is no such file, or no such object in it."""
    try:
        value = read_json(read_file(file))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        faults.append(f".obsidian/{file.name}: cannot be read ({error}); it is left out of account")
        return None
    return value.get(key) if isinstance(value, dict) else None


def _texts(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def _beginning(found: dict[str, Any], name: str) -> str:
    folder = "".join(_texts(found[name])).strip("/ ").lower()
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
