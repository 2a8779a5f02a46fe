// Draws the charts that can be seen, opens rows, filters tables. All data stand in the page.

const charts = JSON.parse(document.getElementById("charts").textContent);
function rows(columns) {
  const names = Object.keys(columns);
  return columns[names[0]].map((_, i) => {
    const row = {}; // filled one by one: Vega reads these faster than what Object.fromEntries makes
    for (const name of names) row[name] = columns[name][i];
    return row;
  });
}

// Widths as the browser has them, not asked for between two drawings: that would lay out the page anew.
const widths = new Map();
const views = new Map();
const sizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    if (!contentRect.width || contentRect.width === widths.get(target)) continue;
    widths.set(target, contentRect.width);
    views.get(target)?.width(contentRect.width).runAsync();
  }
});

const drawings = new Map();

function draw(place) {
  if (!drawings.has(place)) drawings.set(place, drawOnce(place).catch((error) => console.error(error)));
  return drawings.get(place);
}

async function drawOnce(place) {
  const [specification, tables] = charts.places[place.dataset.chart];
  const [role, said] = [place.getAttribute("role"), place.getAttribute("aria-label")];
  // an interpreter instead of eval, which the page's policy forbids
  const runtime = vega.parse(charts.specifications[specification], {}, { ast: true });
  const view = new vega.View(runtime, { renderer: "svg", expr: vega.expressionInterpreter, tooltip: tell });
  Object.entries(tables).forEach(([name, key]) => view.data(name, rows(charts.tables[key])));
  views.set(place, view.width(widths.get(place) ?? place.clientWidth));
  await view.initialize(place).runAsync();
  place.querySelector("svg").setAttribute("aria-hidden", "true"); // its place says what it shows,
  place.setAttribute("role", role); // and Vega would have it say "Vega visualization"
  place.setAttribute("aria-label", said);
  place.dataset.drawn = "done";
}

// The row of the mark that is pointed at, beside it.
const tip = Object.assign(document.createElement("dl"), { id: "tip", hidden: true });
document.body.append(tip);
function tell(_, event, item, fields) {
  tip.hidden = !fields;
  if (!fields) return;
  tip.replaceChildren(...fields.split(" ").flatMap((name) => [cell("dt", name), cell("dd", item.datum[name])]));
  const { clientWidth, clientHeight } = document.documentElement;
  tip.style.left = `${Math.min(event.clientX + 12, clientWidth - tip.offsetWidth)}px`;
  tip.style.top = `${Math.min(event.clientY + 12, clientHeight - tip.offsetHeight)}px`;
}

// The values of a chart without pointing at it: around powers of ten of the iterations, and the last.
const MOST_VALUES = 120;
function chosen(table) {
  if (!("iteration" in (table[0] ?? {}))) return table.slice(0, MOST_VALUES);
  const last = Math.max(...table.map((row) => row.iteration));
  const wanted = [0, 1, 9, 99, 999, 9999, 99999].filter((i) => i < last).concat(last);
  return [...new Set(table.map((row) => row.start))].flatMap((start) => {
    const own = table.filter((row) => row.start === start);
    const nearest = (i) => own.reduce((a, b) => (Math.abs(b.iteration - i) < Math.abs(a.iteration - i) ? b : a));
    return [...new Set(wanted.map(nearest))];
  });
}
const NAMES = { python: "Python", r: "R", numpy: "NumPy", start: "weights from", n: "value" };
function cell(name, text) {
  const element = document.createElement(name);
  element.textContent = typeof text === "number" ? Number(text.toPrecision(7)) : (NAMES[text] ?? text ?? "-");
  return element;
}
function values(place, number) {
  const tables = charts.places[place.dataset.chart][1];
  const ofPair = place.closest(".pair") !== null; // whose values are counted from 1, and have no start
  const shown = chosen(rows(charts.tables[tables.rows ?? tables.path ?? tables.ball])).map((row) => {
    if (!ofPair) return row;
    const { start, iteration, ...values } = row;
    return { value: iteration + 1, ...values };
  });
  const table = document.createElement("table");
  const names = Object.keys(shown[0] ?? {}).filter((name) => !["column", "line"].includes(name)); // a cell's place
  const head = table.createTHead().insertRow();
  names.forEach((name) => Object.assign(head.appendChild(cell("th", name)), { scope: "col" }));
  const body = table.createTBody();
  shown.forEach((row) => {
    const line = body.insertRow();
    names.forEach((name) => line.append(cell("td", row[name])));
  });
  const box = document.createElement("div");
  box.className = "scroll";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", `Values of chart ${number}`);
  box.append(table);
  return box;
}
document.querySelectorAll("[data-chart]").forEach((place, i) => {
  const details = document.createElement("details");
  details.className = "values";
  details.append(cell("summary", "values"));
  details.addEventListener("toggle", () => details.childElementCount > 1 || details.append(values(place, i + 1)));
  place.after(details);
});

// What is near the screen first; then, between other work, the rest of what is displayed.
const near = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => draw(entry.target)),
  { rootMargin: "300px" },
);
const places = [...document.querySelectorAll("[data-chart]")];
places.forEach((place) => (sizes.observe(place), near.observe(place)));

async function drawAll() {
  const displayed = places.filter((place) => place.checkVisibility());
  let since = performance.now();
  for (const place of displayed) {
    await draw(place);
    // A frame takes as long as a chart: one is let through where somebody waits for it.
    if (navigator.scheduling?.isInputPending({ includeContinuous: true }) ?? performance.now() - since > 200) {
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
  }
  document.documentElement.dataset.charts = "drawn";
}
const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
const scheduleAll = () => whenIdle(() => drawAll());
window.addEventListener("hashchange", () => {
  delete document.documentElement.dataset.charts;
  scheduleAll();
});
document.querySelectorAll("details.charts").forEach((box) => box.addEventListener("toggle", scheduleAll));
scheduleAll();

// What the address names: a section, a case's page, or a row. Not :target, which a page that is
// opened with it does not match yet when its script runs.
function named() {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null; // no address of ours
  }
}

// Rows that open.
function opens(button, open) {
  document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
  button.setAttribute("aria-expanded", String(open));
}
document.querySelectorAll("button.opens").forEach((button) => {
  button.addEventListener("click", () => opens(button, button.getAttribute("aria-expanded") === "false"));
});

// The table of published numbers: filtered and sorted, and on a case's page its rows alone.
const numbers = document.getElementById("numbers");
let settle = () => {};
if (numbers) {
  const rows = [...numbers.tBodies];
  rows.forEach((row) => {
    const link = Object.assign(document.createElement("a"), { href: `#${row.id}`, className: "permalink", textContent: "#" });
    link.setAttribute("aria-label", "Link to this number");
    row.rows[0].cells[0].append(" ", link);
  });
  const form = document.querySelector("form.filters");
  const more = document.querySelector("button.more");
  const said = form.querySelector("output");
  let most = Number(more.dataset.first);
  const wanted = () => [...new FormData(form)].filter(([, value]) => value);
  const fits = (row, [key, value]) =>
    key === "text" ? row.textContent.toLowerCase().includes(value.toLowerCase()) : row.dataset[key] === value;
  const apply = () => {
    const fitting = rows.filter((row) => wanted().every((filter) => fits(row, filter)));
    const shown = new Set(fitting.slice(0, most));
    rows.forEach((row) => (row.hidden = !fitting.includes(row)));
    rows.forEach((row) => row.classList.toggle("beyond", !row.hidden && !shown.has(row))); // printed all the same
    said.textContent = `${shown.size} of ${fitting.length} shown`;
    more.hidden = shown.size === fitting.length;
  };
  settle = () => {
    numbers.append(...rows);
    apply();
    const at = named();
    if (rows.includes(at)) {
      at.hidden = false;
      at.classList.remove("beyond");
      opens(at.querySelector("button.opens"), true);
    }
    const table = at?.closest(".case-page")?.querySelector("table.numbers");
    if (!table) return;
    const own = rows.filter((row) => row.dataset.case === table.dataset.case);
    own.forEach((row) => (row.hidden = false));
    own.forEach((row) => row.classList.remove("beyond"));
    table.append(...own);
  };
  const keep = () => {
    const query = new URLSearchParams(wanted()).toString();
    try {
      history.replaceState(null, "", `${query ? `?${query}` : location.pathname}#published`);
    } catch {
      // a browser that keeps the address of a file as it is
    }
  };
  new URLSearchParams(location.search).forEach((value, key) => {
    const field = form.elements.namedItem(key);
    if (field) field.value = value;
  });
  form.addEventListener("input", () => (keep(), apply()));
  form.addEventListener("reset", () => setTimeout(() => (keep(), apply())));
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => {
    most = Infinity;
    apply();
  });
  numbers.addEventListener("sorted", (event) => {
    rows.sort(event.detail);
    settle();
  });
  form.hidden = false;
}
function arrive() {
  settle();
  const at = named();
  if (at) at.scrollIntoView();
  else window.scrollTo(0, 0);
}
window.addEventListener("hashchange", arrive);
settle();
if (location.hash) arrive();

// Columns that sort: numbers by value, the rest as text; a second time, the other way round.
function value(row, column) {
  const text = row.rows[0].cells[column].textContent.replace(/[\s,]/g, "");
  return Number.isNaN(Number.parseFloat(text)) ? text : Number.parseFloat(text);
}
document.querySelectorAll("table.sortable th[scope=col]:not(.fixed)").forEach((head) => {
  const table = head.closest("table");
  const button = document.createElement("button");
  button.className = "sorts";
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const turn = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    table.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
    const column = head.cellIndex;
    const order = (a, b) => {
      const [x, y] = [value(a, column), value(b, column)];
      return turn * (typeof x === typeof y ? (x > y) - (x < y) : typeof x === "number" ? -1 : 1);
    };
    if (table === numbers) table.dispatchEvent(new CustomEvent("sorted", { detail: order }));
    else table.append(...[...table.tBodies].sort(order));
  });
});

// Commands and numbers to copy.
document.querySelectorAll("pre, .lines dd").forEach((place) => {
  const text = place.textContent.trim();
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copies";
  button.textContent = "copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "copied";
    } catch {
      button.textContent = "not allowed here"; // by the browser: the text can still be marked
    }
    setTimeout(() => (button.textContent = "copy"), 1500);
  });
  if (place.matches("pre")) place.before(button);
  else place.append(" ", button);
});
