"""What the tests of links share."""

from pathlib import Path

import pytest

from enrich.links.index import open_index
from tests.links.garden import copy_with_index, garden, write_vault


@pytest.fixture(scope="session")
def _garden_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_vault(tmp_path_factory.mktemp("garden") / "vault", garden())
    open_index(root, root.parent / "cache").close()
    return root


@pytest.fixture
def known_garden(_garden_once: Path, tmp_path: Path) -> Path:
    """A copy of `garden` in ``tmp_path/vault`` whose index lies in ``tmp_path/cache``, as after a first use."""
    return copy_with_index(_garden_once, tmp_path)
