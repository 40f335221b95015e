// The only script of the report: it opens a number in place and the marks of figures, sorts, filters the claims, searches
// the pages and opens the contents where these have room beside the text. Without it links lead to the same, and all
// shows what it can.
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
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (controls.includes(byId(name))) byId(name).value = value; // what a count on another page leads to
  }
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
      return { ways: rest.split(" ").map((each) => way + each), name, text, heads: names.map(plain), all: plain(`${name} ${text}`) };
    },
  ));
  const synonyms = JSON.parse(byId("synonyms").textContent).map((group) => group.map(plain));
  // What is asked for, and the same with words that mean the same: each as its terms.
  const meant = (text) => {
    const asked = [plain(text).trim().replace(/\s+/g, " ")];
    for (const group of synonyms) {
      for (const phrase of [...asked]) {
        const bounded = (word) => (/[a-z]/.test(word) ? new RegExp(`\\b${word}\\b`) : new RegExp(word));
        const word = group.filter((each) => bounded(each).test(phrase)).sort((one, other) => other.length - one.length)[0];
        if (word) asked.push(...group.filter((each) => each !== word).map((each) => phrase.replace(word, ` ${each} `)));
      }
    }
    return asked.slice(0, 60).map((phrase) => phrase.split(/\s+/).filter(Boolean)).filter((terms) => terms.length);
  };
  const said = byId("said"), results = byId("results");
  // Of an entry that leads to several places the one whose part of the text has the numbers that were asked for.
  const way = ({ ways, text }, terms) => {
    const numbers = terms.filter((term) => /\d/.test(term));
    const fits = (part) => numbers.every((term) => plain(part).includes(term));
    return ways[ways.length > 1 ? Math.max(text.split(" · ").findIndex(fits), 0) : 0];
  };
  const item = (entry, terms) => {
    const link = document.createElement("a"), line = document.createElement("li");
    link.href = way(entry, terms);
    link.textContent = entry.name;
    line.append(link, entry.text ? excerpt(entry.text, terms) : "");
    return line;
  };
  const show = () => {
    const terms = wanted(input), variants = meant(input.value);
    // The terms by which an entry fits, of the first wording that does; nothing for an entry that fits none.
    const fitting = (entry) => variants.find((each) => each.every((term) => entry.all.includes(term)));
    const fits = entries.map((entry) => ({ entry, by: fitting(entry) })).filter(({ by }) => by);
    // How much of a name or heading the words are when it begins with them; then how many words stand in headings.
    const close = (heads, phrase) => Math.max(0, ...heads.map((head) => (head.startsWith(phrase) ? phrase.length / head.length : 0)));
    const score = ({ entry: { heads }, by }) => 9 * close(heads, by.join(" "))
      + by.filter((term) => heads.some((head) => head.includes(term))).length;
    fits.sort((one, other) => score(other) - score(one)); // the order of the pages among equals
    results.replaceChildren(...fits.slice(0, MOST).map(({ entry, by }) => item(entry, by)));
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

// ---- a number in place

const element = (name, parts = {}, ...children) => {
  const made = Object.assign(document.createElement(name), parts);
  made.append(...children);
  return made;
};

// What a row of the table of numbers says, as a list: the heading of each column and what stands in its cell.
function listed(row) {
  const heads = [...row.closest("table").tHead.rows[0].cells].map((head) => head.textContent);
  const list = element("dl");
  [...row.cells].slice(1).forEach((cell, index) => {
    const said = element("dd");
    for (const node of cell.childNodes) {
      const note = node.hash && node.hash.startsWith("#note") && byId(node.hash.slice(1));
      said.append(note ? element("p", { lang: note.lang, textContent: note.textContent }) : node.cloneNode(true));
    }
    if (said.textContent.trim()) list.append(element("div", {}, element("dt", { textContent: heads[index + 1] }), said));
  });
  return list;
}

// What is known of the number that a link stands for; nothing for a link that only leads elsewhere.
function known(link, words) {
  const row = link.hash && byId(link.hash.slice(1));
  if (row && row.matches("tr")) return [element("p", { className: "told", textContent: row.cells[0].textContent }), listed(row)];
  const cell = byId(link.dataset.cell || (link.hash || "#").slice(1));
  if (!link.classList.contains("count") || !cell) return null;
  const parts = [element("p", { className: "told", textContent: link.textContent })];
  if (link.dataset.cell) parts.push(element("p", {}, element("a", { href: link.href, textContent: words.rows })));
  return [...parts, element("p", { textContent: words.counted }), element("pre", { tabIndex: 0 }, element("code", { textContent: cell.textContent }))];
}

function openInPlace(words) {
  let card = null, from = null;
  const close = (back) => {
    if (!card) return;
    card.remove();
    from.removeAttribute("aria-expanded");
    if (back) from.focus({ preventScroll: true });
    card = from = null;
  };
  const place = () => {
    if (!card) return;
    const at = from.getClientRects()[0], width = card.offsetWidth, height = card.offsetHeight;
    if (matchMedia("(max-width: 48rem)").matches) { // a sheet at the foot of the window, see style.css: not over its number
      scrollBy(0, Math.max(0, from.getBoundingClientRect().bottom + 12 - (innerHeight - height)));
      return;
    }
    const left = Math.min(at.left, document.documentElement.clientWidth - width - 16);
    const below = at.bottom + height + 14 < innerHeight, above = at.top - height - 14 > 0;
    const top = below ? at.bottom + 6 : above ? at.top - height - 6 : innerHeight - height - 8; // beside it where neither fits
    card.style.left = `${scrollX + Math.max(8, left)}px`;
    card.style.top = `${scrollY + Math.max(8, top)}px`;
  };
  const open = (link, parts) => {
    close(false);
    from = link;
    const shut = element("button", { type: "button", className: "shut", textContent: "×", ariaLabel: words.close });
    shut.addEventListener("click", () => close(true));
    card = element("div", { className: "fact", role: "dialog", tabIndex: -1, ariaLabel: link.textContent }, shut, ...parts);
    // After what holds the number, so that the next step of the keyboard is into the card.
    const holds = link.closest(".table") || link.closest("li, p, figure, td, th") || link;
    if (holds.matches("li, td, th")) holds.append(card);
    else holds.after(card);
    link.setAttribute("aria-expanded", "true");
    place();
    card.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.n");
    const plainly = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (link && plainly) {
      const again = link === from, parts = known(link, words);
      if (again) close(true);
      else if (parts) open(link, parts);
      if (again || parts) event.preventDefault();
    } else if (card && !card.contains(event.target)) close(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(true);
  });
  addEventListener("resize", place);
}

// ---- a table that does not fit

const MANY = 3; // columns from which on a table is told row by row on a phone

// The words of each column, from the last row of headings; blank for a table without.
function headings(table) {
  const rows = table.tHead ? [...table.tHead.rows] : [];
  const found = [];
  rows.forEach((row, depth) => {
    let column = 0;
    for (const head of row.cells) {
      while (found[column] && found[column].until > depth) column += 1;
      const until = depth + head.rowSpan;
      for (let at = 0; at < head.colSpan; at += 1, column += 1) {
        const above = found[column] ? `${found[column].text} ` : "";
        found[column] = { text: above + head.textContent.trim(), until };
      }
    }
  });
  return found.map((each) => each.text);
}

// What the address names has moved once tables above it are told row by row.
function find() {
  cancelAnimationFrame(find.asked);
  const place = () => document.querySelector(document.querySelector(".chosen") ? ".find" : ":target")?.scrollIntoView();
  find.asked = requestAnimationFrame(place);
}

// Has a table told row by row where its frame is too narrow, and puts headings before its cells once that is needed.
function fit(frame) {
  const table = frame.querySelector("table");
  if (!table) return;
  const columns = Math.max(0, ...[...table.rows].map((row) => row.cells.length));
  let labelled = false;
  const label = () => {
    const heads = headings(table);
    for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
      if (row.cells.length < 2) continue;
      [...row.cells].slice(1).forEach((cell, at) => {
        if (heads[at + 1] && cell.childNodes.length) cell.dataset.label = heads[at + 1];
      });
    }
    labelled = true;
  };
  const measure = () => {
    table.classList.remove("told-by-row");
    const phone = matchMedia("(max-width: 48rem)").matches && columns > MANY;
    if (!phone && table.scrollWidth <= frame.clientWidth + 1) return;
    if (!labelled) label();
    table.classList.add("told-by-row");
    find();
  };
  let width = 0;
  new ResizeObserver(() => {
    if (frame.clientWidth !== width && frame.clientWidth) {
      width = frame.clientWidth;
      measure();
    }
  }).observe(frame);
}

// ---- a table that is sorted by the column whose heading is pressed; pressed again, the other way round

// The cell of a row in a column, as a number where the column holds numbers; null for none.
function held(row, column) {
  const cell = row.cells[column];
  if (column === 0) return cell.textContent;
  return "value" in cell.dataset ? Number(cell.dataset.value) : null;
}

function compare(one, other) {
  return typeof one === "string" ? one.localeCompare(other, document.documentElement.lang) : one - other;
}

function sortable(table) {
  const body = table.tBodies[table.tBodies.length - 1]; // what stands above it stays there
  const sort = (heading, column) => {
    const before = heading.getAttribute("aria-sort");
    const rising = before ? before !== "ascending" : column === 0; // the largest number first
    const rows = [...body.rows].map((row) => ({ row, key: held(row, column) }));
    const known = rows.filter(({ key }) => key !== null), others = rows.filter(({ key }) => key === null);
    known.sort((one, other) => (rising ? 1 : -1) * compare(one.key, other.key));
    body.append(...[...known, ...others].map(({ row }) => row));
    for (const each of table.querySelectorAll("[aria-sort]")) each.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", rising ? "ascending" : "descending");
  };
  for (const heading of table.querySelectorAll("[data-column]")) {
    const button = element("button", { type: "button" }, ...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(heading, Number(heading.dataset.column)));
  }
}

// ---- a city beside that of the report: the one that the address names, or that is chosen, stands below it

function beside(table, choice) {
  const [held, others] = table.tBodies, rows = [...others.rows];
  const names = rows.map((row) => [row.cells[0].textContent, row.id]).sort(([one], [other]) => compare(one, other));
  choice.append(...names.map(([name, id]) => new Option(name, id)));
  const show = () => {
    held.querySelector(".chosen")?.remove();
    const row = rows.find(({ id }) => `#${id}` === location.hash && id !== held.rows[0].dataset.place);
    choice.value = row ? row.id : "";
    if (!row) return;
    const copy = row.cloneNode(true);
    copy.removeAttribute("id");
    copy.className = "chosen";
    held.append(copy);
    find();
  };
  choice.addEventListener("input", () => { location.hash = choice.value; });
  addEventListener("hashchange", show);
  choice.closest("[hidden]").hidden = false;
  show();
}

for (const table of document.querySelectorAll("[data-sortable]")) sortable(table);
if (byId("other")) beside(document.querySelector(".glance"), byId("other"));
for (const frame of document.querySelectorAll(".table")) fit(frame);
if (byId("facts")) {
  openInPlace(byId("facts").dataset);
  if (!location.hash || !byId("facts").querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`)) byId("facts").open = false;
}

// ---- marks of figures

const NEAR = 24; // pixels within which a mark is meant

// Every mark of a figure is a row of its table: pointing at it, tapping it, or moving through the figure with the slider
// shows that row as a card. Without the script the table says the same.
function marks(figure) {
  const rows = [...figure.querySelectorAll(".marks tbody tr")];
  const heads = [...figure.querySelectorAll(".marks thead th")].map((head) => head.textContent);
  const drawings = [...figure.querySelectorAll("svg")].map((svg) => (
    { svg, boxes: svg.dataset.at.split(" ").map((box) => box.split(",").map(Number)) }));
  const stage = figure.querySelector(".stage"), card = document.createElement("div"), slider = document.createElement("input");
  const shown = () => drawings.find(({ svg }) => svg.clientWidth) || drawings[0];
  const scale = ({ svg }) => svg.clientWidth / svg.viewBox.baseVal.width;
  let at = -1, pinned = false;
  card.className = "fact";
  Object.assign(slider, { type: "range", className: "through", min: 1, max: rows.length, value: 1, ariaLabel: figure.dataset.name });
  stage.after(slider);

  const told = (row, from) => [...row.cells].slice(from).map((cell) => cell.textContent.trim()).filter(Boolean).join(", ");
  const tell = (row) => {
    const list = document.createElement("dl"), [name, when, value] = row.cells;
    const [what, number] = ["p", "p"].map((tag) => document.createElement(tag));
    what.textContent = [name, when].map((cell) => cell.textContent).filter(Boolean).join(", ");
    number.textContent = value.textContent;
    number.className = "told";
    [...row.cells].slice(3).forEach((cell, index) => {
      if (!cell.textContent.trim()) return;
      const line = document.createElement("div"), term = document.createElement("dt"), said = document.createElement("dd");
      term.textContent = heads[index + 3];
      said.append(...cell.cloneNode(true).childNodes);
      line.append(term, said);
      list.append(line);
    });
    return [what, number, list];
  };
  const ring = (svg, [x, y, wide, high]) => {
    const shape = document.createElementNS(svg.namespaceURI, wide === undefined ? "circle" : "rect");
    const sides = wide === undefined ? { cx: x, cy: y, r: 8 } : { x: x - 1, y: y - 1, width: wide + 2, height: high + 2 };
    for (const [side, length] of Object.entries({ class: "ring", ...sides })) shape.setAttribute(side, length);
    svg.append(shape);
  };
  const place = () => { // beside the mark, on the side that has room
    const drawing = shown(), [x, y, wide = 0, high = 0] = drawing.boxes[at], by = scale(drawing);
    const right = (x + wide) * by + 16, room = stage.clientWidth - card.offsetWidth, left = x * by - 16 - card.offsetWidth;
    const beside = right <= room || left >= 0;
    card.style.left = `${right <= room ? right : Math.max(0, left)}px`;
    card.style.top = `${beside ? Math.max(0, (y + high / 2) * by - card.offsetHeight / 2) : (y + high) * by + 16}px`;
  };
  const show = (index) => {
    for (const each of figure.querySelectorAll(".ring")) each.remove();
    at = index;
    if (index < 0) {
      card.remove();
      return;
    }
    slider.after(card);
    const { boxes } = shown(), here = boxes[index].join();
    const same = boxes.flatMap((box, other) => (other !== index && box.join() === here ? [other] : []));
    card.replaceChildren(...[index, ...same.slice(0, 3)].flatMap((each) => tell(rows[each])));
    slider.value = index + 1;
    slider.setAttribute("aria-valuetext", told(rows[index], 0));
    for (const { svg, boxes: all } of drawings) ring(svg, all[index]);
    place();
  };
  const close = () => {
    pinned = false;
    show(-1);
  };
  // The mark that holds a place, of several the smallest; else the nearest one.
  const nearest = (event) => {
    const drawing = shown(), frame = drawing.svg.getBoundingClientRect(), by = scale(drawing);
    const px = (event.clientX - frame.left) / by, py = (event.clientY - frame.top) / by;
    let best = -1, least = [NEAR / by, Infinity];
    drawing.boxes.forEach(([x, y, wide = 0, high = 0], index) => {
      const far = Math.hypot(Math.max(x - px, 0, px - x - wide), Math.max(y - py, 0, py - y - high));
      if (far < least[0] || (far === least[0] && wide * high < least[1])) [best, least] = [index, [far, wide * high]];
    });
    return best;
  };
  // The next mark straight above or below.
  const beyond = (step) => {
    const { boxes } = shown(), [x, y] = boxes[at];
    const found = boxes.map((box, index) => [index, Math.abs(box[0] - x), (box[1] - y) * step]).filter(([, across, down]) => down > 0.5 && across < 6);
    return found.sort((one, other) => one[2] - other[2])[0];
  };
  stage.addEventListener("pointermove", (event) => {
    const found = event.pointerType === "mouse" && !pinned ? nearest(event) : at;
    if (found !== at) show(found);
  });
  figure.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse" && !pinned && document.activeElement !== slider) show(-1);
  });
  stage.addEventListener("click", (event) => {
    const found = nearest(event);
    pinned = found >= 0;
    show(found);
  });
  slider.addEventListener("input", () => {
    pinned = true;
    show(slider.value - 1);
  });
  slider.addEventListener("focus", () => {
    if (at < 0) show(slider.value - 1);
  });
  slider.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key], next = step && at >= 0 && beyond(step);
    if (event.key === "Enter") card.querySelector("a")?.focus();
    if (step) event.preventDefault();
    if (next) {
      pinned = true;
      show(next[0]);
    }
  });
  figure.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || at < 0) return;
    if (card.contains(document.activeElement)) slider.focus();
    close();
  });
  document.addEventListener("click", (event) => {
    if (at >= 0 && !stage.contains(event.target) && !card.contains(event.target) && event.target !== slider) close();
  });
  addEventListener("resize", () => at >= 0 && place());
}

for (const figure of document.querySelectorAll("figure.plot")) if (figure.querySelector(".marks")) marks(figure);
if (byId("query")) search(byId("query"));
if (byId("filters")) filterClaims(byId("claims"));
if (byId("contents")) byId("contents").open = matchMedia("(min-width: 69rem)").matches;
