"""How telling a word is: a rare word that a source lacks weighs more than one that every text uses.

`common_stems.txt` lists stems by how many of 950 answers of the training cases use them (`benchmarks/fit_evidence.py`
writes it); a stem that is not in it is rare.
"""

from functools import cache
from importlib.resources import files

RARE = 1.0
LEVELS = (0.4, 0.53, 0.67, 0.77)
"""The rarity of a stem on the first, second … line of the file, from the most common."""


@cache
def _table() -> dict[str, float]:
    lines = files("enrich.check").joinpath("common_stems.txt").read_text("utf-8").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    return {stem: level for level, line in zip(LEVELS, listed, strict=True) for stem in line.split()}


def rarity(stem: str) -> float:
    """From 0.4, in every tenth answer, to 1, hardly in any."""
    return _table().get(stem, RARE)
