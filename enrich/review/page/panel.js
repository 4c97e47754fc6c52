// The panel below the draft: what was found about the chosen sentence, and what can be done about it.
import { byId, make, runs } from "./dom.js";
import { typed } from "./fields.js";

export function showPanel(view, chosen, editing, actions) {
  const panel = byId("panel");
  if (chosen.kind === "see also") {
    panel.replaceChildren(heading("see also", null), ...links(view, view.links.filter((link) => link.see_also), actions));
    return;
  }
  const row = view.sentences[chosen.number];
  if (!row) {
    panel.replaceChildren(make("p", {}, "No sentence was checked: the source is missing."));
    return;
  }
  const place = view.order.indexOf(chosen.number) + 1;
  const own = view.links.filter((link) => row.links.includes(link.number));
  const parts = [
    heading(`${place} of ${view.order.length} · ${row.section}`, row),
    editing ? editor(row, actions) : buttons(row, actions),
    evidence(row, actions),
    ...reasons(row),
    model(row),
    ...links(view, own, actions),
  ];
  panel.replaceChildren(...parts.filter((part) => part !== null));
}

function heading(words, row) {
  const badge = row ? make("span", { class: `badge ${row.badge}` }, row.standing) : "";
  const risk = row && row.verdict !== "human" ? make("span", { class: "meta" }, `risk ${row.score.toFixed(2)}`) : "";
  return make("p", { class: "row" }, make("span", { class: "meta" }, words), badge, risk);
}

function reasons(row) {
  return row.reasons.length ? [make("ul", {}, ...row.reasons.map((reason) => make("li", {}, reason)))] : [];
}

// What a model said of the sentence as second reader; the badge and the reasons hold what was made of it.
function model(row) {
  if (!row.reading) return null;
  const { by, meaning, words, quote } = row.reading;
  const which = words.length ? `: ${words.map((word) => `“${word}”`).join(", ")}` : "";
  const where = quote ? ` – “${quote}”` : "";
  return make("p", { id: "model", class: "meta" }, `${by} read it: ${meaning}${which}${where}`);
}

function buttons(row, actions) {
  const head = row.section === "title" || row.section === "description";
  const unsupported = row.badge === "bad";
  const button = (name, words, key, main, off) =>
    make(
      "button",
      { type: "button", "data-do": name, class: main ? "main" : "", disabled: off, onclick: () => actions.run(name) },
      words,
      " ",
      make("kbd", {}, key),
    );
  return make(
    "p",
    { class: "row" },
    button("keep", "Keep", "y", !unsupported, unsupported),
    button("edit", "Edit", "e", unsupported, false),
    button("cut", "Cut", "x", false, head),
    button("vouch", "I vouch for it", "v", false, !unsupported),
  );
}

function editor(row, actions) {
  const area = make("textarea", { id: "editor", "aria-label": "The sentence as it stands in the note" });
  area.value = typed.get("sentence") ?? row.raw;
  area.addEventListener("input", () => {
    typed.set("sentence", area.value);
    typed.set("sentence of", row.text);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      actions.saveEdit(area.value);
    } else if (event.key === "Escape") {
      actions.cancelEdit();
    }
  });
  return make(
    "div",
    {},
    area,
    make(
      "p",
      { class: "row" },
      make("button", { type: "button", class: "main", "data-do": "save", onclick: () => actions.saveEdit(area.value) }, "Save"),
      make("button", { type: "button", "data-do": "cancel", onclick: () => actions.cancelEdit() }, "Cancel"),
    ),
  );
}

function evidence(row, actions) {
  if (!row.evidence) {
    const none = row.verdict === "human" ? "" : "No words of the source come near this sentence.";
    return make("p", { class: "meta" }, none);
  }
  return make(
    "div",
    {},
    make("p", { class: "meta" }, row.evidence.place ? `The source says (${row.evidence.place}):` : "The source says:"),
    make("blockquote", { cite: "" }, ...runs(row.evidence.runs)),
    make("button", { type: "button", onclick: () => actions.showEvidence() }, "Show in the source"),
  );
}

function links(view, rows, actions) {
  return rows.map((link) => {
    const found = link.concept
      ? "a concept without a note, as is the journal's habit"
      : [link.obsidian === false ? "Obsidian finds no note" : "", link.quartz === false ? "the site finds no page" : ""]
          .filter(Boolean)
          .join(", ");
    const why = link.candidate ? `score ${link.candidate.score.toFixed(2)}: ${link.candidate.reasons.join("; ")}` : "";
    const select = make(
      "select",
      { "aria-label": `Another note than ${link.shown}`, "data-swap": String(link.number) },
      make("option", { value: "" }, "swap for …"),
      ...view.candidates.map((row) =>
        make("option", { value: row.id }, `${row.title} (${row.score.toFixed(2)}: ${row.reasons.join("; ")})`),
      ),
    );
    select.addEventListener("change", () => select.value && actions.swap(link.number, select.value));
    return make(
      "div",
      { class: "link" },
      make("span", {}, `[[${link.shown}]]`),
      make("span", { class: "meta" }, [why, found].filter(Boolean).join(" · ")),
      select,
      make(
        "button",
        { type: "button", disabled: link.see_also, "data-remove": String(link.number), onclick: () => actions.remove(link.number) },
        "Remove link",
      ),
    );
  });
}
