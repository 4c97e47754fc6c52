"""The report of a run: what was drafted, refused and failed, with reason, cost, path and what to review first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

from enrich.inbox.entry import Entry
from enrich.text.count import counted
from enrich.text.plain import Plain
from enrich.vault.link_text import link_text


def write_report(day: date, entries: Sequence[Entry], faults: Mapping[int, str]) -> str:
    """The text of a report; ``faults``: why an entry of the plan could not be drafted."""
    drafted = [entry for entry in entries if entry.state == "drafted"]
    failed = [entry for entry in entries if entry.state == "failed"]
    refused = [entry for entry in entries if entry.state == "refused"]
    waiting = [entry for entry in entries if entry.state in ("new", "planned")]
    written = {entry.number for entry in drafted}
    undrafted = {number: fault for number, fault in faults.items() if number not in written}
    title = f"inbox report {day.isoformat()}"
    parts = [
        f"---\ntitle: {title}\ndraft: true\npublish: false\n---\n\n# {title}\n\n"
        f"{len(drafted)} drafted, {len(failed)} failed, {len(refused)} refused, {len(waiting)} waiting.\n"
    ]
    parts += _part("drafted", (_drafted(entry) for entry in drafted))
    parts += _part("failed", (f"{entry.number} {_about(entry)}: {Plain(entry.reason)}" for entry in failed))
    parts += _part("not drafted", (f"{number}: {Plain(fault)}" for number, fault in sorted(undrafted.items())))
    parts += _part("refused", (f"{entry.number} {_about(entry)}: {Plain(entry.reason)}" for entry in refused))
    parts += _part("waiting", (_waiting(entry) for entry in waiting if entry.number not in undrafted))
    return "\n".join(parts)


def summarise(entries: Sequence[Entry]) -> str:
    """``50 entries: 30 drafted, 18 planned, 2 refused``."""
    states = ("drafted", "failed", "planned", "new", "refused")
    counts = ((state, sum(entry.state == state for entry in entries)) for state in states)
    told = ", ".join(f"{count} {state}" for state, count in counts if count)
    return f"{counted(len(entries), 'entry', 'entries')}{': ' if told else ''}{told}"


def _part(title: str, rows: Iterable[str]) -> list[str]:
    lines = "".join(f"- {row}\n" for row in rows)
    return [f"## {title}\n\n{lines}"] if lines else []


def _drafted(entry: Entry) -> str:
    link = link_text(PurePosixPath(entry.path).stem)
    shown = f"[[{link}]]" if link else Plain(entry.path)
    cost = f"; {entry.cost}" if entry.cost else ""
    return f"{entry.number} {shown}{cost}; {Plain(entry.path)}" + (f"; {Plain(entry.review)}" if entry.review else "")


def _waiting(entry: Entry) -> str:
    return f"{entry.number} {_about(entry)}" + (f": {Plain(entry.reason)}" if entry.reason else "")


def _about(entry: Entry) -> Plain:
    return Plain(entry.source.title if entry.source else entry.url.partition("://")[2] or entry.url)
