// Gives the search-as-you-type fields that Select2 draws the name of the field they stand for.
const $ = globalThis.django?.jQuery;

function nameOf(select) {
  const label = select.labels[0];
  if (label) label.id ||= `${select.id}_label`;
  return label;
}

function label(root) {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const [name, drawn] = [nameOf(select), select.nextElementSibling];
    const value = drawn?.querySelector(".select2-selection__rendered");
    if (!name || !value) continue;
    drawn.querySelector(".select2-selection").setAttribute("aria-labelledby", `${name.id} ${value.id}`.trim());
    if (value.getAttribute("role")) value.setAttribute("aria-labelledby", name.id);
    drawn.querySelector(".select2-search__field")?.setAttribute("aria-label", name.textContent);
    // A cross for the mouse alone stands between the items of the list.
    drawn.querySelector("ul .select2-selection__clear")?.setAttribute("aria-hidden", "true");
  }
}

if ($?.fn.select2) {
  $(() => label(document));
  document.addEventListener("formset:added", (event) => label(event.target));
  $(document).on("change", "select.select2-hidden-accessible", (event) => label(event.target.parentElement));
  $(document).on("select2:open", (event) => {
    const field = document.querySelector(".select2-container--open .select2-search__field");
    field?.setAttribute("aria-label", nameOf(event.target)?.textContent ?? "");
    const list = document.querySelector("[role=combobox][aria-expanded=true][aria-owns]");
    list?.setAttribute("aria-controls", list.getAttribute("aria-owns"));
  });
}
