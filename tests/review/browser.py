"""Headless Chromium for the tests of the review page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")

CONTRAST = """() => {
  const parse = (words) => {
    const parts = words.match(/[\\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const light = ([r, g, b]) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = parse(getComputedStyle(at).backgroundColor);
      if (found.alpha === 1) return found.rgb;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (!walker.currentNode.data.trim() || style.visibility === "hidden" || box.width < 2 || box.height < 2) continue;
    if (element.closest("script, style, .unseen, option")) continue;
    const [one, two] = [light(parse(style.color).rgb), light(behind(element))];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const name = element.className || element.tagName;
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${name}: ${walker.currentNode.data}`);
  }
  return poor;
}"""
"""Every visible text whose contrast with what is behind it is below WCAG AA's 4.5 to 1."""

NAMELESS = """() => [...document.querySelectorAll("button, input, textarea, select, a, [role=button]")]
  .filter((element) => element.getClientRects().length)
  .filter((element) => !(element.labels?.length || element.getAttribute("aria-label") || element.textContent.trim()))
  .map((element) => element.outerHTML.slice(0, 100))"""
"""Every visible control that a screen reader would have no name for."""


def find_browser() -> str:
    """Where Chromium is. AssertionError says how to get it: these tests are never left out in silence."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "no Chromium: install one (apt-get install chromium), or leave these tests out with -m 'not browser'"
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser until the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        yield browser
        browser.close()


class Pages:
    """The pages of one browser. A page that was given back is used again: to open one costs more than most tests."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: list[Page] = []

    def take(self, width: int, height: int) -> Page:
        """A blank page of this size, of a context in which no other page is open."""
        page = self._idle.pop() if self._idle else self._browser.new_context().new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.set_default_timeout(20_000)
        return page

    def give_back(self, page: Page) -> None:
        """Leave what is open there. Every review has an address of its own, and with it what a browser stores."""
        page.goto("about:blank")
        page.mouse.move(0, 0)
        page.context.clear_cookies()
        self._idle.append(page)


class Watched:
    """A page, with everything it asked for and complained about, until it is closed."""

    def __init__(self, pages: Pages, address: str, width: int = 1280, height: int = 900) -> None:
        self.page = pages.take(width, height)
        self._pages = pages
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", self._failed)
        self.page.on("console", self._heard)
        self.page.on("dialog", self._interrupted)
        self.page.on("request", self._requested)
        self.page.goto(address)
        self.page.wait_for_selector(".s.here")

    def close(self) -> None:
        """Look away; another test may have the page."""
        self.page.remove_listener("pageerror", self._failed)
        self.page.remove_listener("console", self._heard)
        self.page.remove_listener("dialog", self._interrupted)
        self.page.remove_listener("request", self._requested)
        self._pages.give_back(self.page)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _heard(self, message: ConsoleMessage) -> None:
        # The browser itself reports every answer of 4xx, also those the page expects.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _interrupted(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog {dialog.message}")

    def _requested(self, request: Request) -> None:
        self.asked.append(request.url)

    def press(self, *keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def text(self, selector: str) -> str:
        """What stands in the first element that fits."""
        return self.page.locator(selector).first.inner_text()

    def wait_for_text(self, selector: str, words: str) -> None:
        """Until ``words`` stand there."""
        self.page.locator(selector).filter(has_text=words).first.wait_for()
