// The review: one state from the server, one chosen sentence, and what a key or a click does to them.
import { askKeys, showAsk } from "./ask.js";
import { byId, make } from "./dom.js";
import { showDraft } from "./draft.js";
import { typed } from "./fields.js";
import { showPanel } from "./panel.js";
import { lightUp, showSource } from "./source.js";

const LOOK_AGAIN = 2000;
const STILL_HERE = 60000;

let view = null;
let source = { paragraphs: [] };
let chosen = { kind: "sentence", number: 0 };
let editing = false;
let busy = false;
let over = false;
let approved = null;
let lastSeen = 0;

const ask = async (path, body) => {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(path, options);
  const type = answer.headers.get("content-type") ?? "";
  const value = type.startsWith("application/json") ? await answer.json() : { error: await answer.text() };
  return { status: answer.status, value };
};

// A key moves something at once, however long the answer takes.
function working(words) {
  busy = true;
  document.body.classList.add("busy");
  say(words);
}

function rested() {
  busy = false;
  document.body.classList.remove("busy");
}

function say(words) {
  byId("status").textContent = words;
}

function notice(words, extra = [], good = false) {
  const box = byId("notice");
  box.classList.toggle("good", good);
  box.replaceChildren(words, ...extra);
  box.hidden = !words;
  byId("ask-notice").textContent = good ? "" : words;
}

function render(focus = true) {
  const open = byId("about")?.open;
  actions.aboutOpen = () => open ?? false;
  document.title = `Review: ${view.title}`;
  byId("path").textContent = view.path;
  byId("progress").textContent = progress();
  byId("undo").disabled = !view.undo || over;
  byId("undo").title = view.undo ? `take back: ${view.undo}` : "nothing to take back";
  byId("approve").firstChild.textContent = view.publish ? "Approve and publish " : "Approve ";
  byId("approve").disabled = over;
  byId("next").hidden = !view.queue?.remain.length;
  showDraft(view, chosen, actions);
  showPanel(view, chosen, editing, actions);
  lightUp(source, view.sentences[chosen.number]?.evidence);
  if (editing) byId("editor")?.focus();
  else if (focus) document.querySelector(".s.here")?.focus({ preventScroll: true });
  document.querySelector(".s.here")?.scrollIntoView({ block: "nearest" });
  if (byId("ask").open) showAsk(view, asking);
}

function progress() {
  const open = view.sentences.filter((row) => row.badge === "bad").length;
  const seen = view.sentences.filter((row) => row.kept).length;
  const left = view.blockers.length;
  const asked = view.unlooked.length ? `${view.unlooked.length} to look at` : "ready to approve";
  const draft = view.queue ? `draft ${view.queue.at} of ${view.queue.of} · ` : "";
  return `${draft}${open} unsupported · ${seen} of ${view.sentences.length} looked at · ${left ? `${left} in the way of approval` : asked}`;
}

// A new state. The chosen sentence is found again by its words, wherever it stands now.
function take(value, focus = true) {
  const words = view && chosen.kind === "sentence" ? view.sentences[chosen.number]?.text : undefined;
  view = value;
  const same = words === undefined ? -1 : view.sentences.findIndex((row) => row.text === words);
  if (same >= 0) chosen = { kind: "sentence", number: same };
  show(focus);
}

// A new state with the choice as it is.
function put(value) {
  view = value;
  show(true);
}

function show(focus) {
  if (chosen.kind === "sentence" && !view.sentences[chosen.number]) {
    chosen = { kind: "sentence", number: view.order[0] ?? 0 };
  }
  render(focus);
}

// `after` may choose another sentence; it says so by returning true.
async function act(body, after = () => false) {
  if (busy || over) return;
  working(`${body.action} …`);
  const kept = chosen;
  try {
    const { status, value } = await ask("/act", { version: view.version, ...body });
    if (status === 200) {
      notice("");
      if (after(value)) put(value);
      else take(value);
      say(`done: ${body.action}`);
    } else if (status === 409 && value.state) {
      conflict(value);
    } else {
      chosen = kept;
      notice(value.error);
    }
  } catch {
    ended("The review has ended. What was saved is in the note; run enrich review again to go on.");
  } finally {
    rested();
  }
}

// The note changed under the reviewer. It is shown as it is now, and words that were typed stay where they are.
function conflict(value) {
  const words = typed.get("sentence");
  const about = view.sentences[chosen.number]?.text;
  const still = value.state.sentences.some((row) => row.text === about);
  if (editing && !still) {
    editing = false;
    const area = make("textarea", { readonly: true, "aria-label": "Your words", id: "stash" });
    area.value = words ?? "";
    const drop = make("button", { type: "button", onclick: () => { typed.drop("sentence"); notice(""); } }, "I have them");
    notice(`${value.error}. The sentence you were editing is not there any more; your words are kept here:`, [area, drop]);
  } else {
    notice(`${value.error}.${editing ? " Your words are kept; save again if they still fit." : ""}`);
  }
  take(value.state);
}

function ended(words, good = false) {
  approved = null;
  notice(words, [], good);
  freeze();
}

function freeze() {
  over = true;
  for (const control of document.querySelectorAll("button, input, textarea, select")) {
    if (!control.closest("dialog") && control.id !== "keys-open") control.disabled = true;
  }
}

function step(by) {
  const at = view.order.indexOf(chosen.kind === "sentence" ? chosen.number : -1);
  const next = view.order[Math.min(Math.max(at + by, 0), view.order.length - 1)];
  if (next !== undefined) actions.choose({ kind: "sentence", number: next });
}

const actions = {
  aboutOpen: () => false,
  choose(which) {
    if (editing && typed.get("sentence") !== null && which.number !== chosen.number) {
      say("save or cancel your words first");
      byId("editor")?.focus();
      return;
    }
    chosen = which;
    editing = false;
    render();
  },
  light(number) {
    const row = view.sentences[number ?? chosen.number];
    lightUp(source, row?.evidence);
  },
  showEvidence() {
    lightUp(source, view.sentences[chosen.number]?.evidence, true);
    byId("source").focus();
  },
  focusDraft() {
    document.querySelector(".s.here")?.focus();
  },
  run(name) {
    if (chosen.kind !== "sentence" || over) return;
    const row = view.sentences[chosen.number];
    if (name === "edit") {
      editing = true;
      render();
    } else if (name === "keep" && row.badge === "bad") {
      notice("The source does not say this sentence: edit it (e), cut it (x), or vouch for it (v).");
    } else if (name === "keep") {
      const order = view.order;
      const next = order[order.indexOf(chosen.number) + 1];
      act({ action: "keep", sentence: chosen.number }, () => {
        if (next !== undefined) chosen = { kind: "sentence", number: next };
        return true;
      });
    } else {
      act({ action: name, sentence: chosen.number });
    }
  },
  saveEdit(words) {
    typed.set("sentence", words);
    const number = chosen.number;
    act({ action: "edit", sentence: number, words }, () => {
      editing = false;
      typed.drop("sentence");
      typed.drop("sentence of");
      return true;
    });
  },
  cancelEdit() {
    editing = false;
    typed.drop("sentence");
    typed.drop("sentence of");
    render();
  },
  setField(name, words) {
    act({ action: name, words }, () => {
      typed.drop(name);
      return false;
    });
  },
  swap(link, candidate) {
    act({ action: "swap", link, candidate });
  },
  remove(link) {
    act({ action: "remove", link });
  },
};

async function undo() {
  if (busy || (over && !approved) || !view.undo) return;
  working("taking back …");
  try {
    const { status, value } = await ask("/undo", {});
    if (status === 200) {
      if (approved) reopened();
      notice("");
      take(value);
      say("taken back");
    } else if (status === 409 && value.state) {
      conflict(value);
    } else {
      notice(value.error);
    }
  } catch {
    ended("The review has ended. What was saved is in the note; enrich undo takes it back.");
  } finally {
    rested();
  }
}

// For a while an approval can be taken back here; afterwards, and when the page is closed, enrich undo does it.
function letGo(value) {
  approved = value;
  view.undo = "approve";
  freeze();
  const remain = value.queue?.remain ?? [];
  const names = remain.map((row) => `${row.name} (${row.risk})`).join(", ");
  const left = remain.length ? ` ${remain.length} ${remain.length === 1 ? "draft remains" : "drafts remain"}: ${names}.` : "";
  const later = value.edit ? ` Later: enrich undo ${value.edit}` : "";
  const goOn = make("button", { type: "button", id: "go-on", class: "main", onclick: nextDraft }, "Next draft ", make("kbd", {}, "n"));
  notice(`${value.approved}.${left || " You can close this page."}${later}`, [
    remain.length ? goOn : "",
    make("button", { type: "button", id: "take-back", onclick: undo }, "Take the approval back ", make("kbd", {}, "u")),
    make("button", { type: "button", id: "done", onclick: end }, "Done"),
  ], true);
  (byId("go-on") ?? byId("done")).focus();
  setTimeout(() => {
    if (approved === value) ended(`${value.approved}. You can close this page.${later}`, true);
  }, value.seconds * 1000);
}

function reopened() {
  approved = null;
  over = false;
  for (const control of document.querySelectorAll("button, input, textarea, select")) control.disabled = false;
}

async function end() {
  const { value } = await ask("/end", {});
  ended(`${value.over}. You can close this page.${approved?.edit ? ` Later: enrich undo ${approved.edit}` : ""}`, true);
}

function isUnsaved() {
  const unsaved = Object.keys(sessionStorage).some((key) => key.startsWith(typed.key("")));
  if (unsaved) notice("Something you typed is not saved yet; save it or take it back first.");
  return unsaved;
}

async function approve() {
  if (busy || over || isUnsaved()) return;
  if (view.blockers.length) {
    byId("ask").close();
    waiting();
    return;
  }
  if (view.unlooked.length) {
    showAsk(view, asking);
    return;
  }
  byId("ask").close();
  working("approving …");
  notice("Approving …", [], true);
  try {
    const { status, value } = await ask("/approve", { version: view.version });
    if (status === 200) letGo(value);
    else if (status === 409 && value.state) conflict(value);
    else notice(value.error);
  } catch {
    ended("The review has ended. What was saved is in the note; run enrich review again to go on.");
  } finally {
    rested();
  }
}

// The keys of the list that approving asks for.
const asking = {
  approve,
  answer(name, number) {
    if (name === "edit") {
      byId("ask").close();
      chosen = { kind: "sentence", number };
      actions.run("edit");
    } else {
      act({ action: name, sentence: number });
    }
  },
};

// The page opens anew with the next draft of the folder; what stands in this one stays as it is.
async function nextDraft() {
  if (busy || (over && !approved) || !view.queue?.remain.length || isUnsaved()) return;
  working("opening the next draft …");
  try {
    const { status, value } = await ask("/next", {});
    if (status === 200) {
      approved = null;
      location.reload();
    } else notice(value.error);
  } finally {
    rested();
  }
}

function waiting() {
  const rows = view.blockers.map((row) => {
    if (row.sentence === null) return make("li", {}, row.message);
    const go = () => {
      byId("waiting").close();
      actions.choose({ kind: "sentence", number: row.sentence });
    };
    return make("li", {}, make("button", { type: "button", onclick: go }, row.message));
  });
  byId("waiting-list").replaceChildren(...rows);
  byId("waiting").showModal();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  y: () => actions.run("keep"),
  e: () => actions.run("edit"),
  x: () => actions.run("cut"),
  v: () => actions.run("vouch"),
  u: undo,
  a: approve,
  n: nextDraft,
  l: () => document.querySelector("#panel select")?.focus(),
  t: () => byId("field-take")?.focus(),
  "?": () => byId("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  const inside = event.target.closest?.("input, textarea, select, dialog");
  if (inside || event.ctrlKey || event.metaKey || event.altKey || !view) return;
  if ((event.key === "Enter" || event.key === " ") && event.target.matches?.(".s")) {
    event.preventDefault();
    event.target.click();
    return;
  }
  const work = KEYS[event.key];
  if (work) {
    event.preventDefault();
    work();
  }
});

for (const kind of ["pointerdown", "keydown", "wheel"]) {
  document.addEventListener(kind, () => {
    if (over || Date.now() - lastSeen < STILL_HERE) return;
    lastSeen = Date.now();
    ask("/seen", {}).catch(() => {});
  }, { passive: true });
}

async function lookAgain() {
  if (!view || busy || over || document.hidden) return;
  try {
    const { value } = await ask("/version");
    if (value.over) ended(value.over);
    else if (value.version === "") notice(value.error ?? "The note cannot be read.");
    else if (value.version !== view.version && !busy) await reload();
  } catch {
    ended("The review has ended. What was saved is in the note; run enrich review again to go on.");
  }
}

async function reload() {
  const { status, value } = await ask("/state");
  if (status !== 200) {
    notice(value.error);
    return;
  }
  if (editing) conflict({ error: "The note was changed meanwhile", state: value });
  else {
    take(value, false);
    say("the note was changed elsewhere; this is how it is now");
  }
}

byId("undo").addEventListener("click", undo);
byId("approve").addEventListener("click", approve);
byId("ask-approve").addEventListener("click", approve);
byId("ask").addEventListener("keydown", (event) => askKeys(event, view, asking));
byId("next").addEventListener("click", nextDraft);
byId("keys-open").addEventListener("click", () => byId("keys").showModal());
byId("end").addEventListener("click", end);
// Nobody is left who could take an approval back: the command that waits for this page can go on.
window.addEventListener("pagehide", () => {
  if (!approved) return;
  fetch("/end", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}", keepalive: true }).catch(() => {});
});

async function begin() {
  const [given, state] = [await ask("/source"), await ask("/state")];
  source = given.value;
  if (state.status !== 200) {
    notice(state.value.error);
    return;
  }
  showSource(source);
  const about = typed.get("sentence of");
  const left = about === null ? -1 : state.value.sentences.findIndex((row) => row.text === about);
  editing = left >= 0;
  chosen = { kind: "sentence", number: editing ? left : state.value.order[0] ?? 0 };
  take(state.value);
}

begin();
setInterval(lookAgain, LOOK_AGAIN);
