"""What the tests of commands share."""

from pathlib import Path

import pytest

from tests.fixture_vault import copy_fixture_vault


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A copy of the fixture vault that the test may write into; ``ENRICH_HOME`` is ``home`` beside it."""
    return copy_fixture_vault(tmp_path)
