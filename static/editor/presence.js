// Tells the server that somebody is at the form, and the person who else is, as soon as somebody comes or saves.
const place = document.querySelector("#presence");
const told = document.querySelector("#presence-told");
const advice = document.querySelector("#presence-advice");
const field = document.querySelector("#article_form [name=csrfmiddlewaretoken]");
const account = document.querySelector("#article_form [name=_account]");
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? field.value;

function send(fields, options = {}) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: token(), account: account.value, ...fields });
  return fetch(place.dataset.url, { method: "POST", body, redirect: "manual", ...options });
}

function show({ others, edition, version, newer }) {
  const isNewer = String(version) !== place.dataset.version || String(edition) !== place.dataset.edition;
  say([...(isNewer ? [newer] : []), ...others]);
  advice.hidden = !others.length;
}

function say(sentences) {
  const before = [...told.children].map((one) => one.textContent).join("\n");
  if (before !== sentences.join("\n")) {
    told.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })));
  }
  place.hidden = !sentences.length;
}

async function beat() {
  if (document.visibilityState === "hidden") return;
  const answer = await send({}).catch(() => null);
  if (answer?.ok) {
    show(await answer.json());
  } else if (answer?.status === 409) {
    say([(await answer.json()).sentence]);
    advice.hidden = true;
  }
}

if (place && field) {
  beat();
  setInterval(beat, Number(place.dataset.beat) * 1_000);
  document.addEventListener("visibilitychange", beat);
  addEventListener("pagehide", () => send({ leaving: "1" }, { keepalive: true }).catch(() => null));
}
