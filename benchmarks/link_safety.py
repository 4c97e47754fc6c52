"""Do mends and new links change nothing but what was meant? Tries both on copies of vaults, by the command line.

    python -m benchmarks.link_safety VAULT…

`--audit --fix`, then `--apply` on every note (links of .3 and more). After each, the links of every note are read again
with patterns of this script's own and with markdown-it, which share nothing with what wrote them. Each link that is
gone or new must be one that the command said it made, and after mends all text beside links must be as before. Then
`undo`, and every byte must be as at first.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt

_WIKILINK = re.compile(r"!?\[\[[^\[\]\n]*\]\]")
_ADDRESS = re.compile(
    r"\]\(\s*(<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)|^\[(?!\^)[^\]\n]+\]:[ \t]*(<[^<>\n]*>|\S+)", re.M
)
_AT_ONCE = 200
_THRESHOLD = "0.3"


@dataclass(frozen=True)
class Outcome:
    """What one command did to a vault."""

    made: int
    """Links that it said it made or mended."""
    wrong: tuple[str, ...]
    """What was lost or changed besides."""


def main() -> None:
    """Print a line for each vault and command; exit 1 when anything was changed that was not meant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    wrong = 0
    for vault in parser.parse_args().vaults:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(shutil.copytree(vault, Path(folder) / "vault", copy_function=shutil.copyfile))
            for name, outcome in (("--audit --fix", fix(root)), ("--apply", apply(root))):
                wrong += len(outcome.wrong)
                print(
                    f"{vault.name} {name}: {outcome.made} links, {len(outcome.wrong)} wrong",
                    *outcome.wrong[:20],
                    sep="\n  ",
                )
    sys.exit(bool(wrong))


def fix(root: Path) -> Outcome:
    """Mend all that is sure, compare, and undo."""
    before = read(root)
    report = json.loads(run(root, "--audit", "--fix", "--json"))
    sure = [row for row in report["broken"] if row["mend"] is not None and row["path"] in report["fixed"]]
    meant = {row["path"]: Counter[str]() for row in sure}
    for row in sure:
        meant[row["path"]][row["mend"]] += 1
    wrong = [fault for path, text in read(root).items() for fault in judge_mends(path, before[path], text, meant)]
    return Outcome(len(sure), (*wrong, *undo(root, before)))


def apply(root: Path) -> Outcome:
    """Write the likely links of every note, compare, and undo."""
    before = read(root)
    notes, made = sorted(before), 0
    meant: dict[str, list[Mapping[str, Any]]] = {}
    calls = 0
    for start in range(0, len(notes), _AT_ONCE):
        some = notes[start : start + _AT_ONCE]
        rows = run(root, "--apply", "--json", "--min-score", _THRESHOLD, *(str(root / name) for name in some))
        for line in rows.splitlines():
            row = json.loads(line)
            meant[row["note"]] = row["suggestions"]
            made += len(row["suggestions"])
        calls += any(meant[name] for name in some if name in meant)
    wrong = [
        fault
        for path, text in read(root).items()
        for fault in judge_links(path, before[path], text, meant.get(path, []))
    ]
    return Outcome(made, (*wrong, *undo(root, before, calls)))


def judge_mends(path: str, old: bytes, new: bytes, meant: Mapping[str, Counter[str]]) -> Iterator[str]:
    """What is not as it should be after mends: text outside of links, and links beyond the number of mends."""
    texts = old.decode(errors="surrogateescape"), new.decode(errors="surrogateescape")
    if without_links(texts[0]) != without_links(texts[1]):
        yield f"{path}: text beside links has changed"
    lost, gained = difference(*map(links_of, texts))
    count = meant.get(path, Counter()).total()
    if not lost.total() == gained.total() <= count:
        yield f"{path}: {count} mends, but lost {dict(lost)}, gained {dict(gained)}"
    yield from same_shape(path, texts, 0)


def judge_links(path: str, old: bytes, new: bytes, meant: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What is not as it should be after new links: a link lost, one gained that was not told, a word changed."""
    texts = old.decode(errors="surrogateescape"), new.decode(errors="surrogateescape")
    lost, gained = difference(*map(links_of, texts))
    told = sum((links_of(row["place"]["text"]) for row in meant), Counter[str]())
    tree = Counter(
        {
            link: count
            for link, count in gained.items()
            if texts[1].count(f"<li>{link}</li>") > texts[0].count(f"<li>{link}</li>")
        }
    )
    if lost:
        yield f"{path}: lost {dict(lost)}"
    if gained - told - tree or told - gained:
        yield f"{path}: gained {dict(gained - told - tree)} untold, told {dict(told - gained)} not made"
    yield from same_shape(path, texts, len(meant))


def same_shape(path: str, texts: tuple[str, str], links: int) -> Iterator[str]:
    """Tables, code and quotations are as many as before, by a parser of Markdown; a new list may have a heading."""
    counts = [
        Counter(token.type for token in MarkdownIt("gfm-like", {"linkify": False}).parse(body_of(text)))
        for text in texts
    ]
    for kind in ("table_open", "td_open", "th_open", "fence", "code_block", "html_block", "blockquote_open"):
        if counts[0][kind] != counts[1][kind]:
            yield f"{path}: {counts[0][kind]} {kind} have become {counts[1][kind]}"
    if not 0 <= counts[1]["heading_open"] - counts[0]["heading_open"] <= min(1, links):
        yield f"{path}: headings have changed"


def links_of(text: str) -> Counter[str]:
    """Every link as it is written, wherever it stands; addresses decoded."""
    addresses = (unquote((found[1] or found[2] or "").strip("<>")) for found in _ADDRESS.finditer(text))
    return Counter(_WIKILINK.findall(text)) + Counter(f"({address})" for address in addresses if address)


def difference(old: Counter[str], new: Counter[str]) -> tuple[Counter[str], Counter[str]]:
    """What is gone, and what is new."""
    return old - new, new - old


def without_links(text: str) -> str:
    """The text with a bar for each link and address."""
    return _ADDRESS.sub("](|", _WIKILINK.sub("|", text))


def body_of(text: str) -> str:
    """The text without front matter."""
    found = re.match(r"\ufeff?---[ \t]*\r?\n.*?\n---[ \t]*\r?\n", text, re.S)
    return text[found.end() :] if found else text


def undo(root: Path, before: Mapping[str, bytes], times: int = 1) -> Iterator[str]:
    """Take everything back; names each file that is not byte for byte as before."""
    if read(root) == before:
        return
    for _ in range(times):
        enrich(root, "undo", "--vault", str(root))
    after = read(root)
    yield from (f"{path}: is not as before after undo" for path in before if after.get(path) != before[path])


def read(root: Path) -> dict[str, bytes]:
    """Every note's bytes by its path."""
    notes = (path for path in root.rglob("*") if path.suffix.lower() == ".md" and path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in notes
        if "/." not in f"/{path.relative_to(root)}"
    }


def run(root: Path, *words: str) -> str:
    """What `suggest-links` prints."""
    return enrich(root, "suggest-links", "--vault", str(root), "--wait", *words)


def enrich(root: Path, *words: str) -> str:
    """Standard output of a command; 6 and 7 are findings and refusals, which are no accident here."""
    env = {**os.environ, "ENRICH_HOME": str(root.parent / "home"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "enrich", *words],
        env=env,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=False,
    )
    if done.returncode not in (0, 6, 7) or "Traceback" in done.stderr:
        raise SystemExit(f"enrich {' '.join(words[:6])}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
