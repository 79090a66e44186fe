"use strict";
const filters = document.getElementById("filters");
const table = document.getElementById("requirement-table");
const matchCount = document.getElementById("match-count");
const rows = Array.from(table.tBodies[0].rows);
const texts = rows.map((row) => row.textContent.toLowerCase());

function fits(row, chosen) {
  return ["area", "standing", "level"].every((name) => ["", row.dataset[name]].includes(chosen.get(name)));
}

function apply() {
  const chosen = new FormData(filters);
  const text = chosen.get("text").trim().toLowerCase();
  let count = 0;
  for (const [index, row] of rows.entries()) {
    row.hidden = !(fits(row, chosen) && texts[index].includes(text));
    if (!row.hidden) count += 1;
  }
  matchCount.textContent = `${count} of ${rows.length}`;
}

filters.hidden = false;
filters.addEventListener("input", apply);
filters.addEventListener("submit", (event) => event.preventDefault());
apply();
