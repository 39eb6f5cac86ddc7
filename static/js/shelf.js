// Lists the stories that this browser keeps, and lets go of them.

const KEPT = "berita:"; // see keep.js
const shelf = document.querySelector("[data-shelf]");
const part = (name) => shelf.querySelector(`[data-shelf-${name}]`);
const said = part("status");
let shown;

async function story(name) {
  const address = name.slice(KEPT.length);
  const copy = await (await caches.open(name)).match(address);
  const page = new DOMParser().parseFromString((await copy?.text()) ?? "", "text/html");
  const text = (selector) => page.querySelector(selector)?.textContent.trim();
  const about = [text(".band__place"), text(".byline__office"), text(".byline time")].filter(Boolean).join(" · ");
  return { name, address, title: text("h1") || address, about, isGone: !page.querySelector("[data-keep]") };
}

function row({ name, address, title, about, isGone }) {
  const item = part("row").content.cloneNode(true).firstElementChild;
  const [link, button] = [item.querySelector("a"), item.querySelector("button")];
  link.href = address;
  link.textContent = title;
  item.querySelector("[data-shelf-about]").textContent = about;
  item.querySelector("[data-shelf-gone]").hidden = !isGone;
  button.setAttribute("aria-label", `${button.getAttribute("aria-label")} ${title}`);
  button.addEventListener("click", async () => {
    const next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector("button");
    await caches.delete(name);
    item.remove();
    said.textContent = `${said.dataset.removed} ${title}`;
    (next ?? noneLeft()).focus();
  });
  return item;
}

function noneLeft(isEmpty = true) {
  part("full").hidden = isEmpty;
  part("none").hidden = !isEmpty;
  return part("none");
}

async function show() {
  const names = (await caches.keys()).filter((name) => name.startsWith(KEPT)).reverse();
  const stories = await Promise.all(names.map(story));
  if (JSON.stringify(stories) === shown) return;
  shown = JSON.stringify(stories);
  part("rows").replaceChildren(...stories.map(row));
  noneLeft(!stories.length);
}

if (window.caches) {
  shelf.hidden = false;
  part("empty").addEventListener("click", async () => {
    if (!confirm(part("empty").dataset.question)) return;
    const names = (await caches.keys()).filter((name) => name.startsWith(KEPT));
    await Promise.all(names.map((name) => caches.delete(name)));
    await show();
    said.textContent = said.dataset.emptied;
    part("none").focus();
  });
  navigator.serviceWorker?.addEventListener("message", show);
  navigator.serviceWorker?.ready.then(({ active }) => active.postMessage("renew"));
  show();
}
