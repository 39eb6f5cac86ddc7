// The dialog in which photos of the office's library are found, uploaded in place, and put into the article's form.
import { onKey } from "./grid-keys.js";
import { insert } from "./photo-rows.js";
import { upload } from "./photo-upload.js";

const dialog = document.querySelector("#photo-picker");
const group = document.querySelector("#photos-group");
const part = (name) => dialog.querySelector(`[data-${name}]`);
const chosen = new Map();
let older = null;
let asked = 0;

const office = () => dialog.dataset.office ?? document.querySelector("#id_office")?.value ?? "";

function say(text) {
  part("status").textContent = text;
}

function wordsOf(photo) {
  const lines = [photo.caption, photo.credit && `Kredit: ${photo.credit}`, photo.alt ? `Alt: ${photo.alt}` : "Tanpa teks alternatif"];
  return [...lines.filter(Boolean), photo.uploaded].join(" · ");
}

function press(button, photo, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
  if (pressed) chosen.set(photo.id, photo);
  else chosen.delete(photo.id);
  const insertion = part("insert");
  insertion.disabled = chosen.size === 0;
  insertion.textContent = chosen.size > 1 ? `Masukkan ${chosen.size} foto terpilih` : "Masukkan foto terpilih";
}

function card(photo) {
  const item = part("card").content.cloneNode(true).firstElementChild;
  const button = item.querySelector("button");
  const image = new Image();
  [image.loading, image.alt, image.className, image.src] = ["lazy", "", photo.classes, photo.thumb];
  button.prepend(image);
  item.querySelector(".picker__title").textContent = photo.title;
  item.querySelector(".picker__words").textContent = wordsOf(photo);
  press(button, photo, chosen.has(photo.id));
  button.addEventListener("click", () => press(button, photo, !chosen.has(photo.id)));
  return item;
}

async function load(fresh) {
  const turn = ++asked;
  const query = new URLSearchParams({ q: document.querySelector("#photo-picker-term").value, office: office(), ...(fresh ? {} : older) });
  say("Mencari foto …");
  try {
    const answer = await fetch(`${dialog.dataset.pick}?${query}`, { headers: { Accept: "application/json" } });
    const page = await answer.json();
    if (turn !== asked) return;
    if (fresh) part("grid").replaceChildren();
    part("grid").append(...page.photos.map(card));
    older = page.older;
    part("more").hidden = !older;
    say(part("grid").children.length ? "" : "Tidak ada foto yang cocok. Ubah kata pencarian, atau unggah foto baru.");
  } catch {
    say("Pustaka tidak dapat dibuka. Muat ulang halaman; bila diminta, masuk kembali.");
  }
}

async function take(files) {
  for (const file of files) {
    const photo = await upload(file, { url: dialog.dataset.upload, office: office(), list: part("uploads") });
    if (!photo) continue;
    chosen.set(photo.id, photo);
    part("grid").prepend(card(photo));
  }
}

function open() {
  for (const button of part("grid").querySelectorAll("button")) button.setAttribute("aria-pressed", "false");
  chosen.clear();
  part("insert").disabled = true;
  part("uploads").replaceChildren();
  dialog.showModal();
  document.querySelector("#photo-picker-term").focus();
  load(true);
}

function close() {
  dialog.close();
}

function putIn() {
  const rows = [...chosen.values()].map((photo) => insert(group, photo));
  close();
  rows[0]?.querySelector("input[name$='-caption']").focus();
}

if (dialog && group?.querySelector(".add-row, .empty-form")) {
  const opener = document.createElement("button");
  opener.type = "button";
  opener.className = "button picker__open";
  opener.textContent = "Pilih atau unggah foto";
  opener.addEventListener("click", open);
  group.append(opener);
  part("close").addEventListener("click", close);
  part("more").addEventListener("click", () => load(false));
  part("insert").addEventListener("click", putIn);
  part("grid").addEventListener("keydown", (event) => onKey(part("grid"), event));
  part("search").addEventListener("submit", (event) => {
    event.preventDefault();
    load(true);
  });
  dialog.querySelector("#photo-picker-files").addEventListener("change", async (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    await take(files);
  });
}
