// Moves through a grid of links or buttons with the arrow keys, Home and End, as through the pictures on a table.
export function columnsOf(items) {
  const top = items[0].getBoundingClientRect().top;
  const first = items.findIndex((item) => item.getBoundingClientRect().top > top + 1);
  return first === -1 ? items.length : first;
}

export function onKey(grid, event) {
  const items = [...grid.querySelectorAll(":is(a, button)")];
  const at = items.indexOf(document.activeElement);
  if (at === -1) return;
  const columns = columnsOf(items);
  const goals = {
    ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - columns, ArrowDown: at + columns, Home: 0, End: items.length - 1,
  };
  const goal = items[goals[event.key]];
  if (!goal) return;
  event.preventDefault();
  goal.focus();
}

for (const grid of document.querySelectorAll("[data-grid-keys]")) {
  grid.addEventListener("keydown", (event) => onKey(grid, event));
}
