// Elements are made here and nowhere else, always from text: nothing of note, source or model is read as markup.

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

const MEANINGS = {
  missing: "not in the source",
  elsewhere: "elsewhere in the source",
  other: "the sentence does not have this number",
};

// Runs are [text, kind] pairs; a kind becomes a class, and its meaning shows when the pointer rests on it.
export function runs(pairs) {
  return pairs.map(([text, kind]) => {
    if (kind === "plain") return document.createTextNode(text);
    const word = make("span", { class: `w-${kind}` }, text);
    if (MEANINGS[kind]) word.title = MEANINGS[kind];
    return word;
  });
}

export const byId = (id) => document.getElementById(id);
