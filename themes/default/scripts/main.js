// Starts the scripts of components: each on the elements that name it in `data-start`. Every page works, reads and prints without them.

globalThis.startComponent = (name, start) => {
  for (const element of document.querySelectorAll(`[data-start~="${name}"]`)) start(element);
};
