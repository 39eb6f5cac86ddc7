// Adds the phone's own share sheet and "copy link" to the plain share links.

const row = document.querySelector("[data-share]");

if (row) {
  const { shareUrl: url, shareTitle: title } = row.dataset;
  const sheet = row.querySelector("[data-share-sheet]");
  const copy = row.querySelector("[data-share-copy]");
  const said = row.querySelector("[data-share-status]");

  if (sheet && navigator.share) {
    sheet.hidden = false;
    sheet.addEventListener("click", () => {
      navigator.share({ title, url }).catch(() => {});
    });
  }

  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(url);
        said.textContent = copy.dataset.done;
      } catch {
        said.textContent = copy.dataset.failed;
      }
    });
  }
}
