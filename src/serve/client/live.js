// The live preview in a page: it shows what was saved, and what is wrong. Nothing of this is in the published site.

const page = location.pathname;
const ownScript = (root) => root.querySelector('script[src="/.ethos/live.js"]');
const isPlainPage = (root) => root.querySelector("body[data-plain]") !== null;
const isPlain = isPlainPage(document);
const shown = { version: ownScript(document).dataset.version, findings: undefined };

// --- News

function hear({ version, findings, files }) {
  if (version !== undefined && version !== shown.version) changePage();
  if (findings !== undefined && findings !== shown.findings) changeFindings(findings);
  if (files !== undefined) changePictures(files);
}

function listen() {
  try {
    const worker = new SharedWorker("/.ethos/worker.js");
    // What a browser doesn't allow a worker, it may allow a page.
    worker.onerror = listenAlone;
    worker.port.onmessage = ({ data }) => hear(data);
    worker.port.postMessage({ page });
    // A page that a browser keeps for the way back needs no news until it is shown again.
    addEventListener("pagehide", () => worker.port.postMessage({}));
    addEventListener("pageshow", ({ persisted }) => persisted && worker.port.postMessage({ page }));
  } catch {
    listenAlone();
  }
}

function listenAlone() {
  const stream = new EventSource(`/.ethos/events?page=${encodeURIComponent(page)}`);
  stream.addEventListener("page", ({ data }) => hear({ version: JSON.parse(data).version }));
  stream.addEventListener("findings", ({ data }) => hear({ findings: data }));
  stream.addEventListener("files", ({ data }) => hear({ files: JSON.parse(data) }));
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(listenAlone, 1000);
  });
}

/** A picture under the same address is only asked for again under another. */
function changePictures(files) {
  for (const picture of document.images) {
    const { pathname } = new URL(picture.src, document.baseURI);
    if (files.includes(pathname)) picture.src = `${pathname}?${Date.now()}`;
  }
}

/** The answer to a request; none while the server is gone: when it is back, it says all versions again. */
async function ask(address) {
  try {
    const response = await fetch(address, { cache: "no-store" });
    return { ok: response.ok, wasElsewhere: response.redirected, text: await response.text() };
  } catch {
    return undefined;
  }
}

/** A task that never runs twice at once: asked for while it runs, it runs once more afterwards. */
function oneAtATime(task) {
  let isRunning = false;
  let next;
  return async (...given) => {
    next = given;
    if (isRunning) return;
    isRunning = true;
    try {
      while (next) {
        const now = next;
        next = undefined;
        await task(...now);
      }
    } finally {
      isRunning = false;
    }
  };
}

// --- A new version of the page

// The page as it was served, before any other script changes it: what differs between that and what is served next is changed on
// the page on view, and what scripts and readers have done to it stays. In a document of its own, it loads nothing.
let served = document.implementation.createHTMLDocument().importNode(document.documentElement, true);
const lives = new WeakMap();
pair(served, document.documentElement);

/** Remembers for each node as it was served the node on view. */
function pair(copy, live) {
  lives.set(copy, live);
  copy.childNodes.forEach((child, index) => pair(child, live.childNodes[index]));
}

const changePage = oneAtATime(async () => {
  const answer = await ask(page + location.search);
  if (!answer) return;
  const next = parse(answer.text);
  // A server that has just begun, with an error in the handbook, has nothing better than what is on view.
  if (isPlainPage(next) && !isPlain) return;
  if (answer.wasElsewhere || isPlainPage(next) !== isPlain || scripts(next) !== scripts(served)) {
    location.reload();
    return;
  }
  const styles = await loadStyles(next);
  try {
    keepPlace(() => merge(served, next));
  } catch (error) {
    console.error(error);
    location.reload();
    return;
  }
  served = next;
  shown.version = ownScript(next).dataset.version;
  for (const [link, early] of styles) {
    for (const end of ["load", "error"]) lives.get(link).addEventListener(end, () => early.remove(), { once: true });
  }
  if (!about.hidden) showAbout();
});

function parse(html) {
  const root = new DOMParser().parseFromString(html, "text/html").documentElement;
  // Where scripts run, what stands in a noscript is text.
  for (const noscript of root.querySelectorAll("noscript")) noscript.textContent = noscript.innerHTML;
  return root;
}

/** What can't be changed in a page on view: the scripts that have run. What lacks the preview's own is no page at all. */
function scripts(root) {
  const addresses = [...root.querySelectorAll("script[src]")].map((script) => script.getAttribute("src"));
  // One page may name them from where it is, and another from the root.
  return addresses.map((address) => new URL(address, document.baseURI).href).join(" ");
}

/** Loads the styles that are new beside the old ones, which go when the page is changed: so it is never without. */
async function loadStyles(root) {
  const links = (root) => [...root.querySelectorAll('link[rel="stylesheet"]:not([disabled])')];
  const known = new Set(links(served).map((link) => link.getAttribute("href")));
  const coming = links(root).filter((link) => !known.has(link.getAttribute("href")));
  return Promise.all(
    coming.map((link) => {
      const early = document.importNode(link);
      return new Promise((done) => {
        early.onload = early.onerror = () => done([link, early]);
        document.head.append(early);
      });
    }),
  );
}

/** Most browsers keep what is read in its place when something changes above it; Safari doesn't. */
function keepPlace(change) {
  const isKept = scrollY === 0 || CSS.supports("overflow-anchor: auto");
  const place = (element) => element.getBoundingClientRect().top;
  const mark = isKept ? undefined : [...document.querySelectorAll("main *")].find((element) => place(element) > 0);
  const before = mark && place(mark);
  change();
  if (mark?.isConnected) scrollBy({ top: place(mark) - before, behavior: "instant" });
}

/** Carries what differs between two served states over to the page on view. */
function merge(old, next) {
  const live = lives.get(old);
  lives.set(next, live);
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) live.data = next.data;
    return;
  }
  for (const { name } of old.attributes) if (!next.hasAttribute(name)) live.removeAttribute(name);
  for (const attribute of next.attributes) {
    if (old.getAttribute(attribute.name) !== attribute.value) live.setAttributeNode(attribute.cloneNode());
  }
  const matches = match([...old.childNodes], [...next.childNodes]);
  const kept = new Set(matches.values());
  for (const child of old.childNodes) if (!kept.has(child)) lives.get(child).remove();
  let last;
  for (const child of next.childNodes) {
    if (matches.has(child)) {
      merge(matches.get(child), child);
    } else {
      const fresh = document.importNode(child, true);
      pair(child, fresh);
      if (last) last.after(fresh);
      else live.prepend(fresh);
    }
    // A script may have wrapped it in something else, or taken it out.
    let place = lives.get(child);
    while (place && place.parentNode !== live) place = place.parentNode;
    last = place ?? last;
  }
}

// More pairs than these are not compared.
const MOST = 4_000_000;

/**
 * Which old child each new one was, by the longest common sequence, so that nothing has to be moved: those that say the same belong
 * together first, then those of one kind.
 */
function match(old, next) {
  const matches = new Map();
  const texts = new Map([...old, ...next].map((node) => [node, `${node.nodeName} ${node.outerHTML ?? node.data}`]));
  const isSame = (one, other) => texts.get(one) === texts.get(other);
  const take = () => matches.set(next.shift(), old.shift());
  const takeLast = () => matches.set(next.pop(), old.pop());
  while (old.length && next.length && isSame(old[0], next[0])) take();
  while (old.length && next.length && isSame(old.at(-1), next.at(-1))) takeLast();
  // Where nearly everything is new, what stands in the same place is taken for the same.
  const weigh = (one, other) => (isSame(one, other) ? 4 : isAlike(one, other) ? 1 : 0);
  if (old.length * next.length > MOST) {
    next.forEach((node, index) => old[index] && isAlike(old[index], node) && matches.set(node, old[index]));
    return matches;
  }
  // The best that can be had from any two places on.
  const width = next.length + 1;
  const best = new Int32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      const weight = weigh(old[i], next[j]);
      const both = weight && weight + best[(i + 1) * width + j + 1];
      best[i * width + j] = Math.max(both, best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  for (let i = 0, j = 0; i < old.length && j < next.length; ) {
    const weight = weigh(old[i], next[j]);
    const here = best[i * width + j];
    if (weight && here === weight + best[(i + 1) * width + j + 1]) matches.set(next[j++], old[i++]);
    else if (here === best[(i + 1) * width + j]) i++;
    else j++;
  }
  return matches;
}

/** Of one kind; what has an id is only ever itself. */
const isAlike = (one, other) => one.nodeName === other.nodeName && one.id === other.id;

// --- What the preview itself shows, apart from the page: beside its body, in trees of their own with styles of their own

function plant(name, html) {
  const host = document.createElement(name);
  host.lang = "en-GB";
  host.dir = "ltr";
  host.hidden = true;
  const tree = host.attachShadow({ mode: "open" });
  tree.innerHTML = `<link rel="stylesheet" href="/.ethos/preview.css">${html}`;
  const isStyled = new Promise((done) => {
    tree.firstChild.onload = tree.firstChild.onerror = () => {
      host.hidden = false;
      done();
    };
  });
  return { host, tree, isStyled, find: (selector) => tree.querySelector(selector) };
}

const top = plant(
  "ethos-messages",
  `<section class="messages" aria-label="Messages of the preview" tabindex="-1" hidden>
    <a class="past" href="#main">Skip to the page</a>
    <button type="button" class="close">Close</button>
    <div class="found"></div>
  </section>
  <p class="spoken" role="status"></p>`,
);
const corner = plant(
  "ethos-corner",
  `<section class="corner" aria-label="Preview">
    <button type="button" class="count" aria-expanded="false" hidden></button>
    <button type="button" class="toggle" aria-expanded="false">About this page</button>
  </section>
  <section class="about" aria-label="About this page" hidden></section>`,
);
const [messages, found, spoken] = [".messages", ".found", ".spoken"].map(top.find);
const [count, toggle, about] = [".count", ".toggle", ".about"].map(corner.find);

// First and last: a keyboard meets the messages before the page, and the rest after it.
document.body.before(top.host);
if (!isPlain) document.body.after(corner.host);

// --- Messages

const changeFindings = oneAtATime(async (version) => {
  const answer = await ask("/.ethos/findings");
  if (!answer) return;
  await top.isStyled;
  shown.findings = version;
  const before = Number(messages.dataset.errors ?? 0);
  found.innerHTML = answer.text;
  const [errors, warnings] = ["errors", "warnings"].map((kind) => Number(found.firstElementChild.dataset[kind]));
  messages.dataset.errors = errors;
  count.textContent = errors ? some(errors, "error") : some(warnings, "warning");
  count.dataset.errors = errors;
  count.hidden = !errors && !warnings;
  // Errors come by themselves, and go by themselves; warnings wait until somebody asks.
  const isAsked = before === 0 && !messages.hidden;
  showMessages(errors > 0 || (isAsked && warnings > 0));
  if (errors) spoken.textContent = summary(errors);
  else spoken.textContent = before ? "Mended. The page shows the handbook as it is now." : "";
  if (isPlain) changePage();
  if (!about.hidden) showAbout();
});

const some = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

/** What is said of errors: the first few; the rest is there to be read. */
function summary(errors) {
  const first = [...found.querySelectorAll(".finding--error .message")].slice(0, 3);
  const parts = [found.querySelector("h2"), ...first].map((element) => element.textContent);
  if (errors > first.length) parts.push(`And ${errors - first.length} more`);
  return `${parts.join(". ")}.`;
}

function showMessages(isShown) {
  // On a plain page they are the page.
  const hadFocus = top.tree.activeElement !== null;
  messages.hidden = isPlain || !isShown;
  count.setAttribute("aria-expanded", String(!messages.hidden));
  if (messages.hidden && hadFocus) goPast({ preventScroll: true });
}

function closeMessages() {
  showMessages(false);
  count.focus();
}

function goPast(options) {
  const main = document.querySelector("main") ?? document.body;
  if (!main.hasAttribute("tabindex")) main.tabIndex = -1;
  main.focus(options);
}

count.addEventListener("click", () => {
  const isInSight = !messages.hidden && messages.getBoundingClientRect().bottom > 0;
  showMessages(!isInSight);
  if (isInSight) return;
  messages.scrollIntoView({ block: "start" });
  messages.focus({ preventScroll: true });
});
top.find(".close").addEventListener("click", closeMessages);
top.find(".past").addEventListener("click", (event) => {
  event.preventDefault();
  goPast();
});
top.tree.addEventListener("keydown", ({ key }) => key === "Escape" && closeMessages());

// What is reached by keyboard or by a link isn't hidden below the messages where they stand over the page.
const room = new CSSStyleSheet();
document.adoptedStyleSheets.push(room);
new ResizeObserver(() => {
  const isOver = getComputedStyle(top.host).position === "sticky" && !messages.hidden;
  room.replaceSync(isOver ? `:root { scroll-padding-block-start: ${top.host.offsetHeight + 16}px }` : "");
}).observe(top.host);

// --- About this page

const showAbout = oneAtATime(async () => {
  const answer = await ask(`/.ethos/about?page=${encodeURIComponent(page)}`);
  if (!answer) return;
  const html = `<h2>About this page</h2>${answer.ok ? answer.text : "<p>There is nothing to say of it yet.</p>"}`;
  // What is the same stays, with the reader's place in it.
  if (html === about.shown) return;
  about.shown = html;
  about.innerHTML = html;
  const path = about.querySelector(".path");
  // Browsers let a page write to the clipboard on this computer, and not on others.
  if (path && navigator.clipboard) path.after(copyButton(path.textContent));
});

function copyButton(path) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy the name of the file");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(path);
    spoken.textContent = `Copied: ${path}`;
    button.dataset.copied = "";
    setTimeout(() => delete button.dataset.copied, 2000);
  });
  return button;
}

// It stays open from page to page, in this tab.
const OPEN = "ethos-about";

function openAbout(isOpen) {
  about.hidden = !isOpen;
  toggle.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) showAbout();
}

toggle.addEventListener("click", () => {
  openAbout(about.hidden);
  if (about.hidden) sessionStorage.removeItem(OPEN);
  else sessionStorage.setItem(OPEN, "");
});
corner.tree.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || about.hidden) return;
  toggle.click();
  toggle.focus();
});

listen();
// Last, as a browser may refuse to remember anything.
if (!isPlain && sessionStorage.getItem(OPEN) !== null) openAbout(true);
