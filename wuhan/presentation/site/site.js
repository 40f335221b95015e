// The only script of the report: it filters the claims and searches the pages. Without it both show what they can.
"use strict";

// Text as it is compared: width, compatibility forms and case make no difference, in Chinese as in English.
const plain = (text) => text.normalize("NFKC").toLowerCase();
const wanted = (input) => plain(input.value).split(/\s+/).filter(Boolean);
const byId = (id) => document.getElementById(id);

function filterClaims(table) {
  const words = byId("words"), article = byId("article"), theme = byId("theme"), verdict = byId("verdict");
  const rows = [...table.querySelectorAll("tbody tr[id]")].map((row) => ({ row, text: plain(row.textContent) }));
  const said = byId("said");
  const show = () => {
    const terms = wanted(words);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits = (!theme.value || row.classList.contains(theme.value))
        && (!verdict.value || row.classList.contains(verdict.value))
        && (!article.value || row.parentElement.id === article.value)
        && terms.every((term) => text.includes(term));
      row.hidden = !fits;
      shown += fits;
    }
    for (const part of table.tBodies) part.hidden = !part.querySelector("tr[id]:not([hidden])");
    said.textContent = said.dataset.said.replace("{shown}", shown).replace("{count}", rows.length);
  };
  for (const control of [words, article, theme, verdict]) control.addEventListener("input", show);
  byId("filters").hidden = false;
  if (words.value || article.value || theme.value || verdict.value) show(); // what a browser kept of an earlier visit
}

if (byId("claims")) filterClaims(byId("claims"));
