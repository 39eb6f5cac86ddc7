// Offers the names of colleagues while somebody types "@" in a comment.
const WORD = /(?:^|[^\w.@+-])@([\w.@+-]*)$/u;
const MOST = 6;

for (const form of document.querySelectorAll("form[data-mentions]")) {
  const people = [...form.querySelectorAll("[data-username]")].map((item) => ({
    username: item.dataset.username,
    text: item.textContent,
  }));
  if (people.length) offerNames(form.querySelector("textarea"), people);
}

function offerNames(field, people) {
  const list = document.createElement("ul");
  list.id = `${field.id}-names`;
  list.className = "mention-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Rekan yang dapat disebut");
  list.hidden = true;
  field.after(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  let chosen = 0;

  const typed = () => WORD.exec(field.value.slice(0, field.selectionStart))?.[1];

  function close() {
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    chosen = (index + list.children.length) % list.children.length;
    for (const [place, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(place === chosen));
    }
    field.setAttribute("aria-activedescendant", list.children[chosen].id);
  }

  function show() {
    const term = typed()?.toLowerCase();
    if (term === undefined) return close();
    const found = people.filter((person) => person.text.toLowerCase().includes(term)).slice(0, MOST);
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    if (found.length) choose(0);
  }

  function option(person, index) {
    const item = document.createElement("li");
    item.id = `${list.id}-${index}`;
    item.setAttribute("role", "option");
    item.dataset.username = person.username;
    item.textContent = person.text;
    // Before the field loses the focus, which would close the list.
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(person.username);
    });
    return item;
  }

  function take(username) {
    const end = field.selectionStart;
    field.setRangeText(`@${username} `, end - typed().length - 1, end, "end");
    close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  field.addEventListener("input", show);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const deeds = {
      ArrowDown: () => choose(chosen + 1),
      ArrowUp: () => choose(chosen - 1),
      Enter: () => take(list.children[chosen].dataset.username),
      Tab: () => take(list.children[chosen].dataset.username),
      Escape: close,
    };
    if (!(event.key in deeds)) return;
    event.preventDefault();
    deeds[event.key]();
  });
}
