// Says what is doubtful about a headline or a deck while it is typed, in the checklist's own numbers and sentences.
const PAUSE = 1_000; // ms; only then is it said aloud, and only when it changed

const isLetter = (letter) => letter.toLowerCase() !== letter.toUpperCase();

function inCapitals(text, { capitals, fewest }) {
  const letters = [...text].filter(isLetter);
  return letters.length > fewest && letters.filter((letter) => letter === letter.toUpperCase()).length > letters.length * capitals;
}

function doubts(text, data) {
  const found = [];
  if ([...text].length > Number(data.most)) found.push(data.tooLong);
  if (data.inCapitals && inCapitals(text, data)) found.push(data.inCapitals);
  return found.join(" ");
}

function element(name, className, attributes = {}) {
  const made = Object.assign(document.createElement(name), { className });
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function watch(field) {
  const count = element("span", "hint__count", { "aria-hidden": "true" });
  const doubt = element("span", "hint__doubt");
  const aloud = element("span", "visually-hidden", { role: "status" });
  const hint = element("p", "hint");
  hint.append(count, doubt, aloud);
  (field.closest(".flex-container") ?? field).after(hint);
  doubt.id = `${field.id}_hint`;
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${doubt.id}`.trim());
  let pause;

  function show() {
    const text = field.value.trim().replace(/\s+/g, " ");
    const said = doubts(text, field.dataset);
    count.textContent = `${[...text].length} huruf`;
    hint.classList.toggle("hint--doubtful", Boolean(said));
    doubt.textContent = said && `Perhatikan: ${said}`;
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (aloud.textContent !== doubt.textContent) aloud.textContent = doubt.textContent;
    }, PAUSE);
  }

  field.addEventListener("input", show);
  show();
}

document.querySelectorAll("[data-hints]").forEach(watch);
