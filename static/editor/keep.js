// Keeps what is typed on the server until it is saved, so that a browser that dies takes nothing along.
const PAUSE = 5_000; // ms after the last change
const LOOK = 2_000; // ms between two looks: Select2 and the editor change fields without telling
const MOST_KEPT_ALIVE = 60_000; // bytes that a browser still sends from a closed page

const form = document.querySelector("#article_form");
const told = document.querySelector("#kept");
const IGNORED = /^(_|csrfmiddlewaretoken$|base$)/;

let keptBefore = "";
let seen = "";
let changedAt = 0;
let sending = null;
let isOver = false;
let isAnothers = false; // somebody else has signed in since, in another tab

function typed() {
  for (const editor of Object.values(globalThis.CKEDITOR?.instances ?? {})) {
    if (editor.status === "ready" && editor.checkDirty()) editor.updateElement();
  }
  return JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !IGNORED.test(name)));
}

// Signing in again changes it; the form would be refused with the one that it was opened with.
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

const withBase = (pairs) => [...JSON.parse(pairs), ["base", form.elements.base.value]];

async function keep(pairs, { keepalive = false } = {}) {
  const [key, account] = [form.elements.unsaved_key.value, form.elements._account.value];
  const body = JSON.stringify({ key, account, typed: withBase(pairs) });
  sending?.abort();
  sending = new AbortController();
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
  const answer = await fetch(told.dataset.url, {
    method: "POST", body, headers, redirect: "manual", signal: sending.signal,
    keepalive: keepalive && body.length < MOST_KEPT_ALIVE,
  }).catch((error) => error);
  if (answer.name === "AbortError") return;
  isAnothers = answer.status === 409;
  if (answer.ok) {
    keptBefore = pairs;
    say(`Tersimpan sementara ${(await answer.json()).kept_at}.`);
  } else if (answer.type === "opaqueredirect" || answer.status === 403) {
    say("Tulisan belum tersimpan sementara: Anda sudah keluar. Masuk lagi di tab lain, lalu kembali kemari.");
  } else if (answer.status === 413 || isAnothers) {
    say((await answer.json()).sentence);
  } else {
    say("Tulisan belum tersimpan sementara: sambungan terputus. Dicoba lagi sebentar.");
  }
}

function say(sentence) {
  if (told.textContent !== sentence) told.textContent = sentence;
}

function look() {
  if (isOver) return;
  const now = typed();
  if (now !== seen) {
    seen = now;
    changedAt = Date.now();
  } else if ((now !== keptBefore || isAnothers) && Date.now() - changedAt >= PAUSE) {
    keep(now);
  }
}

function keepAtOnce() {
  if (isOver || document.visibilityState !== "hidden") return;
  const now = typed();
  if (now !== keptBefore) keep(now, { keepalive: true });
}

if (form && told) {
  const begin = () => {
    seen = typed();
    const isUnsaved = document.querySelector(".errornote, [data-unsaved]");
    keptBefore = isUnsaved ? "" : seen;
    setInterval(look, LOOK);
    document.addEventListener("visibilitychange", keepAtOnce);
  };
  // The editor rewrites its field when it starts; what it makes of it is no change.
  const editor = globalThis.CKEDITOR?.instances.id_body;
  if (editor && editor.status !== "ready") editor.on("instanceReady", begin);
  else begin();
  form.addEventListener("submit", (event) => {
    if (!isAnothers) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  form.addEventListener("submit", () => {
    isOver = true;
    sending?.abort();
    form.elements.csrfmiddlewaretoken.value = token();
  });
}
