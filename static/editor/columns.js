// Writes on every cell of a list which column it stands in: on a phone the heads are gone and the cell says it itself.
for (const table of document.querySelectorAll("#result_list, table.history")) {
  const heads = [...table.tHead.rows[0].cells].map((head) => (head.querySelector(".text") ?? head).textContent.trim());
  for (const row of table.tBodies[0].rows) {
    for (const cell of row.querySelectorAll("td:not(.action-checkbox)")) cell.dataset.column = heads[cell.cellIndex];
  }
}
