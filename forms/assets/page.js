"use strict";
// A field that hides the rows of a table which do not contain what is typed.
for (const field of document.querySelectorAll("input[data-rows]")) {
  const table = document.getElementById(field.dataset.rows);
  const rows = table ? [...table.querySelectorAll("tbody tr, .card")] : [];
  const told = field.parentElement.querySelector("output");
  const show = () => {
    const wanted = field.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
      shown += row.hidden ? 0 : 1;
    }
    told.textContent = wanted === "" ? "" : `${shown} of ${rows.length}`;
  };
  field.addEventListener("input", show);
  show();
}

// A button that copies a command.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      // A page from a file may not be allowed to: choose the text instead, for the user's own copy.
      getSelection().selectAllChildren(button.parentElement.querySelector("code"));
      button.textContent = "Chosen";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
}

// The timeline of a failure.
class Timeline {
  constructor(section) {
    this.section = section;
    this.find = (selector) => section.querySelector(selector);
    this.data = JSON.parse(this.find("script[type='application/json']").textContent);
    this.rows = [...section.querySelectorAll("tr.step")];
    // A call has a row, but no step of its own.
    this.byRow = new Map(this.rows.map((row) => [row.dataset.row, row]));
    this.byStep = new Map(this.rows.filter((row) => row.dataset.step).map((row) => [Number(row.dataset.step), row]));
    this.chosen = null;
    this.hovered = null;
    section.classList.add("scripted");
    this.foldSetUp();
    this.listenToRows();
    this.listenToTools();
    this.listenToKeys();
    new ResizeObserver(() => this.draw()).observe(this.find(".timeline"));
    this.choose(this.start(), false);
  }

  // Many steps of the first thread before any other runs stand in one row, unless one of them decides.
  foldSetUp() {
    const first = this.rows.findIndex((row) => row.dataset.thread !== "0");
    const early = this.rows.slice(0, Math.max(first, 0));
    this.early = early.length > 4 && !early.some((row) => row.classList.contains("decides")) ? early : [];
    if (this.early.length === 0) return;
    const row = document.createElement("tr");
    row.className = "setup";
    const cell = row.insertCell();
    cell.colSpan = this.section.querySelectorAll("thead th").length;
    this.setUp = document.createElement("button");
    this.setUp.type = "button";
    this.setUp.className = "call";
    this.setUp.textContent = `${early.length} steps before the others run`;
    this.setUp.addEventListener("click", () => this.showSetUp(this.setUp.getAttribute("aria-expanded") !== "true"));
    cell.append(this.setUp);
    early[0].before(row);
    this.showSetUp(false, false);
  }

  showSetUp(open, moved = true) {
    this.setUp?.setAttribute("aria-expanded", String(open));
    for (const row of this.early) row.classList.toggle("early", !open);
    if (moved) this.moved();
  }

  // The step of the address, or else the last one that decides.
  start() {
    const named = this.rows.find((row) => `#${row.id}` === decodeURIComponent(location.hash));
    const rows = this.visible();
    return named ?? rows.findLast((row) => row.classList.contains("decides") && !row.classList.contains("broke")) ?? rows.at(-1);
  }

  visible() {
    const away = (row) => row.hidden || row.classList.contains("filtered") || row.classList.contains("early");
    return this.rows.filter((row) => !away(row));
  }

  // The place of a row among all rows.
  at(row) {
    return row ? Number(row.dataset.row) : -1;
  }

  // The number of the last step up to a row.
  step(row) {
    const numbered = this.rows.findLast((other) => other.dataset.step && this.at(other) <= this.at(row));
    return Number(numbered?.dataset.step ?? 0);
  }

  calls(row) {
    return row.dataset.calls === "" ? [] : row.dataset.calls.split(" ").map((call) => this.byRow.get(call));
  }

  listenToRows() {
    for (const row of this.rows) {
      row.addEventListener("click", (event) => {
        const call = event.target.closest("button.call");
        if (call) this.open(row, call.getAttribute("aria-expanded") !== "true");
        const link = event.target.closest("a[href^='#']");
        if (link) {
          event.preventDefault();
          this.reach(Number(link.dataset.to));
          return;
        }
        this.choose(row);
      });
      row.addEventListener("mouseenter", () => { this.hovered = row; this.draw(); });
      row.addEventListener("mouseleave", () => { this.hovered = null; this.draw(); });
    }
  }

  listenToTools() {
    for (const button of this.section.querySelectorAll(".tools [aria-pressed]")) {
      button.addEventListener("click", () => {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        this.filter();
      });
    }
    this.find("select.object").addEventListener("change", () => this.filter());
    this.find(".unfold").addEventListener("click", () => this.openAll(true));
    this.find(".fold").addEventListener("click", () => this.openAll(false));
    this.slider = this.find(".slider");
    this.slider.addEventListener("input", () => this.choose(this.visible()[Number(this.slider.value)]));
  }

  listenToKeys() {
    this.find(".timeline").addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const row = this.chosen;
      const rows = this.visible();
      const at = rows.indexOf(row);
      const actions = {
        ArrowDown: () => this.choose(rows[Math.min(at + 1, rows.length - 1)]),
        j: () => this.choose(rows[Math.min(at + 1, rows.length - 1)]),
        ArrowUp: () => this.choose(rows[Math.max(at - 1, 0)]),
        k: () => this.choose(rows[Math.max(at - 1, 0)]),
        Home: () => this.choose(rows[0]),
        End: () => this.choose(rows.at(-1)),
        ArrowLeft: () => this.close(row),
        ArrowRight: () => this.open(row, true),
        f: () => this.follow(row),
        a: () => this.find("button.all").click(),
      };
      const action = actions[event.key];
      if (!action || !row) return;
      event.preventDefault();
      action();
    });
  }

  pressed(selector) {
    const pressed = [...this.section.querySelectorAll(selector)];
    return pressed.filter((button) => button.getAttribute("aria-pressed") === "true");
  }

  // Opens or closes the call that a row begins.
  open(row, open) {
    const call = row.querySelector("button.call");
    if (!call) return;
    call.setAttribute("aria-expanded", String(open));
    this.fold();
  }

  // Closes the call of a row, or the one around it.
  close(row) {
    const call = row.querySelector("button.call[aria-expanded='true']");
    const around = this.calls(row).at(-1);
    if (call) this.open(row, false);
    else if (around) { this.open(around, false); this.choose(around); }
  }

  openAll(open) {
    this.showSetUp(open, false);
    for (const call of this.section.querySelectorAll("button.call")) call.setAttribute("aria-expanded", String(open));
    this.fold();
  }

  isOpen(row) {
    const call = row.querySelector("button.call");
    return !call || call.getAttribute("aria-expanded") === "true";
  }

  fold() {
    for (const row of this.rows) row.hidden = !this.calls(row).every((call) => this.isOpen(call));
    this.moved();
  }

  filter() {
    const threads = new Set(this.pressed(".threads [data-thread]").map((button) => button.dataset.thread));
    const object = this.find("select.object").value;
    for (const row of this.rows) {
      const other = object !== "" && row.dataset.object !== object && !row.classList.contains("broke");
      row.classList.toggle("filtered", other || !threads.has(row.dataset.thread));
    }
    for (const lane of this.section.querySelectorAll("[data-lane]")) {
      lane.hidden = !threads.has(lane.dataset.lane);
    }
    this.moved();
  }

  // After rows have come or gone, a row that is still there is chosen.
  moved() {
    const rows = this.visible();
    const near = rows.findLast((row) => this.at(row) <= this.at(this.chosen));
    this.choose(near ?? rows[0], false);
  }

  // Opens whatever hides a step, and chooses it.
  reach(step) {
    const row = this.byStep.get(step);
    if (!row) return;
    if (row.classList.contains("early")) this.showSetUp(true, false);
    for (const call of this.calls(row)) call.querySelector("button.call")?.setAttribute("aria-expanded", "true");
    this.fold();
    this.choose(row);
  }

  follow(row) {
    const step = Number(row.dataset.step);
    const arrow = this.data.arrows.find((arrow) => arrow.kind === "reads" && arrow.to === step);
    if (arrow) this.reach(arrow.from);
  }

  choose(row, focus = true) {
    if (this.chosen) { this.chosen.classList.remove("chosen"); this.chosen.tabIndex = -1; }
    this.chosen = row ?? null;
    const rows = this.visible();
    const at = rows.indexOf(row);
    this.slider.max = String(Math.max(rows.length - 1, 0));
    this.slider.value = String(Math.max(at, 0));
    this.slider.nextElementSibling.textContent = row ? `${this.step(row)} of ${this.step(this.rows.at(-1))}` : "none";
    for (const other of this.rows) other.classList.toggle("later", this.at(other) > this.at(row));
    if (row) {
      row.classList.add("chosen");
      row.tabIndex = 0;
      if (focus && document.activeElement !== this.slider) row.focus({ preventScroll: true });
      if (focus) row.scrollIntoView({ block: "nearest" });
      this.tell(row, this.step(row));
    }
    this.draw();
  }

  tell(row, step) {
    this.tellSource(row.dataset.at);
    this.tellWords(step);
    const held = new Map();
    for (const other of this.rows) {
      if (this.at(other) <= this.at(row)) held.set(other.dataset.thread, other.dataset.held);
    }
    const name = (thread) => this.find(`th[data-lane="${thread}"]`).textContent;
    const told = [...held].filter(([, locks]) => locks !== "").map(([thread, locks]) => `${name(thread)}: ${locks}`);
    this.find(".held p").textContent = told.length ? told.join("; ") : "none";
  }

  tellSource(at) {
    this.find(".source .where").textContent = at;
    const lines = this.find(".source pre");
    lines.replaceChildren();
    const source = this.data.sources[at];
    lines.hidden = !source;
    if (!source) return;
    const here = Number(at.slice(at.lastIndexOf(":") + 1));
    source.lines.forEach((text, index) => {
      const line = document.createElement("span");
      line.dataset.line = String(source.first + index);
      line.classList.toggle("here", source.first + index === here);
      line.textContent = text;
      lines.append(line);
    });
  }

  tellWords(step) {
    const body = this.find(".words tbody");
    const object = this.find("select.object").value;
    body.replaceChildren();
    for (const word of this.data.words) {
      if (object !== "" && word.place.split(/[.[ ]/)[0] !== object) continue;
      const last = word.values.findLast(([at]) => at <= step);
      const row = body.insertRow();
      row.classList.toggle("changed", last !== undefined && last[0] === step);
      row.insertCell().textContent = word.place;
      const value = row.insertCell();
      value.textContent = last ? last[1] : word.first ?? "not written yet";
      value.classList.toggle("unknown", !last && word.first === null);
    }
  }

  // The row that stands for a step: itself, or the closed call around it.
  standing(step) {
    const row = this.byStep.get(step);
    if (!row || row.classList.contains("filtered") || row.classList.contains("early")) return null;
    if (!row.hidden) return row;
    return this.calls(row).find((call) => !call.hidden && !this.isOpen(call)) ?? null;
  }

  draw() {
    const svg = this.find("svg.arrows");
    const kinds = new Set(this.pressed(".kinds [data-kind]").map((button) => button.dataset.kind));
    const all = this.find("button.all").getAttribute("aria-pressed") === "true";
    const near = new Set([this.chosen, this.hovered].filter(Boolean).map((row) => Number(row.dataset.step ?? 0)));
    const table = this.find(".timeline").getBoundingClientRect();
    svg.setAttribute("width", table.width);
    svg.setAttribute("height", table.height);
    svg.replaceChildren();
    for (const arrow of this.data.arrows) {
      const wanted = kinds.has(arrow.kind) && (all || near.has(arrow.from) || near.has(arrow.to));
      if (!wanted && arrow.kind !== "conflict") continue;
      const from = this.standing(arrow.from);
      const to = this.standing(arrow.to);
      if (from && to && from !== to) this.line(svg, arrow.kind, from, to, table);
    }
  }

  line(svg, kind, from, to, table) {
    const box = (row) => row.querySelector(".act").getBoundingClientRect();
    const [a, b] = [box(from), box(to)];
    const side = a.left === b.left || a.left > b.left ? "left" : "right";
    const x1 = (side === "left" ? a.left : Math.min(a.right, a.left + 260)) - table.left;
    const x2 = b.left - table.left;
    const y1 = a.top + a.height / 2 - table.top;
    const y2 = b.top + b.height / 2 - table.top;
    const bend = (kind === "conflict" ? 60 : 18) + Math.min(Math.abs(y2 - y1) / 4, 40);
    const out = side === "left" ? x1 - bend : x1 + bend;
    this.path(svg, kind, `M${x1},${y1} C${out},${y1} ${x2 - bend},${y2} ${x2 - 7},${y2}`);
    if (kind !== "conflict") this.path(svg, `head ${kind}`, `M${x2},${y2} l-8,-4 v8 z`);
  }

  path(svg, classes, shape) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", classes);
    path.setAttribute("d", shape);
    svg.append(path);
  }
}

for (const section of document.querySelectorAll("section.failure")) {
  if (section.querySelector("tr.step")) new Timeline(section);
}
