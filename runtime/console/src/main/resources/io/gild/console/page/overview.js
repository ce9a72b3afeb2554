/** The table of agents, with what needs attention above it. */

import { make, setText, attribute, setClass, setHidden, perFrame, spoken, replace } from './dom.js';
import { count, rate, percent, micros, dollars, money, clock, line, plural, finite, NONE } from './format.js';
import { Grid, textColumn, emptyMessage } from './grid.js';
import { sparkline, drawSparkline } from './chart.js';
import { attention, attentionWords } from './store.js';
import { linkTo, go, amend } from './router.js';
import { Tiles, AttentionBand } from './tiles.js';

const REORDER_MILLIS = 2000;

const SORTS = {
  attention: (agent) => attention(agent),
  agent: (agent) => agent.agent,
  rate: (agent) => agent.callsPerSecond,
  calls: (agent) => agent.calls,
  success: (agent) => agent.successShare,
  p50: (agent) => agent.p50Micros,
  p95: (agent) => agent.p95Micros,
  p99: (agent) => agent.p99Micros,
  cost: (agent) => agent.costUsd,
  day: (agent) => agent.costPerDayUsd,
  saved: (agent) => (agent.savedUsd?.cache ?? 0) + (agent.savedUsd?.routing ?? 0),
  breakers: (agent) => (agent.breakers?.open ?? 0) * 1000 + (agent.breakers?.halfOpen ?? 0),
  budget: (agent) => agent.budget?.usedShare,
  rollout: (agent) => agent.rollout ?? undefined,
  flags: (agent) => agent.flags,
  error: (agent) => agent.lastError || undefined,
};

const ASCENDING = new Set(['agent', 'success', 'error', 'rollout']);

const FILTERS = [
  ['', 'All', () => true],
  ['attention', 'Needs attention', (agent) => attention(agent) > 0],
  ['failing', 'Failing', (agent) => agent.successShare != null && agent.successShare < 1],
  ['running', 'Running now', (agent) => agent.running > 0],
];

export class Overview {
  name = 'overview';
  title = 'Overview';
  placeholder = 'Search agents';

  constructor(app) {
    this.app = app;
    this.store = app.store;
    this.sort = 'attention';
    this.direction = 'desc';
    this.text = '';
    this.only = '';
    this.orderedAt = 0;
    this.tiles = new Tiles();
    this.band = new AttentionBand(app);
    this.grid = this.#makeGrid();
    this.filters = FILTERS.map(([id, title]) => make('button', { type: 'button', class: 'chip', 'aria-pressed': 'false', 'data-filter': id, onclick: () => this.#filter(id) }, title));
    this.counted = make('p', { class: 'counted' });
    this.held = make('p', { class: 'counted held' }, 'order held while you point at the table');
    this.element = make('section', { class: 'view overview', 'aria-label': 'Overview' }, make('h1', { class: 'spoken' }, 'Overview'), this.tiles.element, this.band.element, make('div', { class: 'toolbar' }, make('div', { class: 'chips', role: 'group', 'aria-label': 'Which agents' }, ...this.filters), this.held, this.counted), this.grid.wrapper);
    this.update = perFrame(() => this.#update());
    app.store.listen(() => this.update());
  }

  #makeGrid() {
    const column = (id, title, textOf, more) => textColumn(id, title, textOf, { sortable: true, className: 'number ' + id, ...more });
    return new Grid({
      label: 'Agents',
      className: 'agents',
      columns: [
        nameColumn(this.store),
        rateColumn(),
        column('calls', 'Calls', (agent) => count(agent.calls)),
        column('success', 'Success', (agent) => percent(agent.successShare), { titleOf: outcomesOf }),
        column('p50', 'p50', (agent) => micros(agent.p50Micros)),
        column('p95', 'p95', (agent) => micros(agent.p95Micros)),
        column('p99', 'p99', (agent) => micros(agent.p99Micros)),
        column('cost', 'Cost', (agent) => money(agent.costUsd, agent.priced), { titleOf: costTitle }),
        column('day', 'Per day', (agent) => (agent.priced === false && !agent.costPerDayUsd ? NONE : dollars(agent.costPerDayUsd)), { hint: 'Cost per day at the present pace' }),
        column('saved', 'Saved', (agent) => savedText(agent), { titleOf: savedTitle, hint: 'Saved by caches and by routing' }),
        breakerColumn(),
        budgetColumn(),
        rolloutColumn(this.app.store),
        column('flags', 'Flags', (agent) => (agent.flags > 0 ? String(agent.flags) : NONE), { hint: 'Signals that are unusual' }),
        textColumn('error', 'Last error', (agent) => shortClass(agent.lastError), { sortable: true, className: 'error', titleOf: (agent) => line(agent.lastError) || null }),
      ],
      onSort: (id) => this.#sortBy(id),
      onOpen: (agent) => go(this.#link(agent)),
      decorate: (node, agent) => {
        const level = attention(agent);
        setClass(node, 'urgent', level === 3);
        setClass(node, 'unusual', level === 2);
        setClass(node, 'flagged', agent.flags > 0);
        setClass(node, 'failing', agent.successShare != null && agent.successShare < 0.95);
      },
    });
  }

  #link(agent) {
    return linkTo('calls', [], { agent: agent.agent, jvm: this.store.linked(agent.jvm) });
  }

  show(route) {
    this.sort = SORTS[route.query.get('sort')] ? route.query.get('sort') : 'attention';
    this.direction = route.query.get('dir') ?? (ASCENDING.has(this.sort) ? 'asc' : 'desc');
    this.text = route.query.get('q') ?? '';
    this.only = route.query.get('only') ?? '';
    this.orderedAt = 0;
    this.grid.shown();
    this.#update();
  }

  hide() {}

  jvmChanged() {
    this.#amend();
  }

  get searchText() {
    return this.text;
  }

  search(text) {
    this.text = text;
    this.#amend();
  }

  #filter(id) {
    this.only = id;
    this.#amend();
  }

  #sortBy(id) {
    if (this.sort === id) {
      this.direction = this.direction === 'asc' ? 'desc' : 'asc';
    } else {
      this.sort = id;
      this.direction = ASCENDING.has(id) ? 'asc' : 'desc';
    }
    this.#amend();
  }

  #amend() {
    const usual = ASCENDING.has(this.sort) ? 'asc' : 'desc';
    amend(linkTo('overview', [], { jvm: this.store.jvm, q: this.text, only: this.only, sort: this.sort === 'attention' ? '' : this.sort, dir: this.direction === usual ? '' : this.direction }));
    this.orderedAt = 0;
    this.#update();
  }

  #update() {
    if (this.element.hidden || (this.store.paused && this.orderedAt !== 0)) {
      return;
    }
    if (this.store.time > 0) {
      this.tiles.update(this.store.totals());
      this.band.update(this.store);
    }
    this.#order();
    this.#count();
    this.app.rendered();
  }

  /** Rows change places only now and then, and never below the pointer or under a selection. */
  #order() {
    const now = performance.now();
    const selecting = !getSelection().isCollapsed;
    const held = this.grid.pointed || selecting;
    const due = this.grid.keys.length === 0 || now - this.orderedAt >= REORDER_MILLIS;
    if (this.orderedAt !== 0 && (held || !due)) {
      this.#keepOrder();
      if (held && due) {
        setClass(this.held, 'on', this.#ordered().some((row, i) => row.key !== this.grid.keys[i]));
      }
      return;
    }
    this.orderedAt = now;
    setClass(this.held, 'on', false);
    this.grid.sorted(this.sort, this.direction);
    this.filters.forEach((button) => attribute(button, 'aria-pressed', button.dataset.filter === this.only ? 'true' : 'false'));
    this.grid.setRows(this.#ordered().map((row) => row.key), this.store.agents);
  }

  #ordered() {
    return this.#matching().sort(comparing(SORTS[this.sort], this.direction));
  }

  #keepOrder() {
    const agents = this.store.agents;
    const shown = new Set(this.grid.keys);
    const news = this.#matching().filter((agent) => !shown.has(agent.key)).map((agent) => agent.key);
    const kept = this.grid.keys.filter((key) => agents.has(key));
    this.grid.setRows(news.length === 0 && kept.length === this.grid.keys.length ? this.grid.keys : [...kept, ...news], agents);
  }

  #matching() {
    const test = (FILTERS.find(([id]) => id === this.only) ?? FILTERS[0])[2];
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    return this.store.shownAgents().filter((agent) => test(agent) && words.every((word) => textOf(agent).includes(word)));
  }

  #count() {
    const all = this.store.shownAgents().length;
    const shown = this.grid.keys.length;
    const cut = this.store.cutAgents > 0 ? ' · ' + count(this.store.agents.size) + ' of ' + count(this.store.matchedAgents) + ' sent by the server' : '';
    setText(this.counted, this.store.time === 0 ? '' : (shown === all ? plural(all, 'agent') : count(shown) + ' of ' + plural(all, 'agent')) + cut);
    setHidden(this.counted, this.store.time === 0);
    if (shown > 0 || this.store.time === 0) {
      this.grid.say(...(this.store.time === 0 ? emptyMessage('Loading…') : []));
    } else if (all > 0) {
      this.grid.say(...emptyMessage('No agent matches.', make('button', { type: 'button', class: 'button', onclick: () => this.#clear() }, 'Show all ' + plural(all, 'agent'))));
    } else if (this.store.jvm) {
      this.grid.say(...emptyMessage('No agent of this JVM is here.', make('button', { type: 'button', class: 'button', onclick: () => this.app.chooseJvm('', true) }, 'Show all JVMs')));
    } else {
      this.grid.say(...emptyMessage('No agent has been called yet.', 'Agents appear here with their first governed call. If the application has answered requests already, run "gild inventory" to see which of its methods Gild found.'));
    }
  }

  #clear() {
    this.text = '';
    this.only = '';
    this.app.shell.searchChanged(this);
    this.#amend();
  }

  exports() {
    return { name: 'agents', rows: () => this.grid.keys.map((key) => this.store.agents.get(key)), columns: ['jvm', 'agent', 'versions', 'callsPerSecond', 'calls', 'running', 'succeeded', 'failed', 'refused', 'cancelled', 'successShare', 'p50Micros', 'p95Micros', 'p99Micros', 'costUsd', 'costPerDayUsd', 'priced', 'inputTokens', 'outputTokens', 'models', 'flags', 'lastError'] };
  }
}

/** Absent values come last in either direction; equal ones by name. */
export function comparing(valueOf, direction) {
  const sign = direction === 'asc' ? 1 : -1;
  return (a, b) => {
    const one = valueOf(a);
    const two = valueOf(b);
    if (one === undefined || one === null || two === undefined || two === null) {
      const absent = (one === undefined || one === null) - (two === undefined || two === null);
      return absent || byName(a, b);
    }
    const order = typeof one === 'string' ? names.compare(one, two) : one - two;
    return order !== 0 ? order * sign : byName(a, b);
  };
}

const names = new Intl.Collator('en', { numeric: true });

function byName(a, b) {
  return names.compare(a.agent, b.agent) || (a.key < b.key ? -1 : 1);
}

function textOf(agent) {
  return (agent.agent + ' ' + agent.key + ' ' + (agent.models ?? []).join(' ') + ' ' + (agent.lastError ?? '') + ' ' + (agent.versions ?? []).join(' ')).toLowerCase();
}

function nameColumn(store) {
  return {
    id: 'agent',
    title: 'Agent',
    sortable: true,
    className: 'agent',
    make(cell) {
      cell.mark = make('span', { class: 'mark' });
      cell.link = make('a', { tabindex: -1, class: 'name' });
      cell.small = make('span', { class: 'small' });
      cell.append(cell.mark, cell.link, cell.small);
    },
    update(cell, agent) {
      const why = attentionWords(agent);
      cell.mark.className = 'mark level' + attention(agent);
      attribute(cell.mark, 'role', why ? 'img' : null);
      attribute(cell.mark, 'aria-label', why || null);
      attribute(cell.mark, 'title', why || null);
      setText(cell.link, line(agent.agent));
      attribute(cell.link, 'href', linkTo('calls', [], { agent: agent.agent, jvm: store.linked(agent.jvm) }));
      const jvm = store.jvms.length > 1 && !store.jvm ? line(store.jvmName(agent.jvm)).replace(/\.jar$/, '') : '';
      setText(cell.small, [line((agent.versions ?? []).join(', ')), jvm].filter(Boolean).join(' · '));
      attribute(cell, 'title', line(agent.agent) + (jvm ? ' in ' + line(store.jvmName(agent.jvm)) + ' (' + line(agent.jvm) + ')' : ''));
    },
  };
}

function rateColumn() {
  return {
    id: 'rate',
    title: 'Calls/s',
    sortable: true,
    className: 'number rate',
    make(cell) {
      cell.chart = sparkline(72, 18);
      cell.text = make('span');
      cell.append(cell.chart, cell.text);
    },
    update(cell, agent) {
      drawSparkline(cell.chart, agent.sparkline);
      setText(cell.text, rate(agent.callsPerSecond));
      attribute(cell, 'title', agent.running > 0 ? plural(agent.running, 'call') + ' running' : null);
    },
  };
}

function breakerColumn() {
  return {
    ...textColumn('breakers', 'Breakers', (agent) => breakerText(agent.breakers), { sortable: true, className: 'breakers' }),
    update(cell, agent) {
      setText(cell, breakerText(agent.breakers));
      setClass(cell, 'bad', agent.breakers?.open > 0);
      setClass(cell, 'warn', !(agent.breakers?.open > 0) && agent.breakers?.halfOpen > 0);
    },
  };
}

function breakerText(breakers) {
  if (!breakers) {
    return NONE;
  }
  const { open = 0, halfOpen = 0, closed = 0 } = breakers;
  return open > 0 ? open + ' open' : halfOpen > 0 ? halfOpen + ' half open' : closed > 0 ? closed + ' closed' : NONE;
}

function budgetColumn() {
  return {
    id: 'budget',
    title: 'Budget',
    sortable: true,
    className: 'budget',
    make(cell) {
      cell.bar = make('span', { class: 'meter', 'aria-hidden': 'true' }, make('span'));
      cell.text = make('span', { class: 'meter-text' });
      cell.append(cell.bar, cell.text);
    },
    update(cell, agent) {
      const budget = agent.budget;
      setHidden(cell.bar, !budget);
      const share = finite(budget?.usedShare) ? budget.usedShare : 0;
      setText(cell.text, budget ? Math.floor(share * 100) + ' %' : NONE);
      cell.bar.firstChild.style.width = Math.min(100, share * 100) + '%';
      setClass(cell, 'bad', share >= 1);
      setClass(cell, 'warn', share >= 0.8 && share < 1);
      attribute(cell, 'title', budget ? dollars(budget.spentUsd) + ' of ' + dollars(budget.limitUsd) + ' a ' + line(budget.period) : null);
    },
  };
}

function rolloutColumn(store) {
  const of = (agent) => (agent.rollout ? store.rollouts.find((rollout) => rollout.id === agent.rollout) : null);
  return textColumn('rollout', 'Rollout', (agent) => {
    const rollout = of(agent);
    return rollout ? (rollout.state === 'running' && finite(rollout.sharePercent) ? Math.round(rollout.sharePercent) + ' % → ' + line(rollout.to) : line(rollout.state)) : agent.rollout ? 'yes' : NONE;
  }, { sortable: true, className: 'rollout', titleOf: (agent) => line(of(agent)?.words) || null });
}

function savedText(agent) {
  const saved = (agent.savedUsd?.cache ?? 0) + (agent.savedUsd?.routing ?? 0);
  return saved > 0 ? dollars(saved) : NONE;
}

function savedTitle(agent) {
  return agent.savedUsd ? 'by caches ' + dollars(agent.savedUsd.cache ?? 0) + ', by routing ' + dollars(agent.savedUsd.routing ?? 0) : null;
}

function costTitle(agent) {
  return agent.priced === false ? 'A model of this agent has no price, so its cost is unknown. Add it to prices.' : plural(agent.inputTokens ?? 0, 'input token') + ', ' + plural(agent.outputTokens ?? 0, 'output token');
}

function outcomesOf(agent) {
  return [[agent.succeeded, 'succeeded'], [agent.failed, 'failed'], [agent.refused, 'refused'], [agent.cancelled, 'cancelled']].filter(([number]) => number > 0).map(([number, word]) => count(number) + ' ' + word).join(', ') || null;
}

/** "java.net.ConnectException" → "ConnectException" */
export function shortClass(name) {
  const text = line(name);
  return /^[\w.$]+$/.test(text) ? text.slice(text.lastIndexOf('.') + 1) : text;
}
