// Keys for what writers do most; they stay silent inside the editor's own dialogs.
const form = document.querySelector("#article_form");
const help = document.querySelector("#shortcuts");

const press = (...names) => names.map((name) => form?.querySelector(`[name=${name}]`)).find(Boolean)?.click();
const types = (target) => target.closest("input, textarea, select, [contenteditable=true], .select2-container");
const inDialog = (target) => target.closest(".cke_dialog, dialog") || document.querySelector(".cke_dialog:not([hidden])")?.offsetParent;

const KEYS = {
  "ctrl+s": () => press("_continue"),
  "ctrl+enter": () => press("_submit_too", "_continue"),
  "ctrl+shift+p": () => press("_preview"),
};

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || inDialog(event.target)) return;
  const withControl = event.ctrlKey || event.metaKey;
  if (event.key === "?" && !withControl && !event.altKey && !types(event.target)) {
    event.preventDefault();
    help?.showModal();
    return;
  }
  if (!withControl || event.altKey) return;
  const act = KEYS[`ctrl+${event.shiftKey ? "shift+" : ""}${event.key.toLowerCase()}`];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

if (form) {
  // Before the editor sees them, which has keys of its own.
  document.addEventListener("keydown", onKey, { capture: true });
  document.querySelector("#open-shortcuts")?.addEventListener("click", () => help?.showModal());
}
