"""Words of a text that are a title's words in another form, by the stemmer of the text's language.

Terms (`enrich.links.terms`) have lost English plurals, Russian cases and Korean particles already. For the languages
of Snowball only words that begin like one of a title are compared: the stemmers are slow, and most texts need none.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from enrich.links.note_index import NoteIndex
from enrich.links.subject import Forms, Subject
from enrich.text.stop_words import find_language

_LONGEST_ENDING, _SHORTEST = 4, 3
"""Letters that two forms of a word may differ by at their end, and those that they share at least."""
_GENDERS = ({"o", "a"}, {"o", "e"})
"""Last letters, before an s, of two Romance nouns rather than of one: of *porto* and *porta*, *porte*."""
_DONE_BY_TERMS = frozenset({"", "english", "russian", "ukrainian", "korean"})


def with_forms(subject: Subject, text: str, index: NoteIndex) -> Subject:
    """``subject``, which is ``text``, with words of titles that it has in another form: it names those notes too."""
    forms = find_forms(text, subject.terms, index)
    if not forms:
        return subject
    terms = Counter(subject.terms)
    for term, other in forms.items():
        terms[other] += terms[term]
    sequence = tuple(forms.get(term, term) for term in subject.sequence)
    return replace(subject, terms=terms, sequence=sequence, forms=forms)


def find_forms(text: str, terms: Iterable[str], index: NoteIndex) -> Forms:
    """For those of ``terms`` that stand in no title the term of a title that is the same word in another form."""
    language = find_language(text).lower()
    if language in _DONE_BY_TERMS:
        return {}
    words = {term for term in terms if len(term) > _SHORTEST and term.isalpha()}
    unknown = sorted(words - index.known("t", words))
    near = {term: some for term in unknown if (some := _similar(term, index))}
    stem = _stemmer_of(language) if near else None
    if stem is None:
        return {}
    same = {term: [other for other in some if _is_same(stem, term, other)] for term, some in near.items()}
    return {term: min(some, key=len) for term, some in same.items() if some}


def _similar(term: str, index: NoteIndex) -> list[str]:
    """Terms of titles that begin as ``term`` does, with or without its accents."""
    shared = max(_SHORTEST, len(term) - _LONGEST_ENDING)
    found = {other for start in {term[:shared], _plain(term)[:shared]} for other in index.beginning("t", start)}
    return sorted(other for other in found if abs(len(other) - len(term)) <= _LONGEST_ENDING)


def _is_same(stem: Callable[[str], str], one: str, other: str) -> bool:
    """Whether the words or their stems agree: of ``ciudad`` the stemmer takes more than of ``ciudades``."""
    return not {one, stem(one)}.isdisjoint({other, stem(other)}) and not _is_other_noun(one, other)


def _is_other_noun(one: str, other: str) -> bool:
    """Whether they differ in gender alone: a noun has one, and so have the adjectives beside it in a name."""
    one, other = one.rstrip("s"), other.rstrip("s")
    return one[:-1] == other[:-1] and {one[-1:], other[-1:]} in _GENDERS


def _plain(term: str) -> str:
    return "".join(_letters(term))


def _letters(term: str) -> Iterator[str]:
    return (char for char in unicodedata.normalize("NFD", term) if not unicodedata.combining(char))


def _stemmer_of(language: str) -> Callable[[str], str] | None:
    """The stemmer of a language by its English name in lower case; None where there is none."""
    import snowballstemmer  # half as long as a warm answer takes, and most vaults are English

    if language not in snowballstemmer.algorithms():
        return None
    stem: Callable[[str], str] = snowballstemmer.stemmer(language).stemWord
    return stem
