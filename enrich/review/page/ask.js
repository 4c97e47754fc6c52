// What approving asks for: the sentences that nobody has looked at, each with its passage, each with a key of its own.
import { byId, make, runs } from "./dom.js";

let at = 0;

// Opens the list, or shows it again after a key; `actions` does what the keys say.
export function showAsk(view, actions) {
  const rows = view.unlooked.map((number) => view.sentences[number]);
  at = Math.min(at, Math.max(rows.length - 1, 0));
  byId("ask-name").textContent = rows.length
    ? `${rows.length} ${rows.length === 1 ? "sentence" : "sentences"} that nobody has looked at`
    : "Nothing is left to look at";
  byId("ask-list").replaceChildren(...rows.map((row, place) => item(row, place, actions)));
  byId("ask-approve").disabled = rows.length > 0;
  if (!byId("ask").open) {
    at = 0;
    byId("ask").showModal();
    return showAsk(view, actions);
  }
  const focus = rows.length ? byId("ask-list").children[at] : byId("ask-approve");
  focus?.focus();
  focus?.scrollIntoView({ block: "nearest" });
}

export function askKeys(event, view, actions) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const number = view.unlooked[at];
  const work = {
    j: () => step(1, view, actions),
    k: () => step(-1, view, actions),
    a: () => !byId("ask-approve").disabled && actions.approve(),
  };
  const names = { y: "keep", e: "edit", x: "cut", v: "vouch" };
  if (names[event.key] && number !== undefined) work[event.key] = () => actions.answer(names[event.key], number);
  if (!work[event.key]) return;
  event.preventDefault();
  work[event.key]();
}

function step(by, view, actions) {
  at = Math.min(Math.max(at + by, 0), view.unlooked.length - 1);
  showAsk(view, actions);
}

function item(row, place, actions) {
  const here = place === at;
  const button = (name, words, key) =>
    make("button", { type: "button", onclick: () => actions.answer(name, row.number) }, words, " ", make("kbd", {}, key));
  const passage = row.evidence
    ? make("blockquote", {}, ...runs(row.evidence.runs))
    : make("p", { class: "meta" }, "No words of the source come near this sentence.");
  return make(
    "li",
    { class: here ? "here" : "", tabindex: "-1", "data-asked": String(row.number) },
    make("p", { class: "row" }, make("span", { class: `badge ${row.badge}` }, row.standing), make("span", { class: "meta" }, row.section)),
    make("p", {}, ...runs(row.runs)),
    passage,
    ...row.reasons.map((reason) => make("p", { class: "meta" }, reason)),
    make("p", { class: "row" }, button("keep", "Keep", "y"), button("edit", "Edit", "e"), button("cut", "Cut", "x"), button("vouch", "I vouch for it", "v")),
  );
}
