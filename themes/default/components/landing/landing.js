// What a reader came for is shown: where a link has led is said in words, beside the place, and what is folded away opens.

startComponent("landing", (words) => {
  const landed = words.content.firstElementChild.cloneNode(true);

  function showLanding() {
    landed.remove();
    const target = document.getElementById(idInAddress());
    if (!target) return;
    for (let details = target.closest("details:not([open])"); details; details = target.closest("details:not([open])")) {
      details.open = true;
      target.scrollIntoView();
    }
    // After a heading, inside a statement.
    const place =
      target.closest(".hb-indicator, .clause, .hb-point, .heading") ??
      target.querySelector(":scope > :is(.hb-entry__title, .hb-group__title)");
    if (!place) return;
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
});

// Paper has nothing to press: what a reader could open is printed open, and closed again afterwards.
startComponent("landing", () => {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
});
