// Tags as a list that one types into: what is in use already is suggested, with how often, and keeps its spelling.
const WAIT = 200; // ms after the last key

const alike = (name) => name.toLowerCase().replace(/[\s_-]+/g, " ").trim();
const tidy = (name) => name.replaceAll('"', " ").replace(/\s+/g, " ").trim();

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

class TagField {
  constructor(stored) {
    this.stored = stored; // keeps the name, and the names between commas
    this.names = [];
    this.found = [];
    this.active = -1;
    const id = stored.id;
    stored.id = `${id}_text`;
    stored.hidden = true;
    this.entry = element("input", {
      type: "text", id, class: "tags__entry", autocomplete: "off", role: "combobox", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": `${id}_options`, maxlength: "100",
      "aria-describedby": `${stored.getAttribute("aria-describedby") ?? ""}`.trim(),
    });
    this.chosen = element("ul", { class: "tags__chosen", "aria-label": "Tag yang dipilih" });
    this.options = element("ul", { class: "tags__options", id: `${id}_options`, role: "listbox", "aria-label": "Tag yang cocok", hidden: "" });
    this.aloud = element("span", { class: "visually-hidden", role: "status" });
    stored.after(element("div", { class: "tags" }, this.chosen, this.entry, this.options, this.aloud));
    this.listen();
    this.read();
  }

  /** Takes over what the stored field holds, as after a text was restored. */
  read() {
    this.names = [];
    this.add(this.stored.value, { quietly: true });
    this.draw();
  }

  listen() {
    let wait;
    this.entry.addEventListener("input", () => {
      clearTimeout(wait);
      if (this.entry.value.includes(",")) this.take();
      else wait = setTimeout(() => this.search(), WAIT);
    });
    this.entry.addEventListener("keydown", (event) => this.press(event));
    this.entry.addEventListener("blur", () => {
      clearTimeout(wait);
      this.take();
    });
    this.options.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.pick(Number(option.dataset.place));
    });
    this.stored.form.addEventListener("submit", () => this.take(), { capture: true });
    this.stored.addEventListener("change", () => this.read());
  }

  press(event) {
    const { key } = event;
    const isOpen = !this.options.hidden;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.move(key === "ArrowDown" ? 1 : -1);
      else this.search();
    } else if (key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (isOpen && this.active >= 0) this.pick(this.active);
      else this.take();
    } else if (key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (key === "Backspace" && !this.entry.value && this.names.length) {
      this.remove(this.names.length - 1);
    }
  }

  async search() {
    const term = tidy(this.entry.value);
    const answer = await fetch(`${this.stored.dataset.suggest}?term=${encodeURIComponent(term)}`).catch(() => null);
    if (!answer?.ok || document.activeElement !== this.entry || tidy(this.entry.value) !== term) return;
    const { tags } = await answer.json();
    const taken = new Set(this.names.map(alike));
    this.found = tags.filter((tag) => !taken.has(alike(tag.name)));
    const known = tags.some((tag) => alike(tag.name) === alike(term)) || taken.has(alike(term));
    if (term && !known) this.found.push({ name: term, isNew: true });
    this.open();
  }

  open() {
    const uses = ({ uses, isNew }) => (isNew ? "tag baru" : `${uses} berita`);
    this.options.replaceChildren(...this.found.map((tag, place) => element(
      "li",
      { role: "option", id: `${this.options.id}_${place}`, "data-place": place, "aria-selected": "false" },
      tag.name, " ", element("span", { class: "tags__uses" }, uses(tag)),
    )));
    this.options.hidden = !this.found.length;
    this.entry.setAttribute("aria-expanded", String(Boolean(this.found.length)));
    const offered = this.found.filter((tag) => !tag.isNew).length;
    this.aloud.textContent = offered ? `${offered} tag cocok.` : "Belum ada tag seperti ini; Enter membuatnya.";
    const same = this.found.findIndex((tag) => alike(tag.name) === alike(this.entry.value));
    this.mark(same);
  }

  close() {
    this.options.hidden = true;
    this.entry.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  move(by) {
    const count = this.found.length;
    this.mark(this.active < 0 && by < 0 ? count - 1 : (this.active + by + count) % count);
  }

  mark(place) {
    this.active = place;
    [...this.options.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
    const active = this.options.children[place];
    if (active) this.entry.setAttribute("aria-activedescendant", active.id);
    else this.entry.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  }

  pick(place) {
    this.entry.value = "";
    this.add(this.found[place].name);
    this.close();
  }

  /** Turns what was typed into tags, each in the spelling that is known for it. */
  take() {
    const typed = this.entry.value;
    this.entry.value = "";
    if (tidy(typed)) this.add(typed);
    this.close();
  }

  add(text, { quietly = false } = {}) {
    const known = new Map(this.found.filter((tag) => !tag.isNew).map((tag) => [alike(tag.name), tag.name]));
    const before = this.names.length;
    for (const typed of text.split(",").map(tidy).filter(Boolean)) {
      const name = known.get(alike(typed)) ?? typed;
      if (!this.names.some((other) => alike(other) === alike(name))) this.names.push(name);
    }
    if (quietly) return;
    this.aloud.textContent = this.names.length > before ? `${this.names.slice(before).join(", ")} ditambahkan.` : "Sudah dipilih.";
    this.keep();
  }

  remove(place) {
    const [name] = this.names.splice(place, 1);
    this.aloud.textContent = `${name} dihapus.`;
    this.keep();
    this.entry.focus();
  }

  keep() {
    this.stored.value = this.names.join(", ");
    this.draw();
    this.stored.dispatchEvent(new Event("input", { bubbles: true }));
  }

  draw() {
    this.chosen.replaceChildren(...this.names.map((name, place) => {
      const away = element("button", { type: "button", "aria-label": `Hapus tag ${name}` }, "×");
      away.addEventListener("click", () => this.remove(place));
      return element("li", {}, element("span", {}, name), away);
    }));
  }
}

document.querySelectorAll("input[data-suggest]").forEach((stored) => new TagField(stored));
