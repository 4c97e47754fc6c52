"""Draft every page of a folder into a copy of a vault and count what came out right.

    python -m benchmarks.articles ../shared/articles ../shared/journal [--record DIR]

The folder holds ``<id>.html.gz`` and ``expected.json`` with ``id``, ``url``, ``title``, ``published`` and ``text``. The
engine is the one that is configured (ENRICH_MODEL …), else the embedded one. A text under 100 words must be refused.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enrich.vault.note import parse_note
from enrich.vault.resolve import Resolver
from enrich.vault.vault import read_vault

REFUSED = 4
SHORT = 100


@dataclass(frozen=True)
class Outcome:
    """What became of one page."""

    page: str
    code: int
    refusable: bool
    title_right: bool = False
    date_right: bool = False
    must: int = 0
    unverified: int = 0
    links: int = 0
    dead_links: int = 0

    @property
    def row(self) -> str:
        """A row of the table."""
        if self.code:
            return f"| {self.page} | exit {self.code}{' (right)' if self.refused_rightly else ''} | | | | | |"
        right = ["yes" if right else "NO" for right in (self.title_right, self.date_right)]
        return (
            f"| {self.page} | drafted | {right[0]} | {right[1]} | {self.must} | {self.unverified} | "
            f"{self.links - self.dead_links} of {self.links} |"
        )

    @property
    def refused_rightly(self) -> bool:
        """A stub that was not drafted."""
        return self.refusable and self.code == REFUSED


def draft(page: Path, about: dict[str, Any], vault: Path, record: Path | None) -> Outcome:
    """Draft one page and look at the note."""
    refusable = len(about["text"].split()) < SHORT
    command = [
        sys.executable,
        "-m",
        "enrich",
        "draft",
        "--vault",
        str(vault),
        "--url",
        about["url"],
        "--html",
        str(page),
    ]
    command += ["--json", "-q", *(["--record", str(record / about["id"])] if record else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr)
        return Outcome(about["id"], done.returncode, refusable)
    envelope = json.loads(done.stdout)
    resolver = Resolver(read_vault(vault))
    text = (vault / envelope["path"]).read_text("utf-8")
    note = parse_note(envelope["path"], text)
    prose = [
        link.target
        for link in note.links
        if link.makes_backlink and not text[: link.span.start].rpartition("\n")[2].startswith("*see also")
    ]
    dead = [target for target in prose if not (resolver.obsidian(target) and resolver.quartz(target))]
    rules = [finding["rule"] for finding in envelope["findings"] if finding["level"] == "must"]
    return Outcome(
        page=about["id"],
        code=0,
        refusable=refusable,
        title_right=envelope["source"]["title"] == about["title"],
        date_right=envelope["source"]["published"] == about["published"],
        must=sum(rule != "E1" for rule in rules),
        unverified=rules.count("E1"),
        links=len(prose),
        dead_links=len(dead),
    )


def main() -> None:
    """Draft all pages one after the other and print the table with its sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--record", type=Path, help="keep the run folders there")
    parser.add_argument("--keep", type=Path, help="keep the vault's copy with its drafts there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("ENRICH_HOME", str(Path(folder) / "home"))
        vault = options.keep or Path(folder) / "vault"
        shutil.copytree(options.vault, vault)
        outcomes = []
        for about in json.loads((options.articles / "expected.json").read_text("utf-8")):
            page = Path(folder) / f"{about['id']}.html"
            page.write_bytes(gzip.decompress((options.articles / f"{about['id']}.html.gz").read_bytes()))
            outcomes.append(draft(page, about, vault, options.record))
    print("| page | outcome | title | date | must findings | unverified | links that resolve in both |")
    print("|---|---|---|---|---|---|---|")
    print("\n".join(outcome.row for outcome in outcomes))
    made = [outcome for outcome in outcomes if outcome.code == 0]
    links, dead = sum(outcome.links for outcome in made), sum(outcome.dead_links for outcome in made)
    sums = {
        "drafted": f"{len(made)} of {len(outcomes)}",
        "stubs refused": sum(outcome.refused_rightly for outcome in outcomes),
        "titles right": sum(outcome.title_right for outcome in made),
        "dates right": sum(outcome.date_right for outcome in made),
        "must findings": sum(outcome.must for outcome in made),
        "unverified": sum(outcome.unverified for outcome in made),
        "links that resolve": f"{links - dead} of {links}",
    }
    print("\n" + "; ".join(f"{name}: {count}" for name, count in sums.items()))


if __name__ == "__main__":
    main()
