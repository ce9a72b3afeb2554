"use strict";
(() => {
  const tasks = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("filter");
  const body = document.getElementById("rows");
  const STATES = ["failed", "flaky", "undecided", "passed", "regressed", "repaired"];
  const COLUMNS = [
    ["state", "Outcome"], ["task", "Task"], ["agent", "Agent"], ["tags", "Tags"], ["rate", "Passed", true],
    ["score", "Score", true], ["history", "History"], ["ms", "Latency", true], ["cost", "Cost", true],
  ];
  const state = { q: "", agent: "", tag: "", outcome: "", sort: "", open: "" };

  for (const task of tasks) {
    task.rate = task.decided ? task.passes / task.decided : -1;
    task.key = task.agent + "/" + task.task;
    task.text = [task.key, task.method, ...task.tags,
      ...task.runs.flatMap((run) => [run.input, run.expected, run.answer, run.message])].join("\n").toLowerCase();
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function drawing(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function time(ms) {
    return ms < 10 ? ms.toFixed(1) + " ms" : ms < 1000 ? Math.round(ms) + " ms" : (ms / 1000).toFixed(2) + " s";
  }

  function money(usd) {
    if (!usd) return "$0";
    return "$" + usd.toFixed(Math.min(9, Math.max(2, 2 - Math.floor(Math.log10(usd)))));
  }

  function sparkline(history) {
    const known = history.filter((rate) => rate !== null);
    const svg = drawing("svg", {
      class: "spark", viewBox: "0 0 82 16", role: "img",
      "aria-label": known.filter((rate) => rate === 1).length + " of " + known.length + " runs passed",
    });
    history.forEach((rate, i) => {
      if (rate === null) return;
      const height = rate === 0 ? 16 : 4 + 8 * rate;
      const x = 82 - (history.length - i) * 4;
      svg.append(drawing("rect", {
        class: rate === 1 ? "pass" : rate === 0 ? "fail" : "part", x, y: 16 - height, width: 3, height,
      }));
    });
    return svg;
  }

  function difference(parts) {
    return parts.map(([side, text]) => side === 0 ? text : element(side === 1 ? "del" : "ins", {}, text));
  }

  function pair(list, name, ...content) {
    if (content.length && content[0] !== "") list.append(element("dt", {}, name), element("dd", {}, ...content));
  }

  function run(result) {
    const facts = ["run " + result.n, time(result.ms), money(result.cost), result.tokens + " tokens",
      result.attempts + " attempts", result.requests + " requests", "seed " + result.seed].join(" · ");
    const list = element("dl");
    pair(list, "asked", result.input);
    if (result.diff.length) pair(list, "difference", ...difference(result.diff));
    pair(list, "expected", result.expected);
    pair(list, "got", result.answer);
    for (const [outcome, check, score, reason] of result.checks) {
      pair(list, "check " + outcome, check + " (" + score + ")" + (reason ? ": " + reason : ""));
    }
    const box = element("div", { class: "run" },
      element("p", {}, element("strong", {}, result.outcome), result.message ? ": " + result.message : "", " ",
        element("span", { class: "facts" }, facts)));
    box.append(list);
    return box;
  }

  function details(task) {
    const cell = element("td", { colspan: COLUMNS.length }, element("span", { class: "tag" }, task.method));
    cell.append(...task.runs.map(run));
    return element("tr", { class: "details" }, cell);
  }

  function row(task) {
    const open = state.open === task.key;
    const name = element("button", { class: "name", type: "button", "aria-expanded": open }, task.task);
    const label = task.state === "failed" ? task.outcome : task.state;
    const made = element("tr", { class: "task", "data-key": task.key },
      element("td", { class: "state " + task.state }, label,
        task.change ? element("span", { class: "change " + task.change }, task.change) : ""),
      element("td", {}, name),
      element("td", {}, task.agent),
      element("td", {}, ...task.tags.map((tag) => element("span", { class: "tag" }, tag))),
      element("td", { class: "number" }, task.decided ? task.passes + " of " + task.decided : "–"),
      element("td", { class: "number" }, task.decided ? task.score.toFixed(2) : "–"),
      element("td", {}, sparkline(task.history)),
      element("td", { class: "number" }, time(task.ms)),
      element("td", { class: "number" }, money(task.cost)));
    name.addEventListener("click", () => {
      const shown = name.getAttribute("aria-expanded") === "true";
      name.setAttribute("aria-expanded", !shown);
      if (shown) made.nextSibling.remove(); else made.after(details(task));
      state.open = shown ? "" : task.key;
      remember();
    });
    return open ? [made, details(task)] : [made];
  }

  function matches(task, outcome) {
    return (!state.agent || task.agent === state.agent)
      && (!state.tag || task.tags.includes(state.tag))
      && (!outcome || task.state === outcome || task.change === outcome)
      && state.q.toLowerCase().split(/\s+/).every((word) => task.text.includes(word));
  }

  function value(task, column) {
    switch (column) {
      case "state": return STATES.indexOf(task.state) - (task.change === "regressed" ? 0.5 : 0);
      case "tags": return task.tags.join(" ");
      case "history": return task.history.reduce((sum, rate) => sum + (rate === null ? 0 : rate), 0);
      default: return task[column];
    }
  }

  function sorted(list) {
    const down = state.sort.startsWith("-");
    const column = state.sort.replace("-", "") || "state";
    return list.sort((a, b) => {
      const one = value(a, column), other = value(b, column);
      const order = typeof one === "string" ? one.localeCompare(other) : one - other;
      return (down ? -order : order) || a.key.localeCompare(b.key);
    });
  }

  function show() {
    const found = sorted(tasks.filter((task) => matches(task, state.outcome)));
    body.replaceChildren(...found.flatMap(row));
    if (!found.length) {
      body.append(element("tr", {}, element("td", { colspan: COLUMNS.length, class: "empty" }, "No task fits the filter.")));
    }
    document.getElementById("count").textContent = found.length + " of " + tasks.length;
    document.getElementById("states").replaceChildren(...["", ...STATES].flatMap((name) => {
      const count = tasks.filter((task) => matches(task, name)).length;
      if (name && !count && state.outcome !== name) return [];
      const button = element("button", { type: "button", "aria-pressed": state.outcome === name, "data-state": name },
        name || "all", element("small", {}, count));
      button.addEventListener("click", () => { change({ outcome: name });
        document.querySelector(`#states [data-state="${name}"]`).focus(); });
      return [button];
    }));
    document.getElementById("heads").replaceChildren(...COLUMNS.map(([key, title, number]) => {
      const at = state.sort.replace("-", "") === key;
      const head = element("th", { scope: "col", class: number ? "number" : "" });
      if (at) head.setAttribute("aria-sort", state.sort.startsWith("-") ? "descending" : "ascending");
      const button = element("button", { type: "button" }, title);
      button.addEventListener("click", () => {
        change({ sort: state.sort === key ? "-" + key : key });
        document.querySelectorAll("#heads button")[COLUMNS.findIndex((column) => column[0] === key)].focus();
      });
      head.append(button);
      return head;
    }));
  }

  function remember() {
    const known = Object.entries(state).filter(([, text]) => text);
    history.replaceState(null, "", "#" + new URLSearchParams(known));
  }

  function change(some) {
    Object.assign(state, some);
    remember();
    show();
  }

  function recall() {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const key of Object.keys(state)) state[key] = given.get(key) || "";
    for (const key of ["q", "agent", "tag"]) form.elements[key].value = state[key];
    show();
  }

  function options(select, values) {
    [...new Set(values)].sort().forEach((text) => select.append(element("option", { value: text }, text)));
  }

  options(form.elements.agent, tasks.map((task) => task.agent));
  options(form.elements.tag, tasks.flatMap((task) => task.tags));
  form.addEventListener("input", () => change({
    q: form.elements.q.value, agent: form.elements.agent.value, tag: form.elements.tag.value,
  }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", recall);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      form.elements.q.focus();
    }
  });
  recall();
})();
