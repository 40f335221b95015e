// The only script of the report: it filters the claims, searches the pages and opens the contents where these have room
// beside the text. Without it all three show what they can.
"use strict";

// Text as it is compared: width, compatibility forms and case make no difference, in Chinese as in English.
const plain = (text) => text.normalize("NFKC").toLowerCase();
const wanted = (input) => plain(input.value).split(/\s+/).filter(Boolean);
const byId = (id) => document.getElementById(id);

function filterClaims(table) {
  const words = byId("words"), article = byId("article"), theme = byId("theme"), verdict = byId("verdict");
  const witness = byId("witness"), controls = [words, article, theme, verdict, witness];
  const rows = [...table.querySelectorAll("tbody tr[id]")].map((row) => ({ row, text: plain(row.textContent) }));
  const said = byId("said");
  const show = () => {
    const terms = wanted(words);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits = (!theme.value || row.dataset.theme === theme.value)
        && (!verdict.value || row.dataset.verdict === verdict.value)
        && (!witness.value || row.dataset.witness === witness.value)
        && (!article.value || row.parentElement.id === article.value)
        && terms.every((term) => text.includes(term));
      row.hidden = !fits;
      shown += fits;
    }
    for (const part of table.tBodies) part.hidden = !part.querySelector("tr[id]:not([hidden])");
    said.textContent = said.dataset.said.replace("{shown}", shown).replace("{count}", rows.length);
  };
  for (const control of controls) control.addEventListener("input", show);
  byId("filters").hidden = false;
  if (controls.some((control) => control.value)) show(); // kept of an earlier visit
}

const AROUND = 90; // characters shown on each side of what was found
const MOST = 60; // results shown

// A text with its comparable form, and for every position of that form its position in the text.
function comparable(text) {
  const source = text.normalize("NFC");
  const places = [];
  let form = "", at = 0;
  for (const sign of source) {
    const folded = plain(sign);
    for (let unit = 0; unit < folded.length; unit += 1) places.push(at);
    form += folded;
    at += sign.length;
  }
  return { source, form, places: [...places, at] };
}

// The part of a text around the first term in it, with every term marked.
function excerpt(text, terms) {
  const { source, form, places } = comparable(text);
  const found = [];
  for (const term of terms) {
    for (let at = form.indexOf(term); at >= 0; at = form.indexOf(term, at + term.length)) {
      found.push([places[at], places[at + term.length]]);
    }
  }
  found.sort((one, other) => one[0] - other[0]);
  const middle = found.length ? found[0][0] : 0;
  const first = middle > AROUND ? source.indexOf(" ", middle - AROUND) : 0;
  const start = first < 0 || first > middle ? middle - AROUND : first;
  const end = Math.min(source.length, middle + 2 * AROUND);
  const part = document.createElement("p");
  let at = start;
  if (start > 0) part.append("…");
  for (const [from, to] of found) {
    if (from < at || to > end) continue;
    const mark = document.createElement("mark");
    mark.textContent = source.slice(from, to);
    part.append(source.slice(at, from), mark);
    at = to;
  }
  part.append(source.slice(at, end), end < source.length ? "…" : "");
  return part;
}

function search(input) {
  const entries = JSON.parse(byId("index").textContent).flatMap(([way, title, parts]) => parts.map(
    ([rest, heading, text]) => {
      const names = [title, ...heading.split(" · ")].filter(Boolean);
      const name = [title, heading].filter(Boolean).join(" · ");
      return { way: way + rest, name, text, heads: names.map(plain), all: plain(`${name} ${text}`) };
    },
  ));
  const said = byId("said"), results = byId("results");
  const item = (entry, terms) => {
    const link = document.createElement("a"), line = document.createElement("li");
    link.href = entry.way;
    link.textContent = entry.name;
    line.append(link, entry.text ? excerpt(entry.text, terms) : "");
    return line;
  };
  const show = () => {
    const terms = wanted(input), phrase = terms.join(" ");
    const fits = terms.length ? entries.filter((entry) => terms.every((term) => entry.all.includes(term))) : [];
    // How much of a name or heading the words are when it begins with them; then how many words stand in headings.
    const close = (heads) => Math.max(0, ...heads.map((head) => (head.startsWith(phrase) ? phrase.length / head.length : 0)));
    const score = ({ heads }) => 9 * close(heads) + terms.filter((term) => heads.some((head) => head.includes(term))).length;
    fits.sort((one, other) => score(other) - score(one)); // the order of the pages among equals
    results.replaceChildren(...fits.slice(0, MOST).map((entry) => item(entry, terms)));
    const message = fits.length > MOST ? said.dataset.cut : fits.length ? said.dataset.said : said.dataset.none;
    said.textContent = terms.length ? message.replace("{count}", fits.length).replace("{shown}", MOST) : "";
    history.replaceState(null, "", terms.length ? `#q=${encodeURIComponent(input.value)}` : "#");
  };
  input.addEventListener("input", show);
  byId("find").hidden = false;
  if (location.hash.startsWith("#q=")) input.value = decodeURIComponent(location.hash.slice(3));
  if (input.value) show();
  input.focus();
}

if (byId("query")) search(byId("query"));
if (byId("claims")) filterClaims(byId("claims"));
if (byId("contents")) byId("contents").open = matchMedia("(min-width: 69rem)").matches;
