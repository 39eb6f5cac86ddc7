// Pages come from the network; where it does not answer, from copies. The view writes `RELEASE` before this text:
// its name, the addresses of its shell, which page stands in for a missing one, and what is none of our business.

const SHELL = `kerangka:${RELEASE.name}`;
const RECENT = `terbaru:${RELEASE.name}`;
const KEPT = "berita:"; // a cache for each story that a reader keeps; keep.js and shelf.js know it by this name
const MOST_RECENT = 30;
const PATIENCE = 6_000; // milliseconds after which a copy is shown while the network still thinks
const copies = new Set(); // pages that were answered from a copy and have not asked yet
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(fillShell());
  event.addRoutes?.(RELEASE.private.map((path) => ({ condition: { urlPattern: { pathname: `${path}*` } }, source: "network" })));
});

addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([dropOldReleases(), fetchPagesWhileStarting()]));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || isPrivate(request.url) || isPrivate(request.referrer)) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith(RELEASE.static)) event.respondWith(file(request));
  else if (request.destination === "image") event.respondWith(fetch(request).catch(() => picture(request)));
});

addEventListener("message", (event) => {
  if (event.data === "renew") event.waitUntil(renewAll());
  if (event.data === "copy?" && copies.delete(event.source.id)) event.source.postMessage("copy");
});

function isPrivate(address) {
  return RELEASE.private.some((path) => address.startsWith(location.origin + path));
}

async function fillShell() {
  const shell = await caches.open(SHELL);
  await shell.addAll(RELEASE.shell.map((path) => new Request(path, { cache: HASHED.test(path) ? "default" : "reload" })));
}

async function dropOldReleases() {
  const old = (await caches.keys()).filter((name) => !name.startsWith(KEPT) && ![SHELL, RECENT].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

// Only where routes lead private pages past us: elsewhere each of them would be asked for twice.
async function fetchPagesWhileStarting() {
  if (self.InstallEvent?.prototype.addRoutes) await registration.navigationPreload.enable();
}

async function page(event) {
  const address = new URL(event.request.url);
  const network = fromNetwork(event);
  event.waitUntil(network.then((answer) => answer && remember(address, answer.clone())));
  const copy = await copyOf(address);
  const answer = await Promise.race(copy ? [network, delay(PATIENCE)] : [network]);
  if (answer && (answer.status < 500 || !copy)) return answer;
  if (copy) copies.add(event.resultingClientId);
  return copy ?? (await caches.match(RELEASE.offline)) ?? Response.error();
}

async function fromNetwork(event) {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return undefined;
  }
}

function delay(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function copyOf({ pathname, search }) {
  if (!search) return caches.match(pathname);
  const kept = KEPT + pathname;
  return (await caches.has(kept)) ? (await caches.open(kept)).match(pathname) : undefined;
}

// What the network says now replaces every copy: a story that was withdrawn or removed is read no more.
async function remember({ pathname, search }, answer) {
  if (answer.status >= 500) return;
  const recent = await caches.open(RECENT);
  const isKept = await caches.has(KEPT + pathname);
  await recent.delete(pathname);
  if (answer.type === "opaqueredirect") return isKept && ask(pathname);
  if (isKept && [200, 410].includes(answer.status)) await renew(pathname, answer.clone());
  if (isKept || search || !mayBeKept(answer)) return;
  await recent.put(pathname, answer);
  const all = await recent.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST_RECENT)).map((request) => recent.delete(request)));
}

function mayBeKept({ status, headers, redirected }) {
  const isPublic = headers.get("Cache-Control")?.includes("public");
  return status === 200 && !redirected && isPublic && headers.get("Content-Type")?.startsWith("text/html");
}

// The copy of a story, without the pictures and files that its page no longer names, and with those it names anew.
async function renew(pathname, answer) {
  const kept = await caches.open(KEPT + pathname);
  const { status, headers } = answer;
  const html = await answer.text();
  await kept.put(pathname, new Response(html, { status, headers }));
  for (const request of await kept.keys()) {
    const part = new URL(request.url).pathname;
    if (part !== pathname && !html.includes(part)) await kept.delete(request);
  }
  for (const [, path] of html.matchAll(/(?:href|src|data-listen)="([^"]+)"/g)) {
    if (path.startsWith(RELEASE.static) && !(await kept.match(path))) await kept.add(path).catch(() => {});
  }
}

async function ask(pathname) {
  await remember({ pathname, search: "" }, await fetch(pathname, { cache: "no-cache" }));
}

async function renewAll() {
  const kept = (await caches.keys()).filter((name) => name.startsWith(KEPT));
  await Promise.allSettled(kept.map((name) => ask(name.slice(KEPT.length))));
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage("renewed");
}

async function file(request) {
  const kept = await caches.match(request);
  if (kept && HASHED.test(request.url)) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(SHELL)).put(request, answer.clone());
    return answer;
  } catch {
    return kept ?? Response.error();
  }
}

// The picture that was kept, or the same one in another size: each photo has a folder of its own.
async function picture({ url }) {
  const kept = await caches.match(url);
  if (kept) return kept;
  const folder = url.slice(0, url.lastIndexOf("/") + 1);
  for (const name of (await caches.keys()).filter((one) => one.startsWith(KEPT))) {
    const cache = await caches.open(name);
    const other = (await cache.keys()).find((request) => request.url.startsWith(folder));
    if (other) return cache.match(other);
  }
  return Response.error();
}
