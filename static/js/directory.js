// Narrows the directory while you type; without this every office stands in its province's fold.

const box = document.querySelector("[data-directory-search]");

if (box) {
  const field = box.querySelector("input");
  const said = box.querySelector("[data-directory-status]");
  const heads = document.querySelectorAll(".directory-head");
  const folds = [...document.querySelectorAll("details.fold")].map((fold) => ({
    fold,
    name: fold.querySelector("summary").textContent.toLowerCase(),
    rows: [...fold.querySelectorAll("li")].map((row) => ({ row, text: `${row.textContent} ${row.dataset.also}`.toLowerCase() })),
  }));

  const narrow = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (text) => words.every((word) => text.includes(word));
    let found = 0;
    for (const { fold, name, rows } of folds) {
      const all = fits(name);
      let here = 0;
      for (const { row, text } of rows) {
        row.hidden = !all && !fits(text);
        if (!row.hidden) here += 1;
      }
      fold.hidden = here === 0;
      fold.open = words.length > 0 && here > 0;
      found += here;
    }
    for (const head of heads) head.hidden = words.length > 0;
    said.textContent = found ? "" : said.dataset.none;
  };

  field.addEventListener("input", narrow);
}
