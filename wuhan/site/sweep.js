// Sorts the table of a sweep by the column whose heading is pressed; pressed again, the other way round. Without it the
// rows stand in the order in which they were asked for.
"use strict";

const table = document.getElementById("sweep");
const body = table.tBodies[0];

// The cell of a row in a column, as a number where the column holds numbers; null for none.
function held(row, column) {
  const cell = row.cells[column];
  if (column === 0) return cell.textContent;
  return "value" in cell.dataset ? Number(cell.dataset.value) : null;
}

function compare(one, other) {
  return typeof one === "string" ? one.localeCompare(other, document.documentElement.lang) : one - other;
}

function sort(heading, column) {
  const before = heading.getAttribute("aria-sort");
  const rising = before ? before !== "ascending" : column === 0; // the largest number first
  const rows = [...body.rows].map((row) => ({ row, key: held(row, column) }));
  const known = rows.filter(({ key }) => key !== null), others = rows.filter(({ key }) => key === null);
  known.sort((one, other) => (rising ? 1 : -1) * compare(one.key, other.key));
  body.append(...[...known, ...others].map(({ row }) => row));
  for (const each of table.querySelectorAll("[aria-sort]")) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", rising ? "ascending" : "descending");
}

for (const heading of table.querySelectorAll("[data-column]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => sort(heading, Number(heading.dataset.column)));
}
