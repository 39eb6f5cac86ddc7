// "Baca juga" and "Kutipan": places in the body that hold an identity, never a text.
(() => {
  const escape = (text) => CKEDITOR.tools.htmlEncode(text);

  function place(editor, className, attribute, id, label) {
    const html = `<div class="${className}" contenteditable="false" ${attribute}="${id}">${escape(label)}</div>`;
    const element = CKEDITOR.dom.element.createFromHtml(html, editor.document);
    editor.insertElement(element);
    const after = new CKEDITOR.dom.element("p", editor.document);
    after.appendBogus();
    after.insertAfter(element);
    const range = editor.createRange();
    range.moveToElementEditStart(after);
    range.select();
  }

  async function search(editor, term) {
    const beside = editor.element.getAttribute("data-beside") ?? "";
    const asked = new URLSearchParams({ term, beside });
    const answer = await fetch(`${editor.config.bacaJugaUrl}?${asked}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).results;
  }

  function readAlsoDialog(editor) {
    let found = [];
    let pause;
    let placed = false; // a slow machine may report one Enter twice

    async function refill(dialog) {
      const list = dialog.getContentElement("main", "article");
      const hint = dialog.getContentElement("main", "hint").getElement();
      try {
        found = await search(editor, dialog.getValueOf("main", "term"));
        hint.setText(found.length ? "Pilih satu berita." : "Tidak ada berita dengan kata itu di judulnya.");
      } catch {
        found = [];
        hint.setText("Pencarian gagal. Periksa sambungan lalu coba lagi.");
      }
      list.clear();
      for (const row of found) list.add(row.text, row.id);
      if (found.length) list.setValue(found[0].id);
    }

    return {
      title: "Baca juga",
      minWidth: 460,
      minHeight: 180,
      contents: [{
        id: "main",
        elements: [
          {
            type: "text",
            id: "term",
            label: "Cari judul berita",
            onKeyup() {
              clearTimeout(pause);
              pause = setTimeout(() => refill(this.getDialog()), 250);
            },
          },
          { type: "select", id: "article", label: "Berita", items: [], size: 6, style: "width:100%" },
          { type: "html", id: "hint", html: '<div role="status"></div>' },
        ],
      }],
      onShow() {
        placed = false;
        refill(this);
      },
      onOk() {
        if (placed) return true;
        const id = this.getValueOf("main", "article");
        const row = found.find((candidate) => candidate.id === id);
        if (!row) return false;
        placed = true;
        place(editor, "baca-juga", "data-article", Number(id), `Baca juga: ${row.text}`);
        return true;
      },
    };
  }

  function quoteDialog(editor) {
    let placed = false;
    return {
      title: "Kutipan",
      minWidth: 320,
      minHeight: 60,
      contents: [{
        id: "main",
        elements: [{
          type: "text",
          id: "number",
          label: "Nomor kutipan (dari bagian Kutipan di bawah isi)",
          validate: CKEDITOR.dialog.validate.regex(/^[1-9][0-9]?$/, "Isi nomor kutipan, misalnya 1."),
        }],
      }],
      onShow() {
        placed = false;
      },
      onOk() {
        if (placed) return;
        placed = true;
        const number = Number(this.getValueOf("main", "number"));
        place(editor, "kutipan", "data-quote", number, `Kutipan ${number}`);
      },
    };
  }

  CKEDITOR.plugins.add("bacajuga", {
    requires: "dialog",
    init(editor) {
      CKEDITOR.dialog.add("bacaJuga", readAlsoDialog);
      CKEDITOR.dialog.add("kutipan", quoteDialog);
      editor.addCommand("bacaJuga", new CKEDITOR.dialogCommand("bacaJuga"));
      editor.addCommand("kutipan", new CKEDITOR.dialogCommand("kutipan"));
      editor.ui.addButton("BacaJuga", { label: "Baca juga", command: "bacaJuga", icon: `${this.path}icons/bacajuga.svg` });
      editor.ui.addButton("Kutipan", { label: "Kutipan", command: "kutipan", icon: `${this.path}icons/kutipan.svg` });
    },
  });
})();
