"""Synonyms: words that stand for one another when news is retold.

Looser than a stem, and only for comparing a sentence with the words it rests on: there a true sentence is worded anew,
and what is sought is what it adds.
"""

from functools import cache, lru_cache
from importlib.resources import files

from enrich.check.facts.name_forms import same_thing
from enrich.check.facts.stems import bare, stem

_LONG = 5
"""Letters beyond which `un` is taken for a prefix: that it denies is for others to see (`negation`)."""


@lru_cache(maxsize=32_768)
def synonym_root(word: str) -> str:
    """What a word shares with its synonyms: `bought` and `acquires` are one, and so are `Chinese` and `China`."""
    plain = bare(word)
    if plain.startswith("un") and len(plain) > _LONG:
        plain = plain[2:]
    thing = same_thing(plain)
    return thing or _groups().get(_root(plain), _root(plain))


def _root(word: str) -> str:
    """The stem of the stem: `stays` and `stay` differ after one step."""
    return stem(stem(word))


@cache
def _groups() -> dict[str, str]:
    """Root -> the first root of its group."""
    lines = files("enrich.check.facts").joinpath("synonyms.txt").read_text("utf-8").splitlines()
    groups: dict[str, str] = {}
    for line in lines:
        if not line.startswith("#"):
            members = [_root(word) for word in line.split()]
            groups |= {member: members[0] for member in members if member not in groups}
    return groups
