// One stream of news for all tabs of a browser, which opens no more than six connections to a server, streams included.

const tabs = new Map();
let stream;

function listen() {
  stream?.close();
  const pages = [...new Set([...tabs.values()].map((tab) => tab.page))];
  if (pages.length === 0) return;
  const query = pages.map((page) => `page=${encodeURIComponent(page)}`).join("&");
  stream = new EventSource(`/.ethos/events?${query}`);
  stream.addEventListener("page", (event) => {
    const news = JSON.parse(event.data);
    for (const [port, tab] of tabs) if (tab.page === news.page) port.postMessage({ version: news.version });
  });
  stream.addEventListener("findings", (event) => {
    for (const port of tabs.keys()) port.postMessage({ findings: event.data });
  });
  // A stream that the server refuses isn't tried again by the browser; ours is.
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  });
}

addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.page === undefined) tabs.delete(port);
    else tabs.set(port, data);
    listen();
  };
});
