"""Types that are learned from half of a vault's notes: how many of the other half they fit, and how many strangers.

    python -m benchmarks.learned_types VAULT… [--without FOLDER]… [--seeds N] [--choose]

The notes of each exact shape (its keys, the headings that two notes have, how it starts and ends, its top folder) are
split in two halves at random. `pass` is the share of the other half that belongs to a type (`is_of_type`) and has no
must finding (`check_declared`); `learned` the same of the notes whose exact shape a type was learned from. `strangers`
is the share of notes of other shapes that belong to a type and pass it: the mean over the types, and the worst type.

With ``--choose`` the cost of a name (`NAME_BITS`), the one setting that matters, is chosen for each vault on the others
alone, and the vault's own figures are those of that choice.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from enrich.check.style.declared import keeps_type
from enrich.shapes import sequence
from enrich.shapes.cluster import Outline
from enrich.shapes.learned import LearnedType, learn_types
from enrich.shapes.note_shape import NoteShape, read_outlines, read_shape
from enrich.vault.habits import is_of_type
from enrich.vault.note import parse_note

NAME_BITS = (3.0, 6.0, 12.0)
"""What is tried: half and twice of what is set."""


class Score(NamedTuple):
    """The figures of one vault, in shares."""

    notes: int
    types: float
    passing: float
    learned: float
    strangers: float
    worst: float


class Vault(NamedTuple):
    """A vault's notes with their exact shapes."""

    name: str
    shapes: tuple[NoteShape, ...]
    exact: dict[NoteShape, Outline]


def main() -> None:
    """Print a line for each vault."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("vaults", nargs="+", type=Path)
    parser.add_argument("--without", action="append", default=[], metavar="FOLDER", help="left out, by its name")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--choose", action="store_true")
    given = parser.parse_args()
    vaults = [read_vault(path, given.without) for path in given.vaults]
    print(f"{'vault':12} {'notes':>6} {'types':>6} {'pass':>6} {'learned':>8} {'strangers':>10} {'worst':>6}")
    if given.choose:
        print_chosen(vaults, given.seeds)
        return
    for vault in vaults:
        print(line(vault.name, mean_score(vault, given.seeds)), flush=True)


def read_vault(root: Path, without: Sequence[str]) -> Vault:
    """Every note of the folder that lies in none of those left out."""
    paths = (path for path in sorted(root.rglob("*.md")) if not set(without) & set(path.relative_to(root).parts))
    notes = (parse_note(path.relative_to(root).as_posix(), path.read_bytes().decode("utf-8", "surrogateescape"))
             for path in paths)  # fmt: skip
    shapes = tuple(map(read_shape, notes))
    return Vault(root.name, shapes, dict(zip(shapes, read_outlines(shapes), strict=True)))


def print_chosen(vaults: Sequence[Vault], seeds: int) -> None:
    """Each vault with the setting that is best on the others."""
    scores = {(vault.name, bits): with_bits(vault, seeds, bits) for vault in vaults for bits in NAME_BITS}
    for vault in vaults:
        others = [other.name for other in vaults if other is not vault]
        best = max(NAME_BITS, key=lambda bits: fmean(gain(scores[name, bits]) for name in others))
        print(line(vault.name, scores[vault.name, best]), f"NAME_BITS {best:g}", flush=True)


def gain(score: Score) -> float:
    """What a setting is chosen by: notes that pass, less strangers that do."""
    return score.passing - 2 * score.strangers


def with_bits(vault: Vault, seeds: int, bits: float) -> Score:
    """The figures with another cost of a name."""
    before = sequence.NAME_BITS
    sequence.NAME_BITS = bits
    try:
        return mean_score(vault, seeds)
    finally:
        sequence.NAME_BITS = before


def mean_score(vault: Vault, seeds: int) -> Score:
    """The mean of several splits."""
    rows = [score(vault, seed) for seed in range(1, seeds + 1)]
    return Score(*map(fmean, zip(*rows, strict=True)))  # type: ignore[arg-type]


def score(vault: Vault, seed: int) -> Score:
    """The figures of one split."""
    learned_from, other_half = split(vault, random.Random(seed))
    types = learn_types(learned_from)
    shapes_of = [{vault.exact[shape] for shape in one.shapes} for one in types]
    fits = {shape: [passes(shape, one) for one in types] for shape in other_half}
    known = [shape for shape in other_half if any(vault.exact[shape] in shapes for shapes in shapes_of)]
    strangers = [
        share(fits[shape][number] for shape in other_half if vault.exact[shape] not in shapes)
        for number, shapes in enumerate(shapes_of)
    ]
    return Score(
        len(vault.shapes),
        len(types),
        share(any(row) for row in fits.values()),
        share(any(fits[shape]) for shape in known),
        fmean(strangers or [0.0]),
        max(strangers, default=0.0),
    )


def split(vault: Vault, chance: random.Random) -> tuple[list[NoteShape], list[NoteShape]]:
    """Half of the notes of each shape, and the other half; the odd one falls to either."""
    alike: dict[Outline, list[NoteShape]] = defaultdict(list)
    for shape in vault.shapes:
        alike[vault.exact[shape]].append(shape)
    first: list[NoteShape] = []
    second: list[NoteShape] = []
    for shapes in alike.values():
        chance.shuffle(shapes)
        half = (len(shapes) + chance.randrange(2)) // 2
        first += shapes[:half]
        second += shapes[half:]
    return first, second


def passes(shape: NoteShape, learned: LearnedType) -> bool:
    """Whether the note belongs to the type and keeps its musts."""
    note, note_type = shape.note, learned.note_type
    return is_of_type(note, note_type) and keeps_type(note.text, note.stem, note_type)


def share(answers: Iterable[bool]) -> float:
    """The share of yes; 0 of none."""
    found = list(answers)
    return sum(found) / max(1, len(found))


def line(name: str, found: Score) -> str:
    """The figures of a vault on one line."""
    return (
        f"{name[:12]:12} {found.notes:6g} {found.types:6.1f} {found.passing:6.3f} {found.learned:8.3f} "
        f"{found.strangers:10.3f} {found.worst:6.3f}"
    )


if __name__ == "__main__":
    main()
