// What the pages of both peers share: a search for what the address asks, and for what is typed later.

/** @param draw takes a query and a list; puts links into the list */
export function startPage(draw) {
  const list = document.getElementById('hb-search-results');
  const form = document.querySelector('form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    list.replaceChildren();
    draw(form.q.value, list);
  });
  const query = new URLSearchParams(location.search).get('q');
  if (query) draw(query, list);
}

export function item(url, title, text) {
  const link = document.createElement('a');
  link.href = url;
  link.textContent = title;
  const line = document.createElement('p');
  line.textContent = text;
  const element = document.createElement('li');
  element.append(link, line);
  return element;
}
