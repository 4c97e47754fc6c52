// The draft on the left: sections, paragraphs, sentences.
import { byId, make, runs } from "./dom.js";
import { fields, takeField } from "./fields.js";

export function showDraft(view, chosen, actions) {
  const title = view.sentences.findIndex((row) => row.section === "title");
  const name = title < 0 ? view.title : sentence(view, title, chosen, actions);
  const parts = [make("h2", {}, name), fields(view, actions), seeAlso(view, chosen, actions)];
  let section = "";
  let list = null;
  let takeShown = false;
  for (const block of view.blocks) {
    if (block.section === "title") continue;
    if (block.section !== section) {
      if (section === "risk surface" && !takeShown) takeShown = parts.push(takeField(view, actions)) > 0;
      section = block.section;
      list = null;
      if (section !== "my take") parts.push(make("h3", {}, section));
    }
    if (section === "my take") continue;
    const sentences = block.sentences.flatMap((number) => [sentence(view, number, chosen, actions), " "]);
    if (block.bullet) {
      if (list === null) parts.push((list = make("ul")));
      list.append(make("li", {}, ...sentences));
    } else {
      parts.push(make("p", {}, ...sentences));
    }
  }
  if (!takeShown) parts.push(takeField(view, actions));
  parts.push(findings(view));
  const draft = byId("draft");
  const top = draft.scrollTop;
  draft.replaceChildren(...parts.filter((part) => part !== null));
  draft.scrollTop = top;
}

function sentence(view, number, chosen, actions) {
  const row = view.sentences[number];
  const here = chosen.kind === "sentence" && chosen.number === number;
  const said = ` (${row.standing}${row.kept ? ", looked at" : ""})`;
  return make(
    "span",
    {
      class: `s ${row.badge}${here ? " here" : ""}`,
      role: "button",
      tabindex: here ? "0" : "-1",
      "data-sentence": String(number),
      "aria-pressed": String(here),
      onclick: () => actions.choose({ kind: "sentence", number }),
      onmouseenter: () => actions.light(number),
      onmouseleave: () => actions.light(null),
    },
    ...runs(row.runs),
    row.kept ? make("span", { class: "tick", "aria-hidden": "true" }, " ✓") : "",
    make("span", { class: "unseen" }, said),
  );
}

function seeAlso(view, chosen, actions) {
  const links = view.links.filter((link) => link.see_also);
  if (!links.length) return null;
  const here = chosen.kind === "see also";
  const names = links.map((link) => link.shown).join(" · ");
  return make(
    "p",
    {},
    make("span", { class: "meta" }, "see also: "),
    make(
      "span",
      {
        class: `s${here ? " here" : ""}`,
        role: "button",
        tabindex: here ? "0" : "-1",
        "data-see-also": "1",
        "aria-pressed": String(here),
        onclick: () => actions.choose({ kind: "see also" }),
      },
      names,
    ),
  );
}

function findings(view) {
  const shown = view.findings.filter((row) => row.rule !== "E1");
  if (!shown.length) return null;
  const rows = shown.map((row) => make("li", {}, `${row.level} ${row.named} in ${row.section}: ${row.message}`));
  const must = shown.filter((row) => row.level === "must").length;
  return make(
    "details",
    { open: must > 0 },
    make("summary", {}, `Style: ${must} must, ${shown.length - must} should`),
    make("ul", {}, ...rows),
  );
}
