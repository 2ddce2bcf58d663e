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
