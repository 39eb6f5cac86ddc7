// Lets the theme switch decide over our style sheets, which by themselves follow the system's scheme.
(() => {
  const SYSTEM = "(prefers-color-scheme: dark)";
  const CONDITIONS = { dark: "all", light: "not all", auto: SYSTEM };
  const root = document.documentElement;

  const darkParts = (rules) => [...rules].flatMap((rule) => {
    if (rule.media?.mediaText === SYSTEM) return [rule.media];
    return rule.cssRules ? darkParts(rule.cssRules) : [];
  });
  const parts = [...document.querySelectorAll("link[data-themed]")].flatMap((link) => darkParts(link.sheet?.cssRules ?? []));

  function follow() {
    for (const part of parts) part.mediaText = CONDITIONS[root.dataset.theme] ?? SYSTEM;
  }

  new MutationObserver(follow).observe(root, { attributeFilter: ["data-theme"] });
  follow();
})();
