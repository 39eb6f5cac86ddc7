// Keeps a story in this browser for later, and installs the worker that shows it where there is no connection.

const KEPT = "berita:"; // a cache for each story; worker.js and shelf.js know it by this name
const MOST = 50;
const own = KEPT + location.pathname;
const button = document.querySelector("[data-keep]");
const said = document.querySelector("[data-keep-status]");
const strip = document.querySelector("[data-copy]");

function parts() {
  const files = document.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon], script[src]");
  const later = document.querySelector("[data-listen]")?.dataset.listen;
  return [...new Set([location.pathname, later, ...[...files].map((one) => one.href ?? one.src)])].filter(Boolean);
}

async function keep() {
  const cache = await caches.open(own);
  await cache.addAll(parts());
  const pictures = [...document.querySelectorAll(".story img")].map((one) => one.currentSrc || one.src);
  await Promise.allSettled(pictures.map((one) => cache.add(one)));
}

function show(isKept, words = "") {
  button.setAttribute("aria-pressed", isKept);
  said.firstElementChild.textContent = words;
  said.lastElementChild.hidden = !isKept || !words;
}

async function change() {
  if (await caches.delete(own)) return show(false, said.dataset.removed);
  const others = (await caches.keys()).filter((name) => name.startsWith(KEPT));
  if (others.length >= MOST) return show(false, said.dataset.full);
  try {
    await keep();
    show(true, said.dataset.kept);
  } catch {
    await caches.delete(own);
    show(false, said.dataset.failed);
  }
}

async function begin() {
  button.addEventListener("click", change);
  if (!(await caches.has(own))) return;
  show(true);
  keep().catch(() => {}); // brings the copy up to date; without a connection it stays as it is
}

if (!window.caches || !navigator.serviceWorker) {
  if (button) button.hidden = true;
} else {
  if (button) begin();
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (strip && data === "copy") strip.hidden = false;
  });
  navigator.serviceWorker.controller?.postMessage("copy?");
  const install = () => navigator.serviceWorker.register("/sw.js").catch(() => {});
  if (document.readyState === "complete") install();
  else addEventListener("load", install);
}
