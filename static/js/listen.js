// Reads a story aloud and shows where it is; loaded only where an Indonesian voice can speak.

const READ = `.story__head h1, .story__deck, .story__body > :is(p, h2, h3, blockquote):not(.source-line),
  .story__body > :is(ul, ol) > li, .story__body > .quote > blockquote`;
// Sentences, cut at 200 letters: some voices fall silent in the middle of a longer one.
const PIECES = /.{1,200}?[.!?…]["”’)]*(?= |$)|.{1,200}(?= |$)|.{1,200}/g;

const button = document.querySelector("[data-listen]");
const player = document.querySelector("[data-player]");
const [pauseButton, stopButton] = player.querySelectorAll("button");
const pieces = [...document.querySelectorAll(READ)].flatMap((place) =>
  (place.textContent.replace(/\s+/g, " ").trim().match(PIECES) ?? []).map((words) => ({ place, words })),
);
let at = 0;
let spoken; // kept in a name, for Chrome forgets what nothing holds
let marked;

function voice() {
  const fit = speechSynthesis.getVoices().filter(({ lang }) => /^(id|in)([-_]|$)/i.test(lang));
  return fit.find((one) => one.localService) ?? fit[0];
}

function mark(place) {
  if (place === marked) return;
  marked?.classList.remove("is-spoken");
  place?.classList.add("is-spoken");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  place?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  marked = place;
}

function say() {
  if (at >= pieces.length) return stop();
  const speech = new SpeechSynthesisUtterance(pieces[at].words);
  speech.voice = voice();
  speech.lang = speech.voice.lang;
  speech.onend = () => {
    if (speech !== spoken) return;
    at += 1;
    say();
  };
  speech.onerror = () => speech === spoken && pause();
  spoken = speech;
  mark(pieces[at].place);
  pauseButton.textContent = pauseButton.dataset.pause;
  speechSynthesis.speak(speech);
}

// Silence and the same sentence again, because Android cannot go on in the middle of one.
function pause() {
  spoken = undefined;
  speechSynthesis.cancel();
  pauseButton.textContent = pauseButton.dataset.resume;
}

function stop() {
  pause();
  at = 0;
  mark();
  const hadFocus = player.contains(document.activeElement);
  player.hidden = true;
  if (hadFocus) button.focus({ preventScroll: true });
}

button.addEventListener("click", () => {
  stop();
  player.hidden = false;
  pauseButton.focus({ preventScroll: true });
  say();
});
pauseButton.addEventListener("click", () => (spoken ? pause() : say()));
stopButton.addEventListener("click", stop);
addEventListener("pagehide", stop);
button.hidden = false;
