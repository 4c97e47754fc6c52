"""A question that only this article raises: what it says may come, asked."""

import re
from collections.abc import Iterator

from enrich.llm.extractive.article import Article, Statement
from enrich.llm.extractive.lexicon import Lexicon
from enrich.llm.extractive.statement import SPEECH
from enrich.text.words import split_words
from enrich.vault.note_type import COPIED_WORDS
from enrich.vault.section_type import Limits

NEGATIONS = frozenset({"not", "never", "no", "nicht", "pas"})
LONGEST_SUBJECT = 9
"""Words. By hand: a longer subject hides a clause, or more than one thing."""
SHORT_SUBJECT = 3
"""Words of a subject of which a noun at the beginning is enough. By hand: the verb is near enough to see that it is one
thing."""


def ask_questions(article: Article, limits: Limits) -> Iterator[tuple[Statement, str]]:
    """Statements about what comes, each with its question; none where the language's wording is not known."""
    for statement in sorted(article.statements, key=lambda statement: -statement.weight):
        question = _ask(statement.text, article)
        if question and limits[0] <= len(question.split()) <= limits[1]:
            yield statement, question


def _ask(text: str, article: Article) -> str | None:
    """``Acme will close its plant in May`` → ``Will Acme close its plant in May?``"""
    lexicon = article.lexicon
    verb = lexicon.future.search(text)
    if verb is None or SPEECH.search(text) or lexicon.speaking.search(text) or lexicon.addressing.search(text):
        return None
    subject, rest = text[: verb.start()].strip(), _first_clause(text[verb.end() :].strip(), lexicon)
    asked = lexicon.planned if lexicon.plans.fullmatch(verb[0]) else verb[0].lower()
    if not _is_subject(subject, article) or not _is_rest(rest, article):
        return None
    if not re.match(r"\W*\{subject\}", lexicon.question):
        subject = _lowered(subject, article)
    question = lexicon.question.format(subject=subject, future=asked, rest=rest)
    return question[:1].upper() + question[1:]


def _is_subject(subject: str, article: Article) -> bool:
    """Whether what stands before the verb is one thing: no clause, and nobody who says something."""
    lexicon = article.lexicon
    words = [word.text.casefold() for word in split_words(subject)]
    if not words or len(words) > LONGEST_SUBJECT or any(mark in subject for mark in ",;:()–—，；："):
        return False
    if lexicon.says.search(subject) or lexicon.referring.search(subject):
        return False
    if set(words) & lexicon.clauses or words[-1] in lexicon.hangs:
        return False
    first, named = words[0], {word for term in article.terms if term.is_name for word in term.words}
    if lexicon.is_topical(first) and first not in article.small | named and lexicon.language != "de":
        return False  # a name or a noun: nothing tells whether it keeps its capital
    short = len(words) <= SHORT_SUBJECT and words[0] in lexicon.nouns
    return short or not lexicon.spaced or words[-1] in article.nouns


def _first_clause(rest: str, lexicon: Lexicon) -> str:
    """What is said to come, without the condition, the reason and the speaker behind it."""
    rest = re.split("[,，;；]", rest, maxsplit=1)[0]
    cut = next((word for word in split_words(rest) if word.text in lexicon.clauses), None)
    return rest[: cut.start].strip() if cut else rest.strip()


def _is_rest(rest: str, article: Article) -> bool:
    words = split_words(rest)
    longest = COPIED_WORDS if article.lexicon.spaced else 2 * COPIED_WORDS
    if words and words[0].text in NEGATIONS:
        return False
    plain = not article.lexicon.says.search(rest) and not any(mark in rest for mark in ";:；：")
    return plain and 3 <= len(words) <= longest


def _lowered(subject: str, article: Article) -> str:
    """The first word in lower case unless it is a name or an acronym."""
    first = split_words(subject)[0]
    word = first.text.casefold()
    plain = (len(word) == 1 or not first.text.isupper()) and word in article.small | article.lexicon.nouns
    return subject[0].lower() + subject[1:] if plain else subject
