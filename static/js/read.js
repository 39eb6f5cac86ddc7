// Says once that this article was read: no cookie, no name.
const url = document.querySelector("[data-read]")?.dataset.read;

function wait() {
  if (document.hidden) document.addEventListener("visibilitychange", wait, { once: true });
  else setTimeout(() => navigator.sendBeacon(url), 3000);
}

if (url) wait();
