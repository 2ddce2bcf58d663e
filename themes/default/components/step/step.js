// Which steps of a path were read is remembered on this device alone. Where nothing can be stored, nothing is offered.

startComponent("step", (place) => {
  const key = (url) => `ethos-read:${url.split(/[?#]/)[0]}`;
  const isRead = (url) => localStorage.getItem(key(url)) !== null;

  function offerMark(mark) {
    const box = mark.querySelector("input");
    box.checked = isRead(location.href);
    box.addEventListener("change", () => {
      if (box.checked) localStorage.setItem(key(location.href), "");
      else localStorage.removeItem(key(location.href));
    });
    mark.hidden = false;
  }

  function showMarks(steps) {
    for (const step of steps.children) {
      step.querySelector(".hb-steps__read").hidden = !isRead(step.querySelector("a").href);
    }
  }

  try {
    if (place.matches(".hb-steps")) showMarks(place);
    else offerMark(place);
  } catch {
    // Storage is switched off.
  }
});
