"""The review in a terminal: the same store, one sentence at a time, one letter an answer."""

from collections.abc import Callable
from typing import Any, TextIO

from enrich.errors import EnrichError
from enrich.review.action import (
    Action,
    Cut,
    Edit,
    Keep,
    RemoveLink,
    SetDescription,
    SetTags,
    SetTake,
    SetTitle,
    SwapLink,
    Vouch,
)
from enrich.review.store import ReviewStore
from enrich.review.view import session_view
from enrich.text.count import counted

HELP = """\
One letter, then Enter:
j k  next, previous sentence     f  next one to be looked at     y  keep     v  vouch for it
e    write it anew     s  replace some of its words     x  cut
l    links: swap or remove       t  my take  T  title    g  tags    d  description
u    undo     a  approve     n  next draft     q  leave (what was done stays done)     ?  this help
Words in the sentence: [not in the evidence], (elsewhere in the source), ⟦not in the source⟧."""
_SIGN = {"bad": "✗", "look": "?", "good": "✓"}


def review_in_terminal(store: ReviewStore, say: Callable[[str], None], answers: TextIO) -> bool:
    """Ask until the note is approved, or ``n`` leaves it, or ``q`` or the end of ``answers``: then False."""
    return _Talk(store, say, answers).run()


class _Talk:
    """One conversation over one store."""

    def __init__(self, store: ReviewStore, say: Callable[[str], None], answers: TextIO) -> None:
        self.store = store
        self.say = say
        self.answers = answers
        self.view: dict[str, Any] = session_view(store.session())
        self.at = 0
        self.approving = False
        """Whether ``a`` was said: then each key leads to the next sentence that nobody has looked at."""

    def run(self) -> bool:
        """Whether a next draft is wanted."""
        self.say(HELP)
        while self.store.approved is None or self.takes_back():
            self.tell()
            answer = self.ask("> ")
            if answer is None or answer in ("q", "n"):
                return answer == "n"
            self.obey(answer)
            if self.approving:
                self.lead_on()
        return True

    def lead_on(self) -> None:
        """To the first sentence that nobody has looked at; where none is left, ``a`` approves."""
        left = self.view["unlooked"]
        self.approving = bool(left) and self.store.approved is None
        if left:
            self.at = self.view["order"].index(left[0])
            self.say(f"{counted(len(left), 'sentence')} that nobody has looked at; each needs a letter: y, e, x or v")
        elif self.store.approved is None:
            self.say("nothing is left to look at: a approves")

    def takes_back(self) -> bool:
        """Whether the reviewer wants the approved note back."""
        kept = "" if self.view["publish"] else " (its `draft: true` stays; --publish turns it)"
        self.say(f"approved: {self.store.approved}{kept}")
        return self.ask("u takes it back, anything else ends the review: ") == "u" and self.attempt(self.store.undo)

    def tell(self) -> None:
        """The sentence, its evidence and its links."""
        row = self.row
        if row is None:
            self.say("no sentence was checked: the source is missing")
            return
        kept = ", looked at" if row["kept"] else ""
        place = f"[{self.at + 1}/{len(self.view['order'])}] {row['section']}"
        self.say(f"\n{place} · {_SIGN[row['badge']]} {row['standing']}{kept}")
        self.say(_marked(row["runs"]))
        if _is_left(row):
            self.say("  left to you: e writes what should stand here")
        if row["evidence"]:
            self.say(f"  source: “{row['evidence']['quote']}”")
        for reason in row["reasons"]:
            self.say(f"  {reason}")
        if row["verdict"] == "unread":
            self.say("  nobody has read it: is all of it in the evidence, or said fairly of it?")
        if read := row["reading"]:
            self.say(f"  {read['by']} read it: {read['meaning']} {', '.join(read['words'])}".rstrip())

    @property
    def row(self) -> dict[str, Any] | None:
        """The sentence we are at."""
        order = self.view["order"]
        self.at = min(max(self.at, 0), max(len(order) - 1, 0))
        return self.view["sentences"][order[self.at]] if order else None

    def obey(self, answer: str) -> None:
        """One letter."""
        simple: dict[str, type[Keep] | type[Cut] | type[Vouch]] = {"y": Keep, "x": Cut, "v": Vouch}
        row = self.row
        if answer in ("j", ""):
            self.go(1)
        elif answer == "k":
            self.go(-1)
        elif answer == "f":
            self.go_to_flagged()
        elif answer in simple and row is not None:
            done = self.act(simple[answer](row["number"]))
            self.at += int(done and answer == "y" and not self.approving)
        elif answer == "e" and row is not None:
            self.say(row["raw"])
            if _is_left(row):
                self.with_lines(lambda words: Edit(row["number"], words))
            else:
                self.with_words("instead: ", lambda words: Edit(row["number"], words))
        elif answer == "s" and row is not None:
            self.replace_words(row)
        elif answer == "l" and row is not None:
            self.links(row)
        else:
            self.fields(answer)

    def go(self, steps: int) -> None:
        """So many sentences on; at an end of the list it says so and stays."""
        if 0 <= self.at + steps < len(self.view["order"]):
            self.at += steps
        else:
            self.say(f"this is the {'last' if steps > 0 else 'first'} sentence")

    def go_to_flagged(self) -> None:
        """The next sentence that is not in order, from here on and then from the first."""
        order = self.view["order"]
        places = [*range(self.at + 1, len(order)), *range(self.at + 1)]
        flagged = (at for at in places if self.view["sentences"][order[at]]["badge"] != "good")
        at = next(flagged, None)
        if at is None:
            self.say("no sentence is left that has to be looked at")
        else:
            self.at = at

    def replace_words(self, row: dict[str, Any]) -> None:
        """Put other words, or none, in the place of some that the sentence has once."""
        old = self.ask("which words: ") or ""
        if row["raw"].count(old) != 1 or not old:
            self.say(f"! {old!r}: the sentence does not have it once; copy it from\n{row['raw']}")
            return
        new = self.ask("instead, nothing takes them out: ") or ""
        before, _, after = row["raw"].partition(old)
        words = f"{before.rstrip()}{after}" if not new and after[:1] in ".,;:!?" else f"{before}{new}{after}"
        self.act(Edit(row["number"], " ".join(words.split())))

    def fields(self, answer: str) -> None:
        """Letters about the whole note."""
        if answer == "t":
            for question in self.view["take"]["questions"]:
                self.say(f"  {question}")
            self.with_words("my take: ", SetTake)
        elif answer == "T":
            self.with_words(f"title [{self.view['title']}]: ", SetTitle)
        elif answer == "g":
            self.with_words(f"tags [{', '.join(self.view['tags'])}]: ", _tags)
        elif answer == "d":
            self.with_words(f"description [{self.view['description']}]: ", SetDescription)
        elif answer == "u":
            self.attempt(self.store.undo)
        elif answer == "a" and self.view["unlooked"] and not self.view["blockers"]:
            self.approving = True
        elif answer == "a":
            self.attempt(lambda: self.store.approve(self.view["version"]))
        else:
            self.say(HELP)

    def links(self, row: dict[str, Any]) -> None:
        """The sentence's links and the see-also line's: which one, and what of it."""
        links = [link for link in self.view["links"] if link["number"] in row["links"] or link["see_also"]]
        for link in links:
            reasons = "; ".join(link["candidate"]["reasons"]) if link["candidate"] else ""
            self.say(f"  {link['number']}: [[{link['shown']}]] {reasons}")
        for candidate in self.view["candidates"]:
            reasons = "; ".join(candidate["reasons"])
            self.say(f"  {candidate['id']}: {candidate['title']} ({candidate['score']:.2f}: {reasons})")
        answer = (self.ask("link number and candidate id, or link number and 'remove': ") or "").split()
        if len(answer) == 2 and answer[0].isdigit():
            number = int(answer[0])
            self.act(RemoveLink(number) if answer[1] == "remove" else SwapLink(number, answer[1]))

    def with_words(self, prompt: str, make: Callable[[str], Action]) -> None:
        words = self.ask(prompt)
        if words:
            self.act(make(words))

    def with_lines(self, make: Callable[[str], Action]) -> None:
        """Take lines until an empty one: a section may have several bullets."""
        lines: list[str] = []
        while line := self.ask("instead, an empty line ends it: " if not lines else ""):
            lines.append(line)
        if lines:
            self.act(make("\n".join(lines)))

    def act(self, action: Action) -> bool:
        return self.attempt(lambda: self.store.act(self.view["version"], action))

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do it, or say why not; either way show the note as it is afterwards."""
        done = True
        try:
            work()
        except EnrichError as error:
            self.say(f"! {error}")
            done = False
        if self.store.approved is None:
            self.view = session_view(self.store.session())
        return done

    def ask(self, prompt: str) -> str | None:
        """One line; None at the end of the answers."""
        self.say(prompt)
        line = self.answers.readline()
        return line.strip() if line else None


def _is_left(row: dict[str, Any]) -> bool:
    """Whether the row is the line of a section that is left to the person."""
    return bool(row["raw"].lstrip("- ").startswith("todo:"))


def _tags(words: str) -> SetTags:
    return SetTags(tuple(filter(None, (word.strip() for word in words.split(",")))))


def _marked(runs: list[list[str]]) -> str:
    """Words that the evidence lacks, in brackets of their own: a terminal may have no colours."""
    signs = {"missing": "⟦{}⟧", "new": "[{}]", "elsewhere": "({})"}
    return "".join(signs.get(kind, "{}").format(text) for text, kind in runs)
