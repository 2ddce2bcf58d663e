// The script of the suggestions is big for a page on which nobody searches, so it waits for somebody who does.

startComponent("search-form", (search) => {
  const box = search.querySelector("input");

  // What was typed until the script came counts as typed to it.
  function load(before) {
    const script = document.createElement("script");
    script.src = search.dataset.suggest;
    script.addEventListener("load", () => {
      if (box.value !== before) box.dispatchEvent(new Event("input"));
    });
    document.head.append(script);
  }

  if (document.activeElement === box) load(box.defaultValue);
  else box.addEventListener("focus", () => load(box.value), { once: true });
});
