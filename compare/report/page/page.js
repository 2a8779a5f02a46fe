// Draws the charts that can be seen, opens rows, filters tables. All data stand in the page.

const charts = JSON.parse(document.getElementById("charts").textContent);
const options = {
  actions: false,
  ast: true, // an interpreter instead of eval, which the page's policy forbids
  renderer: "svg",
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
};

function rows(columns) {
  const names = Object.keys(columns);
  return columns[names[0]].map((_, i) => Object.fromEntries(names.map((name) => [name, columns[name][i]])));
}

const drawings = new Map();

function draw(place) {
  if (!drawings.has(place)) drawings.set(place, drawOnce(place).catch((error) => console.error(error)));
  return drawings.get(place);
}

async function drawOnce(place) {
  const [specification, tables] = charts.places[place.dataset.chart];
  const datasets = Object.fromEntries(Object.entries(tables).map(([name, key]) => [name, rows(charts.tables[key])]));
  await vegaEmbed(place, { width: "container", ...charts.specifications[specification], datasets }, options);
  place.querySelector("svg").setAttribute("aria-hidden", "true"); // its place says what it shows
  place.dataset.drawn = "done";
}

// What is near the screen first; then, between other work, the rest of what is displayed.
const near = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => draw(entry.target)),
  { rootMargin: "300px" },
);
const places = [...document.querySelectorAll("[data-chart]")];
places.forEach((place) => near.observe(place));

async function drawAll() {
  for (const place of places) if (place.checkVisibility()) await draw(place);
  document.documentElement.dataset.charts = "drawn";
}
const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
const scheduleAll = () => whenIdle(() => drawAll());
window.addEventListener("hashchange", () => {
  delete document.documentElement.dataset.charts;
  window.scrollTo(0, 0);
  document.querySelector(":target")?.scrollIntoView();
  scheduleAll();
});
document.querySelectorAll("details.charts").forEach((box) => box.addEventListener("toggle", scheduleAll));
scheduleAll();

// Rows that open.
document.querySelectorAll("button.opens").forEach((button) => {
  const row = document.getElementById(button.getAttribute("aria-controls"));
  row.hidden = true;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    row.hidden = !row.hidden;
    button.setAttribute("aria-expanded", String(!row.hidden));
  });
});

// The table of published numbers: filtered, and on a case's page only its rows, in its place.
const numbers = document.getElementById("numbers");
if (numbers) {
  const rows = [...numbers.tBodies];
  const form = document.querySelector("form.filters");
  const more = document.querySelector("button.more");
  const said = form.querySelector("output");
  let most = Number(more.dataset.first);
  const apply = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    const fits = rows.filter((row) => wanted.every(([key, value]) => row.dataset[key] === value));
    const shown = new Set(fits.slice(0, most));
    rows.forEach((row) => (row.hidden = !shown.has(row)));
    said.textContent = `${shown.size} of ${fits.length} shown`;
    more.hidden = shown.size === fits.length;
  };
  const settle = () => {
    const table = document.querySelector(".case-page:target table.numbers");
    numbers.append(...rows);
    apply();
    if (!table) return;
    const own = rows.filter((row) => row.dataset.case === table.dataset.case);
    own.forEach((row) => (row.hidden = false));
    table.append(...own);
  };
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => {
    most = Infinity;
    apply();
  });
  window.addEventListener("hashchange", settle);
  form.hidden = false;
  settle();
}
