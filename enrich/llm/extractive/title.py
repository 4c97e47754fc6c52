"""The title of a note without a model: the article's own headline, as far as the note type has room for it."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from operator import itemgetter

from msgspec import Struct

from enrich.llm.extractive.article import Article
from enrich.llm.extractive.lexicon import Lexicon
from enrich.text.latin import to_latin
from enrich.text.pattern import lazy_pattern
from enrich.text.words import split_words
from enrich.vault.note_type import NoteType

ELIDING = frozenset({"fr", "it", "ca", "oc"})
_ELISION = lazy_pattern(r"\b(\w|qu|dell|all|nell|un)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = lazy_pattern(r"['’]s\Z")
_PAUSE = lazy_pattern(r"[,:;|()?!.…–—、，：；。！？·]|\s-\s")
_SECTION = lazy_pattern(
    r"(?:review|report|interview|column|opinion|exclusive|live|video|watch|analysis|update|breaking|editorial|kommentar|analyse|exklusiv)\s*[:|]\s*",
    re.IGNORECASE,
)
_ARTICLES = frozenset({"a", "an", "the", "its", "their", "his", "her"})
"""What a headline does without where room is scarce."""
WHOLE, CLAUSE, LISTED, PHRASE = 4.0, 2.0, 1.5, 1.0
"""How well a headline could end: before a dash or colon, before a clause, at a comma, before a preposition."""
COMMAS = frozenset(",、，")


class Piece(Struct, frozen=True):
    """A word of the headline: what it is in a title, and how well the headline could end before it."""

    latin: tuple[str, ...]
    word: str
    """In lower case, as the headline has it."""
    ending: float
    """0: the headline cannot end before it; the more, the better."""


def latin_words(text: str, language: str = "") -> tuple[str, ...]:
    """``text`` as words of ``[a-z0-9]``: ``Trump’s 12.9bn`` → ``trump 12 9bn``."""
    text = _ELISION.sub(r"\1 ", text) if language in ELIDING else text
    return tuple(re.findall(r"[a-z0-9]+", to_latin(text, language).lower().replace("'", "")))


def make_title(article: Article, note_type: NoteType) -> str:
    """The headline in a title's letters, cut where a phrase ends; whole where the type has room for it."""
    english = article.lexicon.language == "en"
    labelled, pieces = _read(article.title, article), _read(_SECTION.sub("", article.title, count=1), article)
    bare = [piece for piece in pieces if not (english and piece.word in _ARTICLES)]
    for whole in (labelled, pieces, bare):
        if not _is_longer(whole, note_type):
            return _join(_fill(whole, article, note_type)) or "untitled"
    return _join(_cut(pieces, article, note_type))


def _fill(pieces: Sequence[Piece], article: Article, note_type: NoteType) -> Sequence[Piece]:
    """A headline that is too short for the type, with its publisher's name behind it, then what the page is about."""
    for name in (article.source.site, *(term.text for term in article.terms)):
        words = latin_words(name, article.lexicon.language)
        longer = [*pieces, Piece(words, "", 0.0)]
        is_new = not (set(words) & set(_words(pieces)) or re.search(r"\d", name))  # a number is checked in the text
        if is_new and _is_shorter(pieces, note_type) and not _is_longer(longer, note_type):
            pieces = longer
    return pieces


def _read(headline: str, article: Article) -> list[Piece]:
    lexicon = article.lexicon
    pieces: list[Piece] = []
    end, inside = 0, False
    for word in split_words(headline):
        lowered = word.text.casefold()
        pause = _PAUSE.search(headline[end : word.start])
        inside = lowered in lexicon.clauses or (inside and not pause)
        ending = _ending(pause, lowered, inside, lexicon)
        last = pieces[-1] if pieces else None
        if last is None or _hangs(last.word, lexicon) or article.counts[f"{last.word}{lowered}"] > 1:
            ending = 0.0
        latin = latin_words(_POSSESSIVE.sub("", word.text), lexicon.language)
        if latin:
            pieces.append(Piece(latin, lowered, ending))
        end = word.end
    return pieces


def _ending(pause: re.Match[str] | None, word: str, inside: bool, lexicon: Lexicon) -> float:
    """How well the headline ends before ``word``; ``inside``: a clause has begun."""
    if pause:
        return LISTED if pause[0] in COMMAS else WHOLE
    if word in lexicon.clauses:
        return CLAUSE
    return PHRASE if word in lexicon.breaks and not inside else 0.0


def _hangs(word: str, lexicon: Lexicon) -> bool:
    """Whether a word wants another one behind it."""
    return word in lexicon.hangs or word.isnumeric() or (not lexicon.is_known and word in lexicon.stop)


def _cut(pieces: Sequence[Piece], article: Article, note_type: NoteType) -> Sequence[Piece]:
    """The longest beginning that ends well; else the longest that fits and does not end with a word that hangs."""
    fitting = [pieces[:end] for end in range(1, len(pieces)) if not _is_longer(pieces[:end], note_type)]
    enough = [beginning for beginning in fitting if not _is_shorter(beginning, note_type)]
    endings = [(pieces[len(beginning)].ending, beginning) for beginning in enough]
    good = [(len(beginning) + 2 * ending, beginning) for ending, beginning in endings if ending]
    # What stands behind a colon or a dash is mostly the sentence itself.
    parts = [part for part in _parts(pieces) if not (_is_longer(part, note_type) or _is_shorter(part, note_type))]
    good += [(len(part) + 2 * WHOLE, part) for part in parts]
    if good:
        return max(good, key=itemgetter(0))[1]
    whole = [beginning for beginning in reversed(enough) if not _hangs(beginning[-1].word, article.lexicon)]
    before = (beginning for beginning in whole if pieces[len(beginning)].word in article.lexicon.hangs)
    return next(chain(before, whole), fitting[-1] if fitting else pieces[:1])


def _parts(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """What stands between colons, dashes and bars."""
    starts = [0, *(at for at, piece in enumerate(pieces) if piece.ending == WHOLE), len(pieces)]
    yield from (pieces[start:end] for start, end in pairwise(starts))


def _is_longer(pieces: Sequence[Piece], note_type: NoteType) -> bool:
    title = _join(pieces)
    return len(title.split()) > note_type.title_words[1] or len(title) > note_type.title_characters[1]


def _is_shorter(pieces: Sequence[Piece], note_type: NoteType) -> bool:
    title = _join(pieces)
    return len(title.split()) < note_type.title_words[0] or len(title) < note_type.title_characters[0]


def _join(pieces: Sequence[Piece]) -> str:
    return " ".join(_words(pieces))


def _words(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        yield from piece.latin
