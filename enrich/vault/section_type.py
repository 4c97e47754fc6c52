"""A section of a note type: one row of its section table."""

from typing import Literal

from msgspec import Struct

Limits = tuple[int, int]
"""Lowest and highest, both allowed."""

Writer = Literal["model", "human", "tool"]
Shape = Literal["paragraph", "sentences", "bullets", "numbered", "quotes", "table", "question", "free", "tree"]
Evidence = Literal["fact", "inference", "none"]

LISTED: frozenset[Shape] = frozenset({"bullets", "numbered", "quotes", "table"})
"""Shapes of items that stand below one another; of the others the items are sentences."""

_ANSWER_KEYS: dict[Shape, str] = {
    "bullets": "bullets", "numbered": "items", "quotes": "quotes", "table": "rows", "question": "",
}  # fmt: skip


class SectionType(Struct, frozen=True):
    """One row of the section table."""

    name: str
    writer: Writer = "model"
    shape: Shape = "paragraph"
    evidence: Evidence = "fact"
    heading: str = ""
    """The heading's words; empty for the lead, which stands before the first heading."""
    level: int = 2
    """Of the heading: 1 to 6."""
    optional: bool = False
    """A note may do without the section."""
    instead: str = ""
    """The name of the section that may stand here instead of it."""
    rule: str = ""
    """The id of the house's must rule that holds the section to this row (`M12`)."""
    items: Limits = (1, 1)
    """Sentences, or the items of a list: bullets, quotations, rows."""
    words: Limits = (1, 10_000)
    """Of the whole paragraph, of each item of a list, of the question."""
    aim: Limits | None = None
    """What the model is asked for; `words` where it is not given."""
    aim_items: Limits | None = None
    """What the model is asked for; `items` where it is not given."""
    wikilinks: Limits | None = None
    """Wikilinks of the whole section; None: no rule."""
    citation: bool = False
    """The first sentence ends with the link to the page, labelled by publisher."""
    columns: tuple[str, ...] = ()
    """The heads of a table: the first column has what is said, the second its place in the source."""
    placeholder: str = ""
    """What stands there until a human writes it; see `todo`."""
    wikilinks_rule: str = ""
    """The id of the house's rule that counts the wikilinks: `rule` where links are a must, else a wish (`S1`)."""
    links_rule: str = ""
    """The id of the house's must rule that no bullet starts with a wikilink (`M17`); `wikilinks` counts them."""
    sentence_form: bool = False
    """Each bullet is one sentence with a capital and a full stop."""
    first_person: bool = False
    """The writer may say `I` here."""
    related_place: str = ""
    """How a related link is placed here: ``see`` puts ` (see [[stem]])` before a bullet's full stop."""

    @property
    def todo(self) -> str:
        """The line of a section that is left to the person: the type's `placeholder`, else ``todo:`` and the name."""
        return self.placeholder or f"todo: {self.name}"

    @property
    def key(self) -> str:
        """The name as an identifier: `scene_cut`."""
        return section_key(self.name)

    @property
    def answer_key(self) -> str:
        """The key of an answer that its items stand under; empty for a question, which is one."""
        return _ANSWER_KEYS.get(self.shape, "sentences")

    @property
    def may_link(self) -> bool:
        """Whether a sentence of the section may link to a note."""
        return self.shape not in ("quotes", "table", "question") and (self.wikilinks is None or self.wikilinks[1] > 0)


def item_line(words: str, shape: Shape, number: int) -> str:
    """The line of an item of a list: ``- words``, ``2. words``, ``> words``, ``| words |``."""
    marks: dict[Shape, str] = {"bullets": "- ", "numbered": f"{number}. ", "quotes": "> ", "table": "| "}
    return f"{marks.get(shape, '')}{words}{' |' if shape == 'table' else ''}"


def section_key(name: str) -> str:
    """A section's name as an identifier: its template and its key in an answer are called so."""
    return name.replace(" ", "_").replace("-", "_")
