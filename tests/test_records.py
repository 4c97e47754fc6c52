"""Records are structs, which a start does not pay for."""

from pathlib import Path

import enrich

_SERVICES = {"review/store.py", "review/server.py", "llm/endpoint.py", "draft/run.py"}
"""What holds a key or a lock, which no ``repr`` shows."""


def test_a_record_is_a_struct() -> None:
    """A dataclass takes a millisecond to make at every start, a struct none: only what hides a field is a dataclass."""
    folder = Path(enrich.__path__[0])
    found = {str(file.relative_to(folder)) for file in folder.rglob("*.py") if "@dataclass" in file.read_text("utf-8")}
    assert found == _SERVICES
