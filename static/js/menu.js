// Closes the phone menu with Escape or a touch outside; without this it stays a plain <details>.

const menu = document.querySelector("details.menu");

if (menu) {
  const summary = menu.querySelector("summary");
  const isOutside = (place) => !menu.contains(place) && !place.closest("[popover]");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      summary.focus();
    }
  });

  document.addEventListener("click", (event) => {
    if (menu.open && isOutside(event.target)) menu.open = false;
  });

  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && isOutside(event.relatedTarget)) menu.open = false;
  });
}
