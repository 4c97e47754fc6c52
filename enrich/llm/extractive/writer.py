"""Sections without a model: whole statements of the article under the headings where they belong, and nothing else.

What an article does not give is left to the person: the section then holds the type's ``todo:`` line.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import combinations
from math import exp, pow
from typing import Any

from enrich.llm.extractive.article import Article, Statement
from enrich.llm.extractive.braid import Relation, find_relations
from enrich.llm.extractive.head import choose_keywords, choose_topics
from enrich.llm.extractive.lexicon import find_lexicon
from enrich.llm.extractive.question import ask_questions
from enrich.llm.extractive.statement import quotable
from enrich.llm.extractive.title import make_title
from enrich.text.sentences import split_sentences
from enrich.text.words import count_words, split_words
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import LISTED, Limits, SectionType

USUAL_LINKS = 2
"""Links of a section that ties to related notes, unless its type says less. By hand: journals have two."""
LOOKED_AT = 12
"""The best statements, of which the fitting ones are chosen."""
OUTSIDE = 0.8
"""What a paragraph is worth that is longer or shorter than the type aims at, within its limits."""
_QUOTES = str.maketrans(dict.fromkeys('"“”„«»「」『』', "'"))
"""Marks within a quotation."""

Row = dict[str, Any]
Liking = Callable[[Statement], float]


class Writer:
    """Writes one answer. It remembers what it quoted: nothing stands twice in a note."""

    def __init__(
        self,
        article: Article,
        candidates: Sequence[Candidate],
        note_type: NoteType,
        known_tags: Sequence[str],
        said: str = "",
    ) -> None:
        """``said``: a text whose quotations are not made again."""
        self.article, self.note_type, self.known_tags = article, note_type, known_tags
        self.relations = find_relations(article, candidates)
        self.label = f"{article.source.site}: "
        self._free = list(article.statements)
        words = _bare_words(said)
        for statement in article.statements if words else ():
            if _bare_words(statement.text) in words:
                self._use(statement)

    def write(self, wanted: Collection[str]) -> dict[str, Any]:
        """What is ``wanted`` of title, topics, keywords, description and the sections that a model would write."""
        title = make_title(self.article, self.note_type) if self.note_type.house else self._title()
        sections = [section for section in self.note_type.written_by_model if section.key in wanted]
        # What has the fewest statements to choose from chooses first.
        order = sorted(sections, key=self._turn)
        written: dict[str, Any] = {section.key: self._section(section) for section in order[:1]}
        written |= {"description": self._description()} if "description" in wanted else {}
        written |= {section.key: self._section(section) for section in order[1:]}
        written |= {
            "title": title,
            "topics": choose_topics(self.article, self.known_tags, self.note_type),
            "keywords": choose_keywords(self.article, title, self.note_type),
        }
        # What is meant by a property stands in words for a model: it is left to the person.
        asked: dict[str, Any] = {row.name: {"values": []} for row in self.note_type.asked_properties}
        written |= asked
        keys = ("title", "topics", "keywords", "description", *asked, *(section.key for section in sections))
        return {key: written[key] for key in keys if key in wanted}

    def _title(self) -> str:
        """The headline as it is, as many whole words of it as the type has room for."""
        words = (self.article.title or self.article.source.site).split()
        while len(words) > 1 and len(" ".join(words)) > self.note_type.title_characters[1]:
            words.pop()
        return " ".join(words[: self.note_type.title_words[1]])

    def _turn(self, section: SectionType) -> int:
        """The lead first; then questions and quotations, risks, links, and what can quote anything."""
        if section.citation:
            return 0
        if section.shape in ("question", "quotes") or section.evidence == "none":
            return 1
        if section.evidence != "fact" and not section.may_link:
            return 2
        return 3 if section.may_link and self.relations else 4 if section.evidence == "fact" else 5

    def _section(self, section: SectionType) -> dict[str, Any]:
        if section.shape == "question":
            return self._question(section)
        if section.shape == "quotes":
            rows = self._quotations(section)
        elif section.shape not in LISTED:
            rows = self._paragraph(section)
        elif section.evidence == "none":
            rows = self._questions(section)
        elif section.may_link and (section.wikilinks or section.evidence != "fact"):
            rows = self._braid(section)
        else:
            rows = self._bullets(section, section.aim_items or section.items, self._liking(section))
        return {section.answer_key: [{"link": None} | row if section.may_link else row for row in rows]}

    def _liking(self, section: SectionType) -> Liking:
        if section.citation:
            return self._newsy
        return _factual if section.evidence == "fact" else _risky

    def _newsy(self, statement: Statement) -> float:
        """Early statements tell the news, if they speak of what the headline speaks of."""
        headline = self.article.headline
        told = len(statement.words & headline) / max(1, len(headline))
        early = 1 + 2 * exp(-statement.index / 4)
        return statement.weight * early * (0.5 + told)

    def _paragraph(self, section: SectionType) -> list[Row]:
        """The statements that are best together and as long as the type wants the paragraph."""
        liking = self._liking(section)
        ranked = sorted(self._free, key=liking, reverse=True)[:LOOKED_AT]
        spare = count_words(self.article.source.site)
        least, most = section.items[0], (section.aim_items or section.items)[1]
        groups = (group for group in _groups(ranked, most) if len(group) >= least)
        fitting = [group for group in groups if _fits(group, section.words, spare)]
        if fitting:
            aim = section.aim or section.words
            best = max(fitting, key=lambda group: _worth(group, liking) * (1 if _fits(group, aim, spare) else OUTSIDE))
            return self._rows(best, cited=section.citation)
        short = next((one for one in ranked if count_words(one.text) + spare <= section.words[1]), None)
        if short is None and not section.citation:
            return [_left(section)]
        rows = self._rows([short], section.citation) if short else [self._headline()]
        return [*rows, _left(section)]

    def _rows(self, statements: Iterable[Statement], cited: bool) -> list[Row]:
        """In the article's order; the publisher is named once, by the citation where there is one."""
        ordered = sorted(statements, key=lambda statement: statement.index)
        for statement in ordered:
            self._use(statement)
        labels = ["" if cited or place else self.label for place in range(len(ordered))]
        return [_quoted(label, statement.text) for label, statement in zip(labels, ordered, strict=True)]

    def _bullets(self, section: SectionType, wanted: Limits, liking: Liking) -> list[Row]:
        """One statement each, in the article's order; the todo line where there are too few."""
        chosen: list[tuple[int, Row]] = []
        for statement in sorted(self._free, key=liking, reverse=True):
            if len(chosen) == wanted[1] or liking(statement) <= 0:
                break
            row = self._fitted(statement, section.words)
            if row is not None and statement in self._free:
                self._use(statement)
                chosen.append((statement.index, row))
        rows = [row for _, row in sorted(chosen, key=lambda pair: pair[0])]
        return rows if len(rows) >= section.items[0] and rows else [*rows, _left(section)]

    def _quotations(self, section: SectionType) -> list[Row]:
        """Statements as the article has them, in its order."""
        # As few as the type likes to have: what is quoted here can be said nowhere else.
        most, limits = max(1, (section.aim_items or section.items)[0]), section.words
        ranked = sorted(self._free, key=lambda statement: -statement.weight)
        chosen: list[Statement] = []
        for statement in ranked:
            if len(chosen) < most and statement in self._free and _fits([statement], limits, 0):
                self._use(statement)
                chosen.append(statement)
        texts = [self._whole(one.text) for one in sorted(chosen, key=lambda one: one.index)]
        rows = [{"text": text, "evidence": text} for text in texts]
        return rows if len(rows) >= section.items[0] and rows else [*rows, _left(section)]

    def _whole(self, text: str) -> str:
        """A statement with the mark that ends it in the article."""
        article = self.article.source.text
        end = article.find(text) + len(text)
        return text + article[end] if end >= len(text) and article[end : end + 1] in (*".?!。？！",) else text

    def _questions(self, section: SectionType) -> list[Row]:
        """What the article says may come, asked; the rest is left to the person."""
        asked: list[Row] = []
        for row in self._asked(section.words):
            if len(asked) < (section.aim_items or section.items)[1]:
                asked.append(row)
        return asked if len(asked) >= section.items[0] and asked else [*asked, _left(section)]

    def _fitted(self, statement: Statement, limits: Limits, behind: str = "") -> Row | None:
        """With the publisher's name where there is room for it."""
        for label in (self.label, ""):
            row = _quoted(label, statement.text, behind)
            if limits[0] <= count_words(row["text"]) <= limits[1]:
                return row
        return None

    def _braid(self, section: SectionType) -> list[Row]:
        """Statements that say what a related note is about, with its link; then others, one of them at least."""
        low, high = section.aim_items or section.items
        most = min(USUAL_LINKS, (section.wikilinks or (0, USUAL_LINKS))[1], max(1, high - 1))
        linked = [row for relation in self.relations if (row := self._linked(relation, section))][:most]
        room = max(0, max(low, min(len(linked) + 1, high)) - len(linked))
        others = self._bullets(section, (room, room), self._of_others)
        return [*linked, *(row for row in others if row != _left(section) or len(linked) + len(others) - 1 < low)]

    def _of_others(self, statement: Statement) -> float:
        """What the story touches besides its subject: names that the headline does not have."""
        names = {
            term.words[0] for term in self.article.terms if term.is_name and not set(term.words) & self.article.headline
        }
        return statement.weight * (1.5 if names & statement.words else 1.0)

    def _linked(self, relation: Relation, section: SectionType) -> Row | None:
        see = find_lexicon(self.note_type.language).see
        shown = relation.candidate.link.rsplit("|", 1)[-1]
        about = frozenset(word.casefold() for words in relation.words for word in words.split())
        for statement in sorted(self._free, key=lambda one: -len(about & one.words) * one.weight):
            if not about & statement.words:
                break
            row = self._fitted(statement, section.words, f" ({see} {shown})".replace("( ", "("))
            if row is not None:
                self._use(statement)
                return row | {"text": row["text"].replace(f"{shown})", "{link})"), "link": relation.candidate.id}
        text = f"{', '.join(relation.words)}: {see} {shown}.".replace(":  ", ": ")
        if not section.words[0] <= count_words(text) <= section.words[1]:
            return None
        text = text[0].upper() + text[1:].removesuffix(f"{shown}.") + "{link}."
        return {"text": text, "evidence": None, "link": relation.candidate.id}

    def _question(self, section: SectionType) -> Row:
        """What the article says may come."""
        return next(self._asked(section.words), _left(section))

    def _asked(self, words: Limits) -> Iterator[Row]:
        """Questions about what the article says may come; only where the note is in the article's language."""
        if self.note_type.language != self.article.lexicon.language:
            return
        for statement, question in ask_questions(self.article, words):
            if statement in self._free:
                self._use(statement)
                yield {"text": question, "evidence": None}

    def _description(self) -> Row:
        """The headline as the article writes it; a short statement where it has not the length of a description."""
        shortest, longest = self.note_type.description_characters
        headline = self._headline()
        bare = {"text": headline["text"].removeprefix(self.label), "evidence": headline["evidence"]}
        ranked = sorted(self._free, key=lambda statement: -statement.weight)
        titled = [f"{headline['text'][:-1]}; "] if quotable(self.article.title) else []
        labels = (*titled, self.label, "")
        longer = ((_quoted(label, statement.text), statement) for label in labels for statement in ranked)
        for row, statement in ((headline, None), (bare, None), *longer):
            if shortest <= len(row["text"]) <= longest and len(split_sentences(row["text"])) == 1:
                if statement:
                    self._use(statement)
                return row
        names = (f" ({', '.join(term.text for term in self.article.terms[:count])})." for count in range(1, 9))
        longer_names = (name for name in names if shortest <= len(headline["text"]) - 1 + len(name) <= longest)
        return headline | {"text": headline["text"][:-1] + next(longer_names, ".")}

    def _headline(self) -> Row:
        return _quoted(self.label, quotable(self.article.title) or self.article.source.site)

    def _use(self, statement: Statement) -> None:
        """Neither this statement nor one that says the same is quoted again."""
        self._free = [other for other in self._free if other.index != statement.index and not other.repeats(statement)]


def _bare_words(text: str) -> str:
    """The words of a text, whatever stands between them: a note escapes and quotes otherwise than its source."""
    return f" {' '.join(word.text.casefold() for word in split_words(text))} " if text else ""


def _factual(statement: Statement) -> float:
    return statement.weight * (1.4 if any(map(str.isdigit, statement.text)) else 1.0)


def _risky(statement: Statement) -> float:
    return statement.weight * min(2, statement.risks)


def _groups(statements: Sequence[Statement], most: int) -> Iterable[tuple[Statement, ...]]:
    for size in range(1, most + 1):
        for group in combinations(statements, size):
            if not any(one.repeats(other) for one, other in combinations(group, 2)):
                yield group


def _worth(group: Sequence[Statement], liking: Liking) -> float:
    return sum(map(liking, group)) / pow(len(group), 0.8)


def _fits(group: Iterable[Statement], limits: Limits, spare: int) -> bool:
    return limits[0] <= sum(count_words(one.text) for one in group) + spare <= limits[1]


def _quoted(label: str, text: str, behind: str = "") -> Row:
    return {"text": f'{label}"{text.translate(_QUOTES)}"{behind}.', "evidence": text}


def _left(section: SectionType) -> Row:
    return {"text": section.todo, "evidence": None}
