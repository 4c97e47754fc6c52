"""Wording: a text as its words, each with its synonym root, its names, and the words that stand for a name."""

from functools import cached_property

from msgspec import Struct

from enrich.check.facts.name_forms import is_person_of_country
from enrich.check.facts.names import Name, find_names
from enrich.check.facts.rarity import rarity
from enrich.check.facts.stems import bare, is_function_word, stem
from enrich.check.facts.synonyms import synonym_root
from enrich.text.words import Word, split_words, word_set

_PRONOUNS = word_set("he she it they his her hers its their him them i we our my us you your who whose which")
_DETERMINERS = word_set("the this that these a an")
_ROLES = word_set("""
    company firm airline carrier manufacturer maker agency startup startups group bank lender ministry government
    country city state university singer founder ceo executive chief president director author writer report study
    regulator court police union team giant chain publisher developer retailer operator owner parent platform service
    spokesperson spokeswoman spokesman entity institute foundation authority commission two both companies firms banks
    officials sides school council charity club museum researchers researcher scientists scientist authors analysts
    investigators economists engineers doctors prosecutors
""")


class Wording(Struct, frozen=True, dict=True):
    """The words of a text."""

    text: str
    nouns_capitalised: bool = False

    @cached_property
    def words(self) -> list[Word]:
        """All words, in order."""
        return split_words(self.text)

    @cached_property
    def plain(self) -> list[str]:
        """Each in bare form."""
        return [bare(word.text) for word in self.words]

    @cached_property
    def small(self) -> list[str]:
        """Each in small letters, accents kept: `bán` is no `ban`."""
        return [word.text.casefold() for word in self.words]

    @cached_property
    def roots(self) -> list[str]:
        """The synonym root of each; empty for a function word."""
        return ["" if is_function_word(word.text) else synonym_root(word.text) for word in self.words]

    @cached_property
    def weights(self) -> list[float]:
        """The rarity of each; 0 for a function word."""
        return [rarity(stem(plain)) if own else 0.0 for plain, own in zip(self.plain, self.roots, strict=True)]

    @cached_property
    def root_set(self) -> frozenset[str]:
        """The synonym roots of its content words."""
        return frozenset(filter(None, self.roots))

    @cached_property
    def names(self) -> list[Name]:
        """Its names."""
        return find_names(self.text, self.words, self.nouns_capitalised)

    @cached_property
    def stand_ins(self) -> list[int]:
        """The words, by number, that stand for a name said elsewhere: `she`, `the company`."""
        return [
            at
            for at, word in enumerate(self.plain)
            if word.partition("'")[0] in _PRONOUNS  # `we're`
            or (at and self.plain[at - 1] in _DETERMINERS and (word in _ROLES or is_person_of_country(word)))
        ]
