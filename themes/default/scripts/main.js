// Small comforts: every page works, reads and prints without this script.

// Paper has nothing to press: what a reader could open is printed open, and closed again afterwards.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

// Where a link has led is said in words, beside the place: after a heading, inside a statement. What is folded away is opened.
const search = document.querySelector(".hb-search");
const landed = document.createElement("p");
landed.className = "hb-landed";
landed.textContent = search?.dataset.landed ?? "";

function showLanding() {
  landed.remove();
  const target = document.getElementById(idInAddress());
  if (!target) return;
  for (let details = target.closest("details:not([open])"); details; details = target.closest("details:not([open])")) {
    details.open = true;
    target.scrollIntoView();
  }
  const place =
    target.closest(".hb-indicator, .clause, .hb-point, .heading") ??
    target.querySelector(":scope > :is(.hb-entry__title, .hb-group__title)");
  if (!place || !landed.textContent) return;
  if (place.localName !== "li") place.after(landed);
  else place.insertBefore(landed, place.querySelector(":scope > :is(ol, ul)"));
}

function idInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    // No id of ours has such a fragment.
    return "";
  }
}

addEventListener("hashchange", showLanding);
showLanding();

// The script of the suggestions is big for a page on which nobody searches, so it waits for somebody who does.
const box = search?.querySelector("input");
// What was typed until it came counts as typed to it.
function loadSuggestions(before) {
  const script = document.createElement("script");
  script.src = search.dataset.suggest;
  script.addEventListener("load", () => {
    if (box.value !== before) box.dispatchEvent(new Event("input"));
  });
  document.head.append(script);
}
if (search?.dataset.suggest) {
  if (document.activeElement === box) loadSuggestions(box.defaultValue);
  else box.addEventListener("focus", () => loadSuggestions(box.value), { once: true });
}

// Which steps of a path were read is remembered on this device alone. Where nothing can be stored, nothing is offered.
const key = (url) => `ethos-read:${url.split(/[?#]/)[0]}`;
const isRead = (url) => localStorage.getItem(key(url)) !== null;

function offerMark(place) {
  const box = place.querySelector("input");
  box.checked = isRead(location.href);
  box.addEventListener("change", () => {
    if (box.checked) localStorage.setItem(key(location.href), "");
    else localStorage.removeItem(key(location.href));
  });
  place.hidden = false;
}

try {
  document.querySelectorAll(".hb-read").forEach(offerMark);
  for (const step of document.querySelectorAll(".hb-steps__step")) {
    step.querySelector(".hb-steps__read").hidden = !isRead(step.querySelector("a").href);
  }
} catch {
  // Storage is switched off.
}
