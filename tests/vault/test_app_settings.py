"""What the owner has set in Obsidian is kept to, and a broken or hostile setting does no harm."""

import json
from pathlib import Path

import pytest

from enrich.vault.app_settings import AppSettings, read_app_settings


def settings_of(root: Path, name: str, value: object) -> AppSettings:
    """The settings of a vault whose ``.obsidian/name`` holds ``value``."""
    file = root / ".obsidian" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return read_app_settings(root)


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("app.json", {"userIgnoreFilters": ["Attic/"]}, "Attic/old/note.md"),
        ("app.json", {"userIgnoreFilters": ["attic"]}, "Attic/note.md"),
        ("app.json", {"userIgnoreFilters": ["/\\.old\\.md$/"]}, "work/note.old.md"),
        ("app.json", {"userIgnoreFilters": ["/^work\\/.*draft/"]}, "work/my draft.md"),
        ("templates.json", {"folder": "Forms/daily/"}, "Forms/daily/note.md"),
        ("plugins/templater-obsidian/data.json", {"templates_folder": "Shapes"}, "Shapes/note.md"),
        ("daily-notes.json", {"template": "Forms/Day"}, "Forms/Day.md"),
        ("app.json", {}, "Templates/note.md"),
    ],
)
def test_excluded_files_and_templates_are_left_out(tmp_path: Path, name: str, value: object, path: str) -> None:
    """By folder, expression, or as the template of a plugin; other notes stay."""
    settings = settings_of(tmp_path, name, value)
    assert settings.leaves_out(path)
    assert not settings.leaves_out("work/note.md")
    assert settings.faults == ()


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (b"{broken", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        ({"userIgnoreFilters": ["/(a+)+$/"]}, "too complex"),
        ({"userIgnoreFilters": ["/[a/"]}, "too complex"),
    ],
)
def test_a_bad_setting_is_told_and_has_no_effect(tmp_path: Path, value: object, word: str) -> None:
    """No expression that could run for hours is run, and a broken file is a warning."""
    settings = settings_of(tmp_path, "app.json", value)
    (fault,) = settings.faults
    assert word in fault
    assert not settings.leaves_out("a" * 60 + "!.md")


@pytest.mark.parametrize("value", [[], 7, None, {"userIgnoreFilters": None}, {"userIgnoreFilters": [3, "", {}]}])
def test_a_setting_of_another_shape_is_none(tmp_path: Path, value: object) -> None:
    """Obsidian writes null where nothing was chosen."""
    settings = settings_of(tmp_path, "app.json", value)
    assert settings.faults == ()
    assert not settings.leaves_out("work/note.md")
