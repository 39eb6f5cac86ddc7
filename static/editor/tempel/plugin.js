// What is pasted from Word, Google Docs and web pages becomes plain paragraphs, headings, lists and links at once,
// by the rules that the server applies again when the text is saved.
(() => {
  const MARK = /^\s*(?:[·•‣▪●○◦■\uf0a7\uf0b7\uf0d8\uf0fc]|[o§ØüvÜ](?=\s*\u00a0))\s*/;
  const NUMBER = /^\s*([0-9]{1,2})[.)](?=\s*\u00a0)\s{2,}/;
  const ADDRESS = /^(?:https?:|mailto:|tel:|[/#?])/i;
  const DROPPED = "head, style, script, title, meta, link, xml, iframe, svg, object, img, video, noscript, template, textarea";
  const LEVELS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
  const ONE_LOWER = { ...LEVELS, H2: "h3" };

  const unwrap = (node) => node.replaceWith(...node.childNodes);

  function rename(node, name) {
    const made = node.ownerDocument.createElement(name);
    made.append(...node.childNodes);
    node.replaceWith(made);
    return made;
  }

  function withoutComments(root) {
    const comments = root.ownerDocument.createNodeIterator(root, NodeFilter.SHOW_COMMENT);
    for (let node = comments.nextNode(); node; node = comments.nextNode()) node.remove();
  }

  /** Google Docs wraps everything in a `b` that is not bold, and writes bold as a style. */
  function emphases(root) {
    for (const node of root.querySelectorAll("b, strong, i, em, span")) {
      const { fontWeight: weight, fontStyle: slant } = node.style;
      const isBold = /^(bold|bolder|[6-9]00)$/.test(weight);
      if (node.matches("b, strong") && /^(normal|400)$/.test(weight)) unwrap(node);
      else if (node.matches("i, em") && slant === "normal") unwrap(node);
      else if (node.matches("b")) rename(node, "strong");
      else if (node.matches("i")) rename(node, "em");
      else if (node.matches("span")) {
        if (slant === "italic") node.replaceChildren(wrapped(node, "em"));
        if (isBold) node.replaceChildren(wrapped(node, "strong"));
        unwrap(node);
      }
    }
  }

  function wrapped(node, name) {
    const made = node.ownerDocument.createElement(name);
    made.append(...node.childNodes);
    return made;
  }

  function headings(root) {
    const levels = root.querySelector("h1") ? ONE_LOWER : LEVELS;
    for (const node of root.querySelectorAll("h1, h2, h4, h5, h6")) if (levels[node.tagName]) rename(node, levels[node.tagName]);
  }

  /** The text nodes of a paragraph lose the mark at its beginning. */
  function unmark(paragraph, length) {
    const texts = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let left = length, text = texts.nextNode(); left > 0 && text; text = texts.nextNode()) {
      const gone = Math.min(left, text.data.length);
      text.data = text.data.slice(gone);
      left -= gone;
    }
  }

  function lists(root) {
    let list = null;
    for (const paragraph of [...root.querySelectorAll("p")]) {
      const text = paragraph.textContent;
      const number = text.match(NUMBER);
      const mark = text.match(MARK) ?? number;
      const follows = list && paragraph.previousElementSibling === list;
      const name = number ? "ol" : "ul";
      const isNext = number ? Number(number[1]) === (follows && list.matches("ol") ? list.children.length : 0) + 1 : Boolean(mark);
      if (!mark || !isNext || paragraph.closest("li")) continue;
      unmark(paragraph, mark[0].length);
      if (!follows || !list.matches(name)) {
        list = paragraph.ownerDocument.createElement(name);
        paragraph.before(list);
      }
      list.append(rename(paragraph, "li"));
    }
  }

  function bare(root) {
    for (const node of root.querySelectorAll("*")) {
      const keeps = node.matches("a") ? ["href", "title"] : [];
      for (const { name } of [...node.attributes]) if (!keeps.includes(name)) node.removeAttribute(name);
      if (node.matches("a") && !ADDRESS.test(node.getAttribute("href") ?? "")) unwrap(node);
    }
    const spaces = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = spaces.nextNode(); text; text = spaces.nextNode()) {
      text.data = text.data.replace(/[\u200b\u2060\ufeff]/g, "").replace(/\s{2,}/g, " ").replace(/[\t\n\r]/g, " ");
    }
    for (const node of [...root.querySelectorAll("p, h2, h3, li, ul, ol, strong, em, a")].reverse()) {
      if (!node.textContent.trim()) node.matches("strong, em, a") ? unwrap(node) : node.remove();
    }
    for (const lone of root.querySelectorAll("li > p:only-child")) unwrap(lone);
  }

  function cleaned(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    body.querySelectorAll(DROPPED).forEach((node) => node.remove());
    withoutComments(body);
    emphases(body);
    headings(body);
    lists(body);
    bare(body);
    body.querySelectorAll(":scope > br").forEach((node) => node.remove());
    return body.innerHTML.trim();
  }

  CKEDITOR.plugins.add("tempel", {
    requires: "clipboard",
    init(editor) {
      editor.on("paste", (event) => {
        const { data } = event;
        const own = data.dataTransfer?.getTransferType(editor) === CKEDITOR.DATA_TRANSFER_INTERNAL;
        if (!own && data.type !== "text" && data.dataValue) data.dataValue = cleaned(data.dataValue);
      }, null, null, 4);
    },
  });
})();
