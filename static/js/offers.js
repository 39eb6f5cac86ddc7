// Offers what this browser can do with a story beside the plain links: its share sheet, copying, reading aloud.

const row = document.querySelector("[data-share]");
const listen = document.querySelector("[data-listen]");

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
      said.textContent = "";
      try {
        await navigator.clipboard.writeText(url);
        said.textContent = copy.dataset.done;
      } catch {
        said.textContent = copy.dataset.failed;
      }
    });
  }
}

if (listen && window.speechSynthesis) {
  const offer = () => {
    if (speechSynthesis.getVoices().some(({ lang }) => /^(id|in)([-_]|$)/i.test(lang))) import(listen.dataset.listen);
  };
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  offer();
}
