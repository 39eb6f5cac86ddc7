// Takes the portal's worker out of a browser; the stories that a reader keeps stay until the reader lets them go.

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  await registration.unregister();
  const ours = (await caches.keys()).filter((name) => !name.startsWith("berita:"));
  await Promise.all(ours.map((name) => caches.delete(name)));
}
