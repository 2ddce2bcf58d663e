// The live preview in a page: it shows what was saved, and what is wrong. Nothing of this is in the published site.

const served = { root: document.documentElement, pairs: new WeakMap(), version: document.currentScript.dataset.version };
const MOST_COMPARED = 250000;
const isPlain = document.body.hasAttribute("data-plain");

// The page as it was served, before any other script changes it: what a script or a reader changes later is left as it is.
served.copy = served.root.cloneNode(true);
pair(served.copy, served.root);

function pair(copy, live) {
  served.pairs.set(copy, live);
  for (let index = 0; index < copy.childNodes.length; index++) pair(copy.childNodes[index], live.childNodes[index]);
}

// --- News

let findingsVersion = "";

function hear({ version, findings }) {
  if (version !== undefined && version !== served.version) update();
  if (findings !== undefined && findings !== findingsVersion) {
    findingsVersion = findings;
    showFindings();
  }
}

function listen() {
  const page = location.pathname;
  if (window.SharedWorker) {
    const { port } = new SharedWorker("/.ethos/worker.js");
    port.onmessage = ({ data }) => hear(data);
    port.postMessage({ page });
    // A page that a browser keeps for the way back needs no news until it is shown again.
    addEventListener("pagehide", () => port.postMessage({}));
    addEventListener("pageshow", ({ persisted }) => persisted && port.postMessage({ page }));
    return;
  }
  const stream = new EventSource(`/.ethos/events?page=${encodeURIComponent(page)}`);
  stream.addEventListener("page", ({ data }) => hear({ version: JSON.parse(data).version }));
  stream.addEventListener("findings", ({ data }) => hear({ findings: data }));
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  });
}

// --- A new version of the page

let isUpdating = false;
let isStale = false;

async function update() {
  if (isUpdating) {
    isStale = true;
    return;
  }
  isUpdating = true;
  try {
    do {
      isStale = false;
      const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      const version = next.querySelector('script[src="/.ethos/live.js"]')?.dataset.version;
      // A server that has just begun, with a mistake in the handbook, has nothing better than what is on view.
      if (next.body.hasAttribute("data-plain") && !isPlain) return;
      if (version === undefined || scripts(next.documentElement) !== scripts(served.copy)) {
        location.reload();
        return;
      }
      await changeStyles(next.head);
      const copy = next.documentElement;
      merge(served.copy, copy);
      served.copy = copy;
      served.version = version;
      if (document.body.firstChild !== panel) document.body.prepend(panel);
      if (!about.hidden) showAbout();
    } while (isStale);
  } catch {
    // The server is gone for the moment; when it is back, it says the version again.
  } finally {
    isUpdating = false;
  }
}

const scripts = (root) => {
  const own = [...root.querySelectorAll("script[src]")].map((script) => script.getAttribute("src"));
  return own.filter((address) => !address.startsWith("/.ethos/")).join(" ");
};

// New styles stand ready before the old ones go, so that the page is never without.
function changeStyles(head) {
  const address = (link) => link.getAttribute("href");
  const links = (root) => [...root.querySelectorAll('link[rel="stylesheet"]')];
  const known = links(served.copy).map(address);
  const coming = links(head).filter((link) => !known.includes(address(link)));
  const loaded = coming.map((link) => {
    const early = document.createElement("link");
    early.rel = "stylesheet";
    early.href = address(link);
    return new Promise((done) => {
      early.onload = early.onerror = () => done(early);
      document.head.append(early);
    });
  });
  return Promise.all(loaded).then((all) => setTimeout(() => all.forEach((early) => early.remove()), 1000));
}

// Carries what differs between two served states over to the page on view, and what was paired with the old over to the new.
function merge(old, next) {
  const live = served.pairs.get(old);
  served.pairs.set(next, live);
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) live.data = next.data;
    return;
  }
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of [...next.attributes]) {
    if (old.getAttribute(name) !== value) live.setAttribute(name, value);
  }
  const matches = match([...old.childNodes], [...next.childNodes]);
  const kept = new Set(matches.values());
  for (const child of old.childNodes) if (!kept.has(child)) served.pairs.get(child)?.remove();
  let last = null;
  for (const child of next.childNodes) {
    const known = matches.get(child);
    if (known) {
      merge(known, child);
    } else {
      const fresh = document.importNode(child, true);
      pair(child, fresh);
      if (last) last.after(fresh);
      else live.prepend(fresh);
    }
    last = served.pairs.get(child);
  }
}

// Which old child each new one was: a longest common sequence, so that nothing has to be moved. Children that say the same belong
// together first, then those of one kind; a child with an id is only ever itself.
function match(old, next) {
  const texts = new Map();
  const number = (node) => {
    const text = node.outerHTML ?? node.data ?? "";
    if (!texts.has(text)) texts.set(text, texts.size);
    return texts.get(text);
  };
  const [before, after] = [old.map(number), next.map(number)];
  const weigh = (i, j) => (before[i] === after[j] ? 4 : isAlike(old[i], next[j]) ? 1 : 0);
  const matches = new Map();
  let first = 0;
  while (first < old.length && first < next.length && before[first] === after[first]) {
    matches.set(next[first], old[first]);
    first++;
  }
  let [oldEnd, nextEnd] = [old.length, next.length];
  while (oldEnd > first && nextEnd > first && before[oldEnd - 1] === after[nextEnd - 1]) {
    matches.set(next[--nextEnd], old[--oldEnd]);
  }
  const width = nextEnd - first + 1;
  // What a person changes at once is small; if it isn't, what stands in the same place is taken for the same.
  if ((oldEnd - first) * width > MOST_COMPARED) {
    for (let i = first; i < Math.min(oldEnd, nextEnd); i++) if (isAlike(old[i], next[i])) matches.set(next[i], old[i]);
    return matches;
  }
  const sums = new Int32Array((oldEnd - first + 1) * width);
  const at = (i, j) => (i - first) * width + (j - first);
  for (let i = oldEnd - 1; i >= first; i--) {
    for (let j = nextEnd - 1; j >= first; j--) {
      const weight = weigh(i, j);
      const both = weight ? sums[at(i + 1, j + 1)] + weight : 0;
      sums[at(i, j)] = Math.max(both, sums[at(i + 1, j)], sums[at(i, j + 1)]);
    }
  }
  for (let i = first, j = first; i < oldEnd && j < nextEnd; ) {
    const weight = weigh(i, j);
    if (weight && sums[at(i, j)] === sums[at(i + 1, j + 1)] + weight) matches.set(next[j++], old[i++]);
    else if (sums[at(i, j)] === sums[at(i + 1, j)]) i++;
    else j++;
  }
  return matches;
}

const isAlike = (one, other) => one.nodeName === other.nodeName && (one.id ?? "") === (other.id ?? "");

// --- What the preview itself shows: apart from the page, in a tree of its own with styles of its own

const panel = document.createElement("div");
panel.id = "ethos-preview";
const tree = panel.attachShadow({ mode: "open" });
tree.innerHTML = `
<link rel="stylesheet" href="/.ethos/preview.css">
<section class="messages" aria-label="Messages of the preview" hidden>
  <div class="inner">
    <p class="past"><a href="#main">Go past these messages to the page</a></p>
    <div class="content"></div>
    <button type="button" class="close">Close</button>
  </div>
</section>
<p class="spoken" role="status"></p>
<section class="corner" aria-label="Preview">
  <button type="button" class="count" aria-expanded="false" hidden></button>
  <button type="button" class="toggle" aria-expanded="false">About this page</button>
</section>
<section class="about" aria-label="About this page" hidden></section>`;
const [messages, content, spoken, count, toggle, about, past, close] = [
  ".messages", ".content", ".spoken", ".count", ".toggle", ".about", ".past a", ".close",
].map((name) => tree.querySelector(name));

let areWarningsOpen = false;

async function showFindings() {
  const answer = await fetch("/.ethos/findings", { cache: "no-store" });
  content.innerHTML = await answer.text();
  const { errors, warnings } = content.firstElementChild.dataset;
  const hasErrors = errors !== "0";
  const was = messages.dataset.errors ?? "0";
  messages.dataset.errors = errors;
  messages.hidden = isPlain || !(hasErrors || (areWarningsOpen && warnings !== "0"));
  close.hidden = hasErrors;
  count.hidden = isPlain || hasErrors || warnings === "0";
  count.textContent = warnings === "1" ? "1 warning" : `${warnings} warnings`;
  count.setAttribute("aria-expanded", String(!messages.hidden));
  if (hasErrors) spoken.textContent = [...content.querySelectorAll("h2, .finding--error .message")].map(text).join(". ");
  else spoken.textContent = was === "0" ? "" : "The mistake is mended, and the page shows the handbook as it is now.";
  if (isPlain) document.querySelector(".findings")?.replaceWith(content.firstElementChild.cloneNode(true));
  if (!about.hidden) showAbout();
}

const text = (element) => element.textContent;

count.addEventListener("click", () => {
  areWarningsOpen = messages.hidden;
  messages.hidden = !areWarningsOpen;
  count.setAttribute("aria-expanded", String(areWarningsOpen));
  if (areWarningsOpen) past.focus();
});
close.addEventListener("click", () => {
  areWarningsOpen = false;
  messages.hidden = true;
  count.setAttribute("aria-expanded", "false");
  count.focus();
});
past.addEventListener("click", (event) => {
  event.preventDefault();
  const main = document.querySelector("main, h1") ?? document.body;
  if (!main.hasAttribute("tabindex")) main.tabIndex = -1;
  main.focus();
});

async function showAbout() {
  const answer = await fetch(`/.ethos/about?page=${encodeURIComponent(location.pathname)}`, { cache: "no-store" });
  about.innerHTML = `<h2>About this page</h2>${await answer.text()}`;
  const path = about.querySelector(".path");
  if (!path) return;
  const copy = document.createElement("button");
  copy.type = "button";
  copy.textContent = "Copy";
  copy.setAttribute("aria-label", `Copy ${path.textContent}`);
  copy.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(path.textContent);
    copy.textContent = "Copied";
  });
  path.after(copy);
}

function openAbout(isOpen) {
  about.hidden = !isOpen;
  toggle.setAttribute("aria-expanded", String(isOpen));
  try {
    sessionStorage.setItem("ethos-about", isOpen ? "open" : "");
  } catch {
    // Storage is switched off: the panel is closed on the next page.
  }
  if (isOpen) showAbout();
}

toggle.addEventListener("click", () => openAbout(about.hidden));
tree.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || about.hidden) return;
  openAbout(false);
  toggle.focus();
});

if (!isPlain) {
  document.body.prepend(panel);
  try {
    if (sessionStorage.getItem("ethos-about")) openAbout(true);
  } catch {
    // As above.
  }
}
listen();
