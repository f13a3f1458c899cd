// Finds names on the static site, where no server can; the lists work without it.
"use strict";

(() => {
  const box = document.querySelector("#find input");
  const found = document.getElementById("found");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const names = (window.NAMES || []).map(([label, href]) => ({ label, href, key: fold(label) }));
  document.getElementById("find").hidden = false;
  box.addEventListener("input", () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    const hits = words.length ? names.filter((name) => words.every((word) => name.key.includes(word))).slice(0, 20) : [];
    found.replaceChildren(...hits.map(({ label, href }) => {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = label;
      const row = document.createElement("li");
      row.append(link);
      return row;
    }));
  });
})();
