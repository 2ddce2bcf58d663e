// Suggestions while somebody types: a combobox with a list, in which nothing is chosen but by the arrow keys or a click.
// The form stays what it is: Enter searches, unless a suggestion was chosen. Nothing is said about suggestions that are
// typed past: how many there are is announced when the typing has stopped.

// A pause in typing that asks for suggestions, and one that is long enough to be told how many there are, in milliseconds.
const PAUSE = 150;
const SILENCE = 1400;

const input = document.getElementById("hb-q");
const search = input.closest(".hb-search");
const address = document.currentScript.src;
const words = {};
for (const span of search.querySelector("template").content.children) words[span.dataset.word] = span.textContent;
const plurals = new Intl.PluralRules(document.documentElement.lang);

const list = document.createElement("ul");
list.id = "hb-suggestions";
list.className = "hb-suggestions";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", words.label);
const status = document.createElement("p");
status.className = "hb-hidden";
status.setAttribute("role", "status");
search.append(list, status);

for (const [name, value] of Object.entries({
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-controls": list.id,
  "aria-expanded": "false",
})) {
  input.setAttribute(name, value);
}

let latest = 0;
let chosen = -1;
// The words that the list is for, and the engine on its way.
let shownFor;
let loading;
let pause;
let silence;

input.addEventListener("input", () => {
  // Whatever is on its way belongs to other words.
  latest += 1;
  clearTimeout(pause);
  clearTimeout(silence);
  status.textContent = "";
  choose(-1);
  if (input.value.trim()) pause = setTimeout(suggest, PAUSE);
  else close();
});
input.addEventListener("keydown", (event) => {
  // While a character is being composed, the keys belong to that.
  if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (press[event.key]?.(event)) event.preventDefault();
});
input.addEventListener("blur", close);
// The search page answers a search without leaving.
input.form.addEventListener("submit", close);
// Pressing the mouse on a suggestion doesn't take the focus out of the box.
list.addEventListener("pointerdown", (event) => event.preventDefault());
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => follow(event.target.closest("li")));

// What each key does; true where the box itself shall do nothing.
const press = {
  ArrowDown: (event) => move(1, event),
  ArrowUp: (event) => move(-1, event),
  Enter: () => chosen >= 0 && follow(list.children[chosen]),
  Escape: () => {
    if (isOpen()) close();
    else input.value = "";
    return true;
  },
  // These move in the words, so the choice is given up.
  ArrowLeft: () => choose(-1),
  ArrowRight: () => choose(-1),
  Home: () => choose(-1),
  End: () => choose(-1),
};

function isOpen() {
  return !list.hidden;
}

// Beyond either end stands the box itself.
function move(step, { altKey }) {
  if (!isOpen()) {
    if (list.children.length && shownFor === input.value) open();
    else if (input.value.trim()) suggest();
    if (altKey || !isOpen()) return true;
  }
  const places = list.children.length + 1;
  choose(((chosen + 1 + step + places) % places) - 1);
  return true;
}

function choose(index) {
  list.children[chosen]?.setAttribute("aria-selected", "false");
  chosen = index;
  const option = list.children[index];
  if (!option) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

function open() {
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
}

function close() {
  latest += 1;
  choose(-1);
  clearTimeout(pause);
  clearTimeout(silence);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
}

function follow(option) {
  if (option) location.assign(option.dataset.url);
  return true;
}

async function suggest() {
  const turn = ++latest;
  const text = input.value;
  try {
    const engine = await loadEngine();
    const suggestions = turn === latest ? await engine.suggest(text) : [];
    if (turn !== latest || document.activeElement !== input) return;
    shownFor = text;
    show(suggestions);
  } catch {
    // Suggestions are a comfort: without them, the form searches as ever.
    if (turn === latest) close();
  }
}

function show(suggestions) {
  choose(-1);
  list.replaceChildren(...suggestions.map(option));
  if (!suggestions.length) {
    close();
    return;
  }
  open();
  silence = setTimeout(() => {
    const n = suggestions.length;
    const form = words[plurals.select(n)] ?? words.other;
    status.textContent = form.replace("{n}", n.toLocaleString(document.documentElement.lang));
  }, SILENCE);
}

// Title and place are read as one phrase.
function option({ url, title, place }, index) {
  const element = document.createElement("li");
  element.id = "hb-suggestion-" + index;
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
  // Addresses are told from the search page, which is where the form leads.
  element.dataset.url = new URL(url, input.form.action).href;
  element.append(title);
  if (place) {
    const where = document.createElement("span");
    where.textContent = place;
    element.append(", ", where);
  }
  return element;
}

// The search page has the engine already; elsewhere it is loaded with the first word, and again if that failed.
function loadEngine() {
  if (window.ethosSearch) return Promise.resolve(window.ethosSearch.engine);
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = new URL(client, address).href;
    script.onload = () => done(window.ethosSearch.engine);
    script.onerror = () => {
      loading = undefined;
      script.remove();
      failed(new Error("the search is gone"));
    };
    document.head.append(script);
  });
  return loading;
}
