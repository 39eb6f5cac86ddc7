// Warns before a step or a closed tab would leave typed text behind.
const form = document.querySelector("#article_form, #edition_form");
let typed = false;

function bodyChanged() {
  const editors = globalThis.CKEDITOR ? Object.values(globalThis.CKEDITOR.instances) : [];
  return editors.some((editor) => editor.checkDirty());
}

const unsaved = () => typed || bodyChanged();

if (form) {
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => {
    typed = false;
    removeEventListener("beforeunload", warn);
  });
  addEventListener("beforeunload", warn);
}

function warn(event) {
  if (unsaved()) event.preventDefault();
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
