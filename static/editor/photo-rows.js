// The rows of photos in the article's form: put in by the dialog, put in order by buttons or by dragging.
import { show } from "./focal.js";

const $ = globalThis.django?.jQuery;
const group = document.querySelector("#photos-group");
const rowsOf = () => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const known = new WeakMap();
let filling = false;
let dragged = null;

function fill(row, photo) {
  for (const name of ["caption", "credit", "alt"]) {
    const input = field(row, name);
    if (!input.value) input.value = photo[name];
  }
  show(row.querySelector("[data-focal]"), photo);
}

export function insert(_group, photo) {
  group.querySelector(".add-row a").click();
  const row = rowsOf().at(-1);
  const select = field(row, "photo");
  filling = true;
  select.append(new Option(photo.title, photo.id, true, true));
  $(select).trigger("change");
  filling = false;
  fill(row, photo);
  return row;
}

// Django's own scripts say "change" of every field with a related window as soon as the page is there.
function isAnother(select) {
  const before = known.get(select);
  known.set(select, select.value);
  return select.value !== before;
}

async function follow(select) {
  const row = select.closest(".inline-related");
  if (!isAnother(select)) return;
  if (filling || !row || row.classList.contains("empty-form")) return;
  if (!select.value) return show(row.querySelector("[data-focal]"), null);
  const answer = await fetch(`${document.querySelector("#photo-picker").dataset.pick}?id=${select.value}`);
  const { photos } = await answer.json();
  if (photos.length) fill(row, photos[0]);
}

function renumber() {
  rowsOf().forEach((row, place) => {
    field(row, "position").value = place;
    const label = row.querySelector(".inline_label");
    if (/^#\d+$/.test(label.textContent.trim())) label.textContent = `#${place + 1}`;
  });
}

function say(row) {
  const rows = rowsOf();
  group.querySelector(".photo-order__said").textContent = `Foto dipindah ke urutan ${rows.indexOf(row) + 1} dari ${rows.length}.`;
}

function move(row, before) {
  if (before === row || (!before && row === rowsOf().at(-1))) return;
  const end = group.querySelector(".empty-form");
  end.parentElement.insertBefore(row, before ?? end);
  renumber();
  say(row);
}

function shift(row, step) {
  const rows = rowsOf();
  const at = rows.indexOf(row);
  const before = step < 0 ? rows[at - 1] : rows[at + 2];
  if (step < 0 && at === 0) return;
  move(row, before);
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "photo-order__button";
  made.textContent = text;
  made.addEventListener("click", () => {
    act();
    made.focus();
  });
  return made;
}

function enhance(row) {
  if (row.querySelector(".photo-order")) return;
  const tools = document.createElement("span");
  tools.className = "photo-order";
  const handle = document.createElement("span");
  handle.className = "photo-order__handle";
  handle.title = "Seret untuk mengubah urutan";
  handle.setAttribute("aria-hidden", "true");
  tools.append(handle, button("Naikkan", () => shift(row, -1)), button("Turunkan", () => shift(row, 1)));
  row.querySelector("h3 .inline_label").after(tools);
  handle.draggable = true;
  handle.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setDragImage(row, 0, 0);
  });
  handle.addEventListener("dragend", () => { dragged = null; });
}

function onDrag(event) {
  if (dragged) event.preventDefault();
}

function onDrop(event) {
  const target = event.target.closest(".inline-related");
  if (!dragged || !target || target === dragged) return;
  event.preventDefault();
  const { top, height } = target.getBoundingClientRect();
  const rows = rowsOf().filter((row) => row !== dragged);
  move(dragged, event.clientY < top + height / 2 ? target : rows[rows.indexOf(target) + 1]);
}

// Django numbers the rows anew, in the order in which they stand, when one is taken away: stored ones must come first.
function onRemove(event) {
  if (!event.target.closest(".inline-deletelink")) return;
  const end = group.querySelector(".empty-form");
  const number = (row) => Number(row.id.split("-").at(-1));
  for (const row of rowsOf().sort((a, b) => number(a) - number(b))) end.parentElement.insertBefore(row, end);
  setTimeout(() => {
    const place = (row) => Number(field(row, "position").value);
    for (const row of rowsOf().sort((a, b) => place(a) - place(b))) end.parentElement.insertBefore(row, end);
    renumber();
  });
}

if (group?.querySelector(".empty-form")) {
  const said = document.createElement("p");
  said.className = "photo-order__said";
  said.setAttribute("role", "status");
  group.append(said);
  group.classList.add("is-ordered");
  for (const row of rowsOf()) {
    enhance(row);
    isAnother(field(row, "photo"));
  }
  group.addEventListener("formset:added", (event) => {
    enhance(event.target);
    renumber();
  });
  group.addEventListener("click", onRemove, true);
  group.addEventListener("dragover", onDrag);
  group.addEventListener("drop", onDrop);
  $(group).on("change", "select[name$='-photo']", (event) => follow(event.target));
}
