"""How telling a word is that a source lacks: a rare one more than one that every writer adds.

`common_stems.txt` lists stems by how many of 950 answers and summaries have them though their source does not; it is
written by `python -m benchmarks.common_stems`. A stem that is not in it is rare.
"""

from functools import cache
from importlib.resources import files

from enrich.check.facts.stems import stem
from enrich.text.words import word_set

RARE = 1.0
"""The top of the scale."""
_EXPOSITION = word_set("""
    additional additionally additions alternatively appears apparent appropriate approximately associated aspect aspects
    begin begins believed called case cases certain clear clearly common commonly concerning concluded concludes
    considered consider contrast corresponding currently definitive depending describes described despite determine
    different difficult due easily effectively essential eventually exact exactly example explains explained factors
    features finally first focuses following former furthermore general generally hand hence highlights highlighted
    important includes included including indicates indicated individual initially instead involves involve involved
    kind known lastly latter likely main mainly multiple namely necessary noted notes noting number occurs option
    options outlined overall particular particularly particularly possible possibly potential potentially primarily
    process provides provide recommended refer refers referred regarding related remains reported reportedly required
    requires respectively reveals says second secondly seems several shows shown significant significantly similar
    similarly simply specific specifically stated states step subsequently suggests suggested summary terms third
    throughout type types typically unable unclear usually variety various way ways whereas
""")
EXPOSITION = 0.15
"""Rarity of the words with which a writer arranges what others say: hardly any."""
LEVELS = (0.4, 0.53, 0.67, 0.77)
"""The rarity of a stem on the first, second … line of the file, from the one that most writers add."""


@cache
def _table() -> dict[str, float]:
    lines = files("enrich.check.facts").joinpath("common_stems.txt").read_text("utf-8").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    table = {word: level for level, line in zip(LEVELS, listed, strict=True) for word in line.split()}
    return table | {stem(word): EXPOSITION for word in _EXPOSITION}


def rarity(word_stem: str) -> float:
    """From 0.15, a word that only arranges, by 0.4, added in one answer of forty, to 1, hardly in any."""
    return _table().get(word_stem, RARE)
