// Warns before a step or a closed tab would leave typed text behind.
const form = document.querySelector("#article_form");

// Compared rather than listened for: Select2 and added rows change fields without telling.
const fields = () => new URLSearchParams(new FormData(form)).toString();
const atFirst = form && fields();
const refused = Boolean(document.querySelector(".errornote, [data-unsaved]"));

function bodyChanged() {
  const editors = globalThis.CKEDITOR ? Object.values(globalThis.CKEDITOR.instances) : [];
  return editors.some((editor) => editor.checkDirty());
}

const unsaved = () => Boolean(form) && (refused || fields() !== atFirst || bodyChanged());

function warn(event) {
  if (unsaved()) event.preventDefault();
}

if (form) {
  addEventListener("beforeunload", warn);
  form.addEventListener("submit", () => removeEventListener("beforeunload", warn));
}

for (const step of document.querySelectorAll("form[data-step]")) {
  step.addEventListener("submit", (event) => {
    if (unsaved() && !confirm("Ada perubahan yang belum disimpan. Lanjutkan tanpa menyimpannya?")) {
      event.preventDefault();
    } else {
      removeEventListener("beforeunload", warn);
    }
  });
}
