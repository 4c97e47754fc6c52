"""Readings that are kept beside the record of a review: what was read once is not read again."""

import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from enrich.check.evidence.judgement import Reading
from enrich.errors import EnrichError, reason_of
from enrich.source.source import Source
from enrich.text.json_text import read_json
from enrich.text.typed import build


def keep_readings(path: Path, readings: Mapping[str, Reading], source: Source) -> None:
    """Keep ``readings`` for later, with those that were there about the same source."""
    kept = {**kept_readings(path, source), **readings}
    rows = {key: asdict(reading) for key, reading in kept.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"source": _digest(source), "readings": rows}, ensure_ascii=False, indent=1)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise EnrichError(f"{path}: {reason_of(error)}; the model's reading was not kept") from error


def kept_readings(path: Path, source: Source | None) -> dict[str, Reading]:
    """`sentence_key` → what a model said of it; empty when nothing was kept, or it was about another source."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        kept: dict[str, Any] = read_json(path.read_bytes())
        if source is not None and kept["source"] == _digest(source):
            return {key: build(Reading, row) for key, row in kept["readings"].items()}
    return {}


def _digest(source: Source) -> str:
    return sha256(source.text.encode("utf-8", "surrogateescape")).hexdigest()
