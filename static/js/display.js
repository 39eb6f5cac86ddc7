// Shows the scheme and the size of text that a reader chose on this device, from before the first paint on.

(() => {
  const root = document.documentElement;
  const CHOICES = ["scheme", "text"];

  function show(choice, value) {
    if (value) root.dataset[choice] = value;
    else delete root.dataset[choice];
    if (choice === "text") return;
    for (const meta of document.querySelectorAll("meta[data-for-scheme]")) {
      const own = meta.dataset.forScheme;
      meta.media = value ? (value === own ? "all" : "not all") : `(prefers-color-scheme: ${own})`;
    }
  }

  function remembered(choice) {
    try {
      return localStorage.getItem(choice) ?? "";
    } catch {
      return ""; // this browser remembers nothing
    }
  }

  function remember(choice, value) {
    try {
      if (value) localStorage.setItem(choice, value);
      else localStorage.removeItem(choice);
    } catch {}
  }

  root.dataset.scripted = "";
  for (const choice of CHOICES) show(choice, remembered(choice));

  addEventListener("DOMContentLoaded", () => {
    const panel = document.querySelector("[data-display]");
    for (const input of panel?.querySelectorAll("input") ?? []) {
      input.checked = input.value === (root.dataset[input.name] ?? "");
    }
    panel?.addEventListener("change", ({ target: { name, value } }) => {
      show(name, value);
      remember(name, value);
    });
  });
})();
