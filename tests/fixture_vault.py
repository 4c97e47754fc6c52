"""Copies of the fixture vault, as somebody has it who has used `enrich` there before."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from enrich.config import Settings
from enrich.links.index import index_file, open_index

FIXTURE_VAULT = Path(__file__).parents[1] / "fixtures" / "vault"


def copy_fixture_vault(folder: Path) -> Path:
    """``folder/vault``, which may be written into; its index lies where ``ENRICH_HOME=folder/home`` looks for it."""
    vault = Path(shutil.copytree(FIXTURE_VAULT, folder / "vault"))
    file = index_file(vault, folder / "home" / "cache")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_index())
    return vault


@cache
def _index() -> bytes:
    """The index of the fixture vault: it takes a second, and a copy keeps the times of its files."""
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(FIXTURE_VAULT, Path(folder), airlock=Settings().airlock)
        index.echoes.shares()
        index.close()
        return index.file.read_bytes()
