// One stream of news for all tabs of a browser, which opens no more than six connections to a server, streams included.

const tabs = new Map();
let stream;

function listen() {
  stream?.close();
  const pages = new Set([...tabs.values()].map((tab) => tab.page));
  if (pages.size === 0) return;
  const query = [...pages].map((page) => `page=${encodeURIComponent(page)}`).join("&");
  const own = new EventSource(`/.ethos/events?${query}`);
  stream = own;
  // Its first events say the versions of all pages, so nothing is missed between two streams.
  own.addEventListener("page", ({ data }) => {
    const { page, version } = JSON.parse(data);
    for (const [port, tab] of tabs) if (tab.page === page) port.postMessage({ version });
  });
  own.addEventListener("findings", ({ data }) => {
    for (const port of tabs.keys()) port.postMessage({ findings: data });
  });
  own.addEventListener("files", ({ data }) => {
    for (const port of tabs.keys()) port.postMessage({ files: JSON.parse(data) });
  });
  // A stream that was refused isn't tried again by the browser.
  own.addEventListener("error", () => {
    if (own.readyState === EventSource.CLOSED) setTimeout(() => own === stream && listen(), 1000);
  });
}

addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.page === undefined) tabs.delete(port);
    else tabs.set(port, data);
    listen();
  };
});
