"""The plan of an inbox: every new source is read, and what can be drafted is proposed in one file of the airlock."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from enrich.draft.context import DraftContext
from enrich.draft.expect import expect_tokens
from enrich.draft.gather import refuse_known_address, tags_in_source
from enrich.draft.section import title_for
from enrich.draft.title import shorten
from enrich.errors import ExistsError, SourceError, UsageError
from enrich.inbox.entry import Entry
from enrich.inbox.feed import is_feed, read_feed
from enrich.inbox.plan import Proposal, write_plan
from enrich.inbox.store import Store
from enrich.inbox.story import DAYS, Stories, digest_text, story_words
from enrich.llm.budget import Spent, most_tokens
from enrich.llm.completion import Usage
from enrich.llm.prompt import build_prompt
from enrich.source.fetch import fetch_page
from enrich.source.limits import Limits
from enrich.source.politeness import Politeness, spread
from enrich.source.ssrf_guard import PrivateAddressError
from enrich.text.count import counted
from enrich.vault.link_text import LinkText
from enrich.vault.note_id import format_note_id, next_note_id, parse_note_id
from enrich.vault.note_type import NoteType
from enrich.vault.walk import is_plan
from enrich.workspace.draft import gather
from enrich.workspace.held_vault import HeldVault, Whose, hold
from enrich.workspace.inbox import create_file, find_airlock, open_inbox
from enrich.workspace.jobs import StoppedError, run_jobs
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import DraftOptions, PlanOptions
from enrich.workspace.read_source import read_source

_ROUNDS = 1.3
"""Chosen, not measured: requests for a draft, of which some are asked once more."""
_TAGS = 4
"""Chosen: as many topics as a note has at most."""
_RELATED = 3
"""Chosen: what a person looks at in a plan of fifty entries."""
_LIKELY = 0.2
"""Chosen: the score from which a note is shown as being about the same, as see-also links take it."""


class Planned(Struct, frozen=True):
    """A plan in the airlock."""

    file: Path
    proposals: tuple[Proposal, ...]
    refused: tuple[Entry, ...]
    estimate: Spent


def plan_inbox(opened: OpenVault, options: PlanOptions) -> Planned:
    """Read what was not read yet, and write a plan of all that can be drafted into the airlock."""
    place = find_airlock(opened)
    with open_inbox(opened) as store, hold(opened) as held:
        _read_all(held, store, options)
        proposals = tuple(_propose(held, store))
        refused = tuple(entry for entry in store.entries("refused", "new") if entry.reason)
        if not proposals:
            raise UsageError(_nothing(refused))
        estimate = sum((spent for _, spent in proposals), Spent())
        rows = tuple(row for row, _ in proposals)
        told = f"about {estimate}" if opened.settings.model else "no model is set, so that they cost nothing"
        text = write_plan(date.today(), rows, refused, told)
        return Planned(create_file(place, text), rows, refused, estimate)


def _nothing(refused: Sequence[Entry]) -> str:
    if not refused:
        return "inbox: is empty; add sources with enrich inbox add"
    reasons = "".join(f"\n  {entry.number} {entry.reason}" for entry in refused)
    many = counted(len(refused), "entry", "entries")
    return f"inbox: nothing to plan, {many} could not be read; --again tries once more, enrich inbox add adds{reasons}"


def _read_all(held: HeldVault, store: Store, options: PlanOptions) -> None:
    """The evidence of each new entry, or why there is none; the articles of feeds among them are read too."""
    polite, tried = Politeness(options.delay), set[int]()
    waiting = store.entries("new", "refused") if options.again else store.entries("new")
    while work := spread([entry for entry in waiting if entry.number not in tried], lambda entry: entry.url):
        tried.update(entry.number for entry in work)
        jobs = run_jobs(options.jobs, work, lambda row: _read(held, store, row, polite, options), held.stop)
        for count, done in enumerate(jobs, 1):
            held.reporter.progress(f"{count} of {len(work)} read")
            if isinstance(done.error, PrivateAddressError):  # nothing was fetched, and the next plan may allow it
                store.put_off(done.item.number, str(done.error))
            elif done.error is not None and not isinstance(done.error, StoppedError):
                store.refuse(done.item.number, str(done.error))
        waiting = store.entries("new")


def _read(held: HeldVault, store: Store, entry: Entry, polite: Politeness, options: PlanOptions) -> None:
    wanted = DraftOptions(headline=entry.headline or None, allow_private=options.allow_private)
    told = held.telling(Whose(entry.url, held.reporter))
    refuse_known_address(held.vault, entry.url)
    try:
        page, source = polite.fetch(entry.url, lambda: read_source(entry.url, wanted, date.today(), told.reporter))
    except SourceError as error:
        raise _open_feed(store, entry, error, polite, options) from error
    refuse_known_address(held.vault, source.url)
    digest = digest_text(source.text)
    with held.turn:
        for what, other in (("is the page", store.same_page(source.url)), ("has the text", store.same_text(digest))):
            if other is not None and other != entry.number:
                raise ExistsError(f"{entry.url}: {what} of entry {other}; one of them is enough")
        store.save_evidence(entry.number, page, source, digest)


def _open_feed(store: Store, entry: Entry, error: SourceError, polite: Politeness, options: PlanOptions) -> SourceError:
    """Add the articles of a feed that was named as a source; what its entry is refused for."""
    if not is_feed(error):
        return error
    limits = Limits(allow_private=options.allow_private)
    articles = read_feed(entry.url, polite.fetch(entry.url, lambda: fetch_page(entry.url, limits)).body)
    new = sum(store.add(row.url, row.headline, row.day)[1] for row in articles)
    return SourceError(f"{entry.url}: is a feed; {counted(new, 'article')} of it were added")


def _propose(held: HeldVault, store: Store) -> Iterator[tuple[Proposal, Spent]]:
    stories, note_type, numbers = Stories(), held.usual_type, dict[str, int]()
    entries = {entry.number: entry for entry in store.entries("planned", "failed", "drafted")}
    for entry in entries.values():
        source = entry.source
        if source is None:
            continue
        words = story_words(source.title, source.text)
        others = stories.same_story(words, source.published, source.site)
        same = [_other(entries[number], source.published) for number in others]
        stories.add(entry.number, words, source.published, source.site)
        if entry.state == "drafted":
            continue
        context, spent = _estimate(held, entry, note_type)
        day = entry.day or source.published or date.today()
        tags = tags_in_source(source, held.vault, note_type)[:_TAGS]
        store.propose(entry.number, ", ".join(tags))
        yield Proposal(
            entry=entry,
            note_type=note_type.name,
            title=shorten(title_for(source.title, note_type), note_type.title_characters[1]),
            tags=tags,
            day=day,
            folder=f"{held.settings.airlock}/{note_type.draft_folder(day)}",
            note_id=_note_id(held, note_type, day, numbers),
            estimate=f"about {spent}" if held.settings.model else "no model",
            written=_written(held, context),
            same_story=[*same, *_told_before(held, context, words)],
            warnings=context.warnings,
        ), spent  # fmt: skip


def _note_id(held: HeldVault, note_type: NoteType, day: date, numbers: dict[str, int]) -> str:
    """The next id of the day, counted on from the vault's: each looked for among all would take the square of them."""
    if not note_type.code:
        return ""
    key = f"{note_type.code}{day}"
    if key not in numbers:
        parsed = parse_note_id(next_note_id(note_type.code, day, held.note_ids))
        numbers[key] = parsed.number - 1 if parsed else 0
    numbers[key] += 1
    return format_note_id(f"{day:%y%m%d}", note_type.code, numbers[key])


def _estimate(held: HeldVault, entry: Entry, note_type: NoteType) -> tuple[DraftContext, Spent]:
    """The context as it would be now, and what asking for the draft would take: a half of the most tokens."""
    assert entry.source is not None
    context = gather(held, entry.source, DraftOptions(created=entry.day), note_type=note_type)
    exemplars = [exemplar.text for exemplar in context.exemplars]
    prompt = build_prompt(note_type, context.source, context.candidates, exemplars, context.known_tags)
    asked = most_tokens({"messages": [message.content for message in prompt.messages]}) // 2
    answered = expect_tokens(note_type.written_by_model, head=True)
    usage = Usage(round(asked * _ROUNDS), round(answered * _ROUNDS))
    return context, held.meter.price(held.settings.model, usage)


def _written(held: HeldVault, context: DraftContext) -> list[tuple[date | None, LinkText]]:
    likely = [row for row in context.candidates if row.score >= _LIKELY][:_RELATED]
    rows = [(held.vault.by_path[row.path].created, row.link) for row in likely]
    return sorted(rows, key=lambda row: row[0] or date.min)


def _told_before(held: HeldVault, context: DraftContext, words: frozenset[str]) -> Iterator[str]:
    """Notes of about the same day that share the words of the story."""
    for row in context.candidates:
        note = held.vault.by_path[row.path]
        shared = words & story_words(note.title, row.line)
        if note.created and abs((context.created - note.created).days) <= DAYS and len(shared) >= DAYS:
            yield f"Same story, {_apart(note.created, context.created)}: [[{row.link}]]"


def _other(entry: Entry, day: date | None) -> str:
    source = entry.source
    assert source is not None
    when = _apart(source.published, day) if source.published and day else "day unknown"
    return f"Same story, {when}: entry {entry.number}"


def _apart(there: date, here: date) -> str:
    days = (here - there).days
    if not days:
        return "the same day"
    return f"{'one day' if abs(days) == 1 else f'{abs(days)} days'} {'earlier' if days > 0 else 'later'}"


def find_plan(opened: OpenVault, named: Path | None) -> Path:
    """The plan that was named, else the last one in the airlock; UsageError when there is none."""
    if named is not None:
        if not named.is_file():
            raise UsageError(f"{named}: is no file; name a plan that enrich inbox plan wrote")
        return named
    there = find_airlock(opened).glob("enrich inbox *.md")
    found = [path for path in there if is_plan(path.name) and " report " not in path.name]
    if not found:
        raise UsageError("inbox: no plan is in the airlock; make one with enrich inbox plan")
    return max(found, key=lambda path: (path.stat().st_mtime_ns, path.name))
