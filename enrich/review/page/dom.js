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

// Runs are [text, kind] pairs; a kind becomes a class, and its meaning a word for who cannot see the class.
export function runs(pairs) {
  return pairs.map(([text, kind]) => {
    if (kind === "plain") return document.createTextNode(text);
    const word = make("span", { class: `w-${kind}` }, text);
    if (kind === "missing") word.title = "not in the source";
    if (kind === "elsewhere") word.title = "elsewhere in the source";
    return word;
  });
}

export const byId = (id) => document.getElementById(id);
