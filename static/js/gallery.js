// Shows the large photos one by one as dialogs: arrow keys, Escape, and a click beside the picture.

const slides = [...document.querySelectorAll("dialog.slide")];
const named = (hash) => slides.find((slide) => `#${slide.id}` === hash);
const open = () => slides.find((slide) => slide.open);

function show(slide) {
  if (!slide) return;
  open()?.close();
  slide.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#foto-"], dialog.slide [data-close]');
  if (link?.dataset.close !== undefined || event.target === open()) {
    event.preventDefault();
    open()?.close();
  } else if (link && named(link.hash)) {
    event.preventDefault();
    show(named(link.hash));
  }
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && open()) show(slides[slides.indexOf(open()) + step]);
});

if (named(location.hash)) {
  const slide = named(location.hash);
  location.replace("#galeri"); // nothing is shown by the address while a dialog shows it
  show(slide);
}
