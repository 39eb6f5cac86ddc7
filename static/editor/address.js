// Shows the address a text will have: made of its headline like on the server, or typed by hand.
const LONGEST = 90;

export function slugFrom(text) {
  let slug = text.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase();
  slug = slug.replace(/[^\w\s-]/g, "").replace(/[-\s]+/g, "-").replace(/^[-_]+|[-_]+$/g, "");
  if (slug.length > LONGEST) {
    const cut = slug.slice(0, LONGEST + 1);
    slug = (cut.includes("-") ? cut.slice(0, cut.lastIndexOf("-")) : cut).slice(0, LONGEST);
  }
  return slug;
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: text });
  made.addEventListener("click", act);
  return made;
}

function preview(shown, field) {
  const show = () => {
    const slug = slugFrom(field.value);
    shown.textContent = slug && `${shown.dataset.prefix}${slug}/`;
  };
  field.addEventListener("input", show);
  show();
}

/** Keeps `field` out of sight while the address follows the headline, as an empty field means. */
function follow(field) {
  const headline = document.getElementById(field.dataset.follows);
  const row = field.closest(".flex-container");
  const shown = Object.assign(document.createElement("p"), { className: "address" });
  const text = document.createElement("span");
  const aloud = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  aloud.setAttribute("role", "status");
  const change = button("Ubah alamat", () => {
    field.value = slugFrom(headline.value);
    show();
    field.focus();
    field.select();
    aloud.textContent = "Alamat kini ditulis sendiri.";
  });
  const again = button("Ikuti judul lagi", () => {
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    change.focus();
    aloud.textContent = "Alamat mengikuti judul lagi.";
  });
  shown.append(text, " ", change, again, aloud);
  row.after(shown);
  let byHand = Boolean(field.value);

  function show() {
    byHand = byHand || Boolean(field.value);
    const slug = slugFrom(field.value || headline.value);
    text.textContent = `${field.dataset.prefix}${slug || "…"}/`;
    field.hidden = change.hidden = false;
    const typed = Boolean(field.value) || document.activeElement === field;
    field.hidden = !typed;
    change.hidden = typed;
    again.hidden = !typed;
  }

  field.addEventListener("input", show);
  field.addEventListener("blur", () => {
    field.value = slugFrom(field.value);
    show();
  });
  headline.addEventListener("input", show);
  show();
}

for (const shown of document.querySelectorAll("[data-address-of]")) preview(shown, document.getElementById(shown.dataset.addressOf));
document.querySelectorAll("[data-follows]").forEach(follow);
