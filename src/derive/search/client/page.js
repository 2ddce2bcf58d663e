// The results page. The address says what is asked (words, filters, how many), and this draws what the engine finds for it.
// Whatever a reader does here makes a new address and is drawn from that: every state can be shared and gone back to.

function startPage(list) {
  // Groups drawn at a time, and the most that an address can ask for.
  const STEP = 20;
  const MOST = 500;
  // A facet with more values than this shows the first few, and the rest on request.
  const LONG_FACET = 8;
  const FIRST_OF_LONG = 6;

  const byId = (id) => document.getElementById("hb-search-" + id);
  const [status, filters, start, busy, chosen, notes, more, help] =
    ["status", "filters", "start", "busy", "chosen", "notes", "more", "help"].map(byId);
  const clear = chosen.lastElementChild;
  const input = document.getElementById("hb-q");
  const pageTitle = document.title;
  const words = {};
  for (const span of byId("words").content.children) words[span.dataset.word] = span.textContent;
  const locale = document.documentElement.lang;
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);

  // Each filter with its checkbox: { facet, slug, label, count, box }.
  let rows;
  // What the address asks for, as drawn last.
  let asked = {};
  let latest = 0;
  // How many there are for the words alone. The title says that: filters don't change what the page is called.
  let counted = {};

  byId("fallback").hidden = true;
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    input.focus();
    go({ q: cut(input.value), typed: null, in: null });
  });
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("change", () => narrow(rows.filter(({ box }) => box.checked)));
  clear.addEventListener("click", () => narrow([]));
  clear.addEventListener("blur", hideClear);
  addEventListener("popstate", () => {
    // A jump within the page, such as the skip link's, asks for nothing new.
    if (location.search !== asked.address) show();
  });
  show();

  // What is asked.

  function read() {
    const address = location.search;
    const params = new URLSearchParams(address);
    const shown = Math.ceil(params.get("shown") / STEP) * STEP || STEP;
    // A filter that the address names but the handbook hasn't is left out.
    const ticked = rows.filter(({ facet, slug }) => params.getAll(facet).includes(slug));
    const filters = {};
    for (const { facet, slug } of ticked) (filters[facet] ??= []).push(slug);
    return {
      address,
      ticked,
      filters,
      isSent: params.has("q"),
      words: cut(params.get("q") ?? ""),
      asTyped: params.has("typed"),
      within: params.get("in"),
      shown: Math.min(Math.max(shown, STEP), MOST),
    };
  }

  // The present address with some of it changed; null takes a part away.
  function addressWith(changes, ticked) {
    const params = new URLSearchParams(location.search);
    if (asked.isSent) params.set("q", asked.words);
    for (const [name, value] of Object.entries({ shown: null, ...changes })) {
      if (value === null) params.delete(name);
      else params.set(name, value);
    }
    if (ticked) {
      for (const { facet } of rows) params.delete(facet);
      for (const { facet, slug } of ticked) params.append(facet, slug);
    }
    return "?" + params;
  }

  function go(changes, ticked) {
    const address = addressWith(changes, ticked);
    if (write(address === location.search ? "replaceState" : "pushState", address)) show();
    else location.assign(address);
  }

  // Not every browser lets a page from a folder change its address.
  function write(method, address) {
    try {
      history[method](null, "", address);
      return true;
    } catch {
      return false;
    }
  }

  // The same search with other filters; of the words that stand in the box, should they be others by now.
  function narrow(ticked) {
    const typed = cut(input.value);
    if (typed === asked.words) go({}, ticked);
    else go({ q: typed, typed: null, in: null }, ticked);
  }

  // From asking to showing.

  async function show() {
    const turn = ++latest;
    const isOld = () => turn !== latest;
    const slow = setTimeout(() => (busy.hidden = isOld()), 500);
    try {
      engine.prepare(cut(new URLSearchParams(location.search).get("q") ?? ""));
      const { facets } = await engine.manifest;
      if (isOld()) return;
      if (!rows) drawFilters(facets);
      asked = read();
      const { words, filters, asTyped, within, shown, ticked } = asked;
      const query = words.trim();
      input.value = words;
      tick(ticked);
      if (!query && !ticked.length) {
        recount({});
        document.title = pageTitle;
        // An empty form that was sent is worth a word. A first visit isn't.
        if (asked.isSent) showOnly(say("empty"));
        else if (turn > 1) showOnly([start.textContent]);
        else showOnly([], start);
        return;
      }
      const found = await engine.search({ words, filters, asTyped, within });
      // The best is shown as soon as it is there; the others follow, from other parts of the index.
      const first = await found.page(0, 1);
      const key = asTyped + words;
      if (query && counted.key !== key) {
        const alone = ticked.length || within ? await engine.search({ words, filters: {}, asTyped, within: null }) : found;
        if (!isOld()) counted = { key, total: alone.total, query: searched(alone, query) };
      }
      if (isOld()) return;
      draw(found, first, query);
      await later();
      const rest = await found.page(1, shown);
      if (isOld()) return;
      list.append(...rest.map((group) => drawGroup(found, group)));
      offerMore(found, first.length + rest.length);
    } catch {
      if (isOld()) return;
      const query = cut(input.value).trim();
      document.title = query ? plain(say("title_failed", { query, page: pageTitle })) : pageTitle;
      showOnly(say("failed"), help);
      help.firstElementChild.hidden = true;
    } finally {
      clearTimeout(slow);
      busy.hidden ||= !isOld();
    }
  }

  // One message, and of what may stand below it only what is named.
  function showOnly(message, ...parts) {
    for (const part of [start, notes, list, more, help]) part.hidden = !parts.includes(part);
    if (list.hidden) list.replaceChildren();
    help.firstElementChild.hidden = false;
    status.replaceChildren(...message);
    const labels = asked.ticked?.map(({ label }) => label) ?? [];
    const names = new Intl.ListFormat(locale, { type: "unit" }).format(labels);
    chosen.firstElementChild.replaceChildren(...(names ? say("chosen", { filters: names }) : []));
    chosen.hidden = false;
    if (document.activeElement !== clear) hideClear();
  }

  // A button that goes while it has the focus would take the focus with it.
  function hideClear() {
    chosen.hidden = !asked.ticked?.length;
  }

  function draw(found, groups, query) {
    const { total, missing, isMended, offers } = found;
    const narrowed = asked.within || asked.ticked.length > 0;
    recount(found.counts);
    document.title = query ? plain(many("title", counted.total, { query: counted.query, page: pageTitle })) : pageTitle;
    notes.replaceChildren();
    if (isMended) notes.append(make("p", link(addressWith({ typed: 1 }), say("as_typed", { typed: query }))));
    for (const offer of offers) {
      notes.append(make("p", link(addressWith({ q: offer, typed: null, in: null }), say("offer", { query: offer }))));
    }
    if (asked.within) {
      const only = groups[0] ? say("within", { title: groups[0].title }) : say("within_none");
      notes.append(make("p", only, " ", link(addressWith({ in: null }), say("whole"))));
    }
    if (total) {
      const name = !query ? "browse" : missing.length ? "corrected" : "results";
      const typed = new Intl.ListFormat(locale, { type: "disjunction" }).format(missing);
      // Within one page, each place of it is a result of its own.
      const apart = asked.within ? groups.flatMap(({ hits }) => hits.map((hit) => ({ hits: [hit], total: 1 }))) : groups;
      list.replaceChildren(...apart.map((group) => drawGroup(found, group)));
      showOnly(many(name, total, { query: searched(found, query), typed }), notes, list);
    } else {
      const name = !query ? "browse_none" : narrowed ? "narrowed_none" : "none";
      showOnly(say(name, { query: searched(found, query) }), notes, help);
    }
  }

  // What was searched for in words: the query, or what was looked for where one of its words stands nowhere.
  function searched({ missing, searched, beginning }, query) {
    if (!missing.length || (!searched.length && !beginning)) return query;
    const begins = beginning && plain(say("begins", { start: beginning }));
    return new Intl.ListFormat(locale).format([searched.join(" "), begins].filter(Boolean));
  }

  // Results.

  function drawGroup(found, group) {
    const hitLink = (hit) => link(hit.url, pieces(found.mark(hit.title)));
    const [best, ...others] = group.hits;
    const item = make("li", make("h2", hitLink(best)), placeOf(best, best.place));
    if (best.hasText) item.append(snippet(found, best));
    if (others.length) {
      // What the first result has said of the page needs no saying again.
      const below = (hit) => placeOf(hit, hit.place.slice(hit.place.indexOf(group.title) + 1));
      item.append(
        make("p.hb-results__also", say("also", { title: group.title })),
        make("ul", others.map((hit) => make("li", hitLink(hit), below(hit)))),
      );
    }
    if (group.total > group.hits.length) {
      const all = say("all", { n: number(group.total), title: group.title });
      item.append(make("p", link(addressWith({ in: group.url.split("#")[0] }), all)));
    }
    return item;
  }

  function placeOf({ kind }, place) {
    return make("p.hb-results__place", place.length ? say("place", { kind, place: place.join(" › ") }) : kind);
  }

  // Its room is kept until the text comes, so that nothing jumps from under the reader's finger.
  function snippet(found, hit) {
    const line = make("p.hb-results__text");
    const fill = (parts) => (parts ? line.replaceChildren(...pieces(parts)) : line.remove());
    later().then(() => found.snippet(hit)).then(fill, () => fill(null));
    return line;
  }

  function pieces(parts) {
    return parts.map(({ text, marked }) => (marked ? make("mark", text) : text));
  }

  // A real link to a longer list. Followed here, it makes this one longer and leads to the first that is new.
  function offerMore(found, drawn) {
    more.hidden = drawn >= found.groups;
    const shown = drawn + STEP;
    const anchor = link(addressWith({ shown }), say("more"));
    more.replaceChildren(anchor);
    anchor.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      try {
        const groups = await found.page(drawn, shown);
        // Another search, or a second press, was quicker.
        if (!anchor.isConnected) return;
        const items = groups.map((group) => drawGroup(found, group));
        list.append(...items);
        offerMore(found, drawn + items.length);
        items[0].querySelector("a").focus();
        write("replaceState", anchor.href);
        asked.address = location.search;
      } catch {
        if (anchor.isConnected) status.replaceChildren(...say("failed"));
      }
    });
  }

  // Filters.

  function drawFilters(facets) {
    rows = [];
    const fieldsets = facets.map(({ name, label, values }) => {
      const labels = values.map((value) => {
        const box = Object.assign(make("input"), { type: "checkbox", name, value: value.slug });
        rows.push({ facet: name, ...value, box });
        return make("label", box, make("span", value.label), make("span.hb-filters__count"));
      });
      const rest = labels.length > LONG_FACET ? labels.splice(FIRST_OF_LONG) : [];
      const fieldset = make("fieldset", make("legend", label), labels);
      if (rest.length) fieldset.append(make("details", make("summary", many("rest", rest.length)), rest));
      return fieldset;
    });
    filters.lastElementChild.append(...fieldsets);
  }

  // Beside each filter, how many there are: a number for the eyes, a phrase for the ears.
  function recount(counts) {
    const useful = new Set();
    for (const { facet, slug, count, box } of rows) {
      const n = counts[facet] ? (counts[facet][slug] ?? 0) : count;
      const shown = make("span", number(n));
      shown.ariaHidden = "true";
      box.parentElement.lastChild.replaceChildren(shown, make("span.hb-hidden", many("count", n)));
      if (n) useful.add(facet);
    }
    // What would leave nothing goes when the words are new, but never while somebody is choosing.
    const keep = (part, isUseful) => (part.hidden = !isUseful && !asked.ticked.length && !part.matches(":focus-within"));
    keep(filters, useful.size);
    for (const { facet, box } of rows) keep(box.closest("fieldset"), useful.has(facet));
  }

  function tick(ticked) {
    for (const row of rows) {
      row.box.checked = ticked.includes(row);
      const rest = row.box.closest("fieldset > details");
      if (row.box.checked && rest) rest.open = true;
    }
  }

  // After what is in hand: what a reader waits for is asked for first.
  function later() {
    return new Promise((resolve) => setTimeout(resolve));
  }

  // Words and elements.

  // The text of that name in pieces. What fills its gaps is kept apart from the sentence: its direction may be another.
  function say(name, values = {}) {
    return (words[name] ?? name).split(/\{(\w+)\}/).map((part, i) => (i % 2 ? make("bdi", values[part] ?? "") : part));
  }

  // The form of a text that a number needs; a form of its own for none, where there is one.
  function many(name, n, values) {
    const forms = [n ? "" : name + "_none", name + "_" + plurals.select(n)];
    return say(forms.find((form) => words[form]) ?? name + "_other", { n: number(n), ...values });
  }

  function number(n) {
    return numbers.format(n);
  }

  function plain(parts) {
    return make("p", parts).textContent;
  }

  function link(address, ...children) {
    return Object.assign(make("a", ...children), { href: address });
  }

  // An element; "p.some classes" has those.
  function make(name, ...children) {
    const [tag, classes = ""] = name.split(".");
    const element = document.createElement(tag);
    if (classes) element.className = classes;
    element.append(...children.flat());
    return element;
  }
}

const resultsList = document.getElementById("hb-search-results");
if (resultsList) startPage(resultsList);
