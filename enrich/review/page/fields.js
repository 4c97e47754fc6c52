// The fields that a person writes: title, tags, keywords, description, my take. What is typed survives a reload.
import { make } from "./dom.js";

const typed = {
  key: (name) => `enrich ${location.host} ${name}`,
  get: (name) => sessionStorage.getItem(typed.key(name)),
  set: (name, words) => sessionStorage.setItem(typed.key(name), words),
  drop: (name) => sessionStorage.removeItem(typed.key(name)),
};
export { typed };

export function fields(view, actions) {
  const rows = [
    field("title", "Title: angle, lowercase, 4 to 9 words", view.title, actions),
    field("tags", "Tags: type, topic, topic, year, extra", view.tags.join(", "), actions),
    field("keywords", "Keywords: five", view.keywords.join(", "), actions),
    field("description", "Description: one sentence", view.description, actions),
  ];
  const open = ["title", "tags", "keywords", "description"].some((name) => typed.get(name) !== null);
  return make("details", { id: "about", open: open || actions.aboutOpen() }, make("summary", {}, "About the note"), ...rows);
}

export function takeField(view, actions) {
  if (!view.take.there) return null;
  const questions = view.take.questions.map((question) => make("li", {}, question));
  return make(
    "div",
    { id: "take" },
    make("h3", {}, "my take"),
    make("ul", { id: "questions", class: "meta" }, ...questions),
    field("take", "Your own verdict, in one or two sentences", view.take.words, actions, true),
  );
}

function field(name, label, words, actions, long = false) {
  const kept = typed.get(name);
  const input = make(long ? "textarea" : "input", { id: `field-${name}`, "data-field": name, autocomplete: "off" });
  input.value = kept ?? words;
  const save = make("button", { type: "button", "data-save": name, disabled: input.value === words }, "Save");
  const box = make("div", { class: "field" }, make("label", { for: input.id }, label), input, save);
  const show = () => {
    const dirty = input.value !== words;
    box.classList.toggle("dirty", dirty);
    save.disabled = !dirty;
    if (dirty) typed.set(name, input.value);
    else typed.drop(name);
  };
  box.classList.toggle("dirty", input.value !== words);
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    const wanted = event.key === "Enter" && (!long || event.ctrlKey || event.metaKey);
    if (wanted) {
      event.preventDefault();
      actions.setField(name, input.value);
    } else if (event.key === "Escape") {
      input.value = words;
      show();
      actions.focusDraft();
    }
  });
  save.addEventListener("click", () => actions.setField(name, input.value));
  return box;
}
