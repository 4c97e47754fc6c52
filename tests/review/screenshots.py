"""Pictures of the review page for docs/: ``python -m tests.review.screenshots``."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.review.browser import Pages, Watched, chromium

ROOT = Path(__file__).parents[2]
CASE = ROOT / "fixtures" / "cases" / "invented-number-kept"
DOCS = ROOT / "docs"


def make_pictures(folder: Path) -> None:
    """Review a recorded case in ``folder`` and take its picture, light, dark and narrow."""
    shutil.copytree(ROOT / "fixtures" / "vault", folder / "vault")
    shutil.copytree(CASE, folder / "home" / "state" / "runs" / "case")
    text = (CASE / "note.md").read_text("utf-8")
    title = re.search(r"^# (.+)$", text, re.MULTILINE)
    assert title is not None
    note = folder / "vault" / "AI_Sandbox" / "Tech_Journal" / "2023" / f"{title[1]}.md"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(text, "utf-8", newline="\n")
    command = [sys.executable, "-m", "enrich", "review", "--no-browser", str(note)]
    env = {**os.environ, "ENRICH_HOME": str(folder / "home")}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        address = running.stderr.readline().removeprefix("review: ").strip()
        _take(address)
        running.terminate()


def _take(address: str) -> None:
    DOCS.mkdir(exist_ok=True)
    with chromium() as browser:
        seen = Watched(Pages(browser), address, 1280, 860)
        seen.page.screenshot(path=DOCS / "review-light.png")
        seen.page.emulate_media(color_scheme="dark")
        seen.press("j", "j", "j", "j", "j", "j")
        seen.page.screenshot(path=DOCS / "review-dark.png")
        seen.page.emulate_media(color_scheme="light")
        seen.page.set_viewport_size({"width": 360, "height": 740})
        seen.press("k", "k", "k", "k", "k", "k")
        seen.page.screenshot(path=DOCS / "review-360.png")
        seen.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        make_pictures(Path(temporary))
