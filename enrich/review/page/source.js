// The saved source on the right, with the evidence of one sentence lit up.
import { byId, make } from "./dom.js";

export function showSource(source) {
  const about = [source.site, source.author, source.published].filter(Boolean).join(" · ");
  byId("source").replaceChildren(
    make("h2", {}, source.title || "No source"),
    make("p", { class: "meta" }, about, about ? " · " : "", address(source.url)),
    ...source.paragraphs.map((text, number) => make("p", { "data-paragraph": String(number) }, text)),
  );
}

// Offsets count code points, as Python does; JavaScript's own strings count something else.
export function lightUp(source, evidence, scroll) {
  const pane = byId("source");
  for (const lit of pane.querySelectorAll("mark")) {
    const paragraph = lit.parentElement;
    paragraph.textContent = source.paragraphs[Number(paragraph.dataset.paragraph)];
  }
  if (!evidence) return;
  const paragraph = pane.querySelector(`[data-paragraph="${evidence.paragraph}"]`);
  if (!paragraph) return;
  const characters = Array.from(source.paragraphs[evidence.paragraph]);
  const cut = (start, end) => characters.slice(start, end).join("");
  const mark = make("mark", {}, cut(evidence.start, evidence.end));
  paragraph.replaceChildren(cut(0, evidence.start), mark, cut(evidence.end));
  // On a narrow page the source lies below the draft: following it there would take the reader away.
  if (scroll || getComputedStyle(pane).overflowY === "auto") mark.scrollIntoView({ block: "nearest" });
}

function address(url) {
  const safe = /^https?:\/\//.test(url);
  return safe ? make("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, url) : url;
}
