// Adds to a report that is readable without it: search, filter, expand, links that open what they point at, print all.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const findings = all(".finding");
  const tools = document.querySelector("[data-tools]");
  const search = document.getElementById("search");
  const output = document.querySelector("[data-shown]");
  const toggles = all("[data-severity]", tools);
  const language = () => (document.getElementById("lang-zh").checked ? "zh" : "en");
  const texts = new Map();

  const textOf = (finding) => {
    if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
    return texts.get(finding);
  };

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = new Set(toggles.filter((t) => t.getAttribute("aria-pressed") === "true").map((t) => t.dataset.severity));
    const active = words.length > 0 || wanted.size < toggles.length;
    let shown = 0;
    for (const finding of findings) {
      const fits = wanted.has(finding.dataset.severity) && words.every((word) => textOf(finding).includes(word));
      finding.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const part of all(".rule, .duty")) part.hidden = active && !part.querySelector(".finding:not([hidden])");
    output.textContent = active ? `${shown} / ${findings.length}` : "";
  };

  const remembered = `auditor-language ${location.pathname}`;
  const stored = (action) => { try { return action(sessionStorage); } catch { return null; } };  // a browser may forbid it

  const speak = () => {
    const chosen = language();
    const title = document.querySelector("title");
    document.title = title.dataset[chosen];
    document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
    search.placeholder = search.dataset[chosen];
    search.setAttribute("aria-label", search.dataset[chosen]);
  };

  // The other language takes other room: what the reader has before him stays where it is.
  const turnTo = (label) => {
    const seen = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
    const kept = seen && seen.closest(".finding, tr, section");
    const before = kept ? kept.getBoundingClientRect().top : 0;
    document.getElementById(label.htmlFor).checked = true;
    speak();
    stored((store) => store.setItem(remembered, language()));
    if (kept) scrollBy(0, kept.getBoundingClientRect().top - before);
  };

  const openTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const finding = target && target.closest(".finding");
    if (!finding) return;
    if (finding.hidden) {
      search.value = "";
      toggles.forEach((t) => t.setAttribute("aria-pressed", "true"));
      filter();
    }
    finding.open = true;
    finding.scrollIntoView({ block: "start" });
  };

  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 150); });
  toggles.forEach((t) => t.addEventListener("click", () => {
    t.setAttribute("aria-pressed", String(t.getAttribute("aria-pressed") !== "true"));
    filter();
  }));
  const setAll = (open) => findings.forEach((finding) => { if (!finding.hidden) finding.open = open; });
  document.querySelector("[data-expand]").addEventListener("click", () => setAll(true));
  document.querySelector("[data-collapse]").addEventListener("click", () => setAll(false));
  all("input[name=lang]").forEach((each) => each.addEventListener("change", speak));
  all(".switch label").forEach((each) => each.addEventListener("click", (event) => { event.preventDefault(); turnTo(each); }));
  window.addEventListener("hashchange", openTarget);

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((each) => { each.open = true; });
  });
  window.addEventListener("afterprint", () => closed.forEach((each) => { each.open = false; }));

  const wanted = document.getElementById(`lang-${stored((store) => store.getItem(remembered))}`);
  if (wanted) wanted.checked = true;
  if (tools) tools.hidden = findings.length === 0;
  speak();
  openTarget();
})();
