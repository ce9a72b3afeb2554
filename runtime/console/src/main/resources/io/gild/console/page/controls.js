/** Breakers, caches, budgets and the mode: their state, and buttons where the server allows them. */

import { make, setText, attribute, setClass, setHidden, replace, perFrame } from './dom.js';
import { count, clock, line, plural } from './format.js';
import { Grid, textColumn, emptyMessage } from './grid.js';
import { linkTo, amend } from './router.js';

const KIND_NAMES = { circuitbreaker: 'circuit breaker', ratelimiter: 'rate limit', ratelimit: 'rate limit' };
const URGENT = { circuitbreaker: /^(open|forced.open)/, budget: /^(spent|exhausted|used up)/, bulkhead: /^full/, ratelimiter: /^used up/ };

export class Controls {
  name = 'controls';
  title = 'Controls';
  placeholder = 'Search controls';

  constructor(app) {
    this.app = app;
    this.store = app.store;
    this.text = '';
    this.kind = '';
    this.kinds = make('div', { class: 'chips', role: 'group', 'aria-label': 'Kind of control' });
    this.counted = make('p', { class: 'counted' });
    this.readOnly = make('p', { class: 'note-box', hidden: true }, 'This console is read-only. To act here, set "console.actions: true" in gild.yaml.');
    this.grid = new Grid({
      label: 'Controls',
      className: 'controls',
      columns: [
        textColumn('kind', 'Kind', (row) => kindName(row.kind), { className: 'kindname' }),
        textColumn('agent', 'Agent', (row) => line(row.agent || ''), { className: 'agent' }),
        textColumn('name', 'Name', (row) => line(row.name || row.method), { className: 'controlname', titleOf: (row) => line(row.name) }),
        stateColumn(),
        textColumn('words', 'What it does now', (row) => line(row.words) || numbersText(row.numbers), { className: 'words', titleOf: (row) => [line(row.words), numbersText(row.numbers)].filter(Boolean).join(' · ') || null }),
        actionColumn((row, action) => this.#ask(row, action)),
      ],
      onOpen: (row, key) => this.grid.nodes.get(key)?.querySelector('button')?.focus(),
    });
    this.element = make('section', { class: 'view', 'aria-label': 'Controls' }, make('h1', { class: 'spoken' }, 'Controls'), make('div', { class: 'toolbar' }, this.kinds, this.counted), this.readOnly, this.grid.wrapper);
    this.update = perFrame(() => this.#update());
    app.store.listen(() => this.update());
  }

  show(route) {
    this.text = route.query.get('q') ?? '';
    this.kind = route.query.get('kind') ?? '';
    this.shown = false;
    this.grid.shown();
    this.#update();
  }

  hide() {}

  get searchText() {
    return this.text;
  }

  search(text) {
    this.text = text;
    this.#amend();
  }

  #choose(kind) {
    this.kind = kind;
    this.#amend();
  }

  #amend() {
    amend(linkTo('controls', [], { q: this.text, kind: this.kind }));
    this.shown = false;
    this.#update();
  }

  #update() {
    if (this.element.hidden || (this.store.paused && this.shown)) {
      return;
    }
    this.shown = true;
    const all = this.store.ofJvm([...this.store.controls.values()]);
    this.#kindChips(all);
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = all.filter((row) => (!this.kind || row.kind === this.kind) && words.every((word) => (kindName(row.kind) + ' ' + row.agent + ' ' + row.name + ' ' + row.state + ' ' + row.words).toLowerCase().includes(word)));
    rows.sort((a, b) => kindName(a.kind).localeCompare(kindName(b.kind)) || String(a.agent).localeCompare(String(b.agent)) || (a.key < b.key ? -1 : 1));
    const urgent = rows.filter(isUrgent);
    this.grid.setRows([...urgent, ...rows.filter((row) => !isUrgent(row))].map((row) => row.key), this.store.controls);
    setClass(this.grid.wrapper, 'no-actions', !all.some((row) => (row.actions ?? []).length > 0));
    setHidden(this.readOnly, this.store.info.readOnly !== true);
    setText(this.counted, (rows.length < all.length ? count(rows.length) + ' of ' : '') + plural(all.length, 'control'));
    this.grid.say(...(rows.length > 0 ? [] : all.length > 0 ? emptyMessage('No control matches.') : emptyMessage('Nothing to control yet.', 'Circuit breakers, caches and budgets appear here with the first call of a method that has one.')));
    this.app.rendered();
  }

  #kindChips(all) {
    const kinds = [...new Set(all.map((row) => row.kind))].sort();
    const wanted = ['', ...kinds].join();
    if (this.chipKinds !== wanted) {
      this.chipKinds = wanted;
      replace(this.kinds, ...['', ...kinds].map((kind) => make('button', { type: 'button', class: 'chip', 'data-kind': kind, onclick: () => this.#choose(kind) }, kind ? kindName(kind) : 'All')));
    }
    for (const chip of this.kinds.children) {
      attribute(chip, 'aria-pressed', chip.dataset.kind === this.kind ? 'true' : 'false');
    }
  }

  async #ask(row, action) {
    const name = kindName(row.kind) + ' ' + line(row.name);
    const [question, button] = row.kind === 'mode' ? ['Switch to ' + action + ' mode?', 'Switch to ' + action] : [capital(action) + ' the ' + name + '?', capital(action) + ' ' + kindName(row.kind)];
    if (!(await this.app.shell.confirm(question, consequence(row.kind, action) + ' The action is written to the audit log.', button))) {
      return;
    }
    try {
      const answer = await this.app.api.act(row.key, action);
      this.app.shell.toast(line(answer.words) || 'Done.');
    } catch (failure) {
      this.app.shell.toast(failure.message);
    }
  }

  exports() {
    return { name: 'controls', rows: () => this.grid.keys.map((key) => this.store.controls.get(key)), columns: ['key', 'jvm', 'kind', 'agent', 'name', 'state', 'words'] };
  }
}

/** The same word means other things: an open breaker refuses, an open budget pays. */
export function isUrgent(row) {
  return URGENT[row.kind]?.test(row.state ?? '') ?? false;
}

function kindName(kind) {
  return KIND_NAMES[kind] ?? line(kind);
}

function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function consequence(kind, action) {
  const known = {
    'circuitbreaker open': 'Calls are refused until it is closed again.',
    'circuitbreaker close': 'Calls go through again at once, and its counts start anew.',
    'cache clear': 'All its answers are dropped; the next calls pay for new ones.',
    'mode observe': 'From now on policies only watch; none of them acts.',
    'mode enforce': 'From now on policies act: they may cache, route, retry and refuse calls.',
  };
  return known[kind + ' ' + action] ?? 'This takes effect in the running application at once.';
}

function numbersText(numbers) {
  return Object.entries(numbers ?? {}).filter(([, value]) => value !== null).map(([name, value]) => line(name) + ' ' + (typeof value !== 'number' ? line(value) : value > 1e12 ? clock(value) : Number.isInteger(value) ? count(value) : String(value))).join(', ');
}

function stateColumn() {
  return {
    id: 'state',
    title: 'State',
    className: 'state',
    make(cell) {
      cell.badge = make('span', { class: 'outcome' });
      cell.append(cell.badge);
    },
    update(cell, row) {
      const state = row.state ?? '';
      cell.badge.className = 'outcome ' + (isUrgent(row) ? 'failure' : /half/i.test(state) ? 'refused' : 'calm-state');
      setText(cell.badge, line(state));
    },
  };
}

function actionColumn(act) {
  return {
    id: 'actions',
    title: 'Actions',
    className: 'actions',
    make(cell) {
      cell.known = '';
    },
    update(cell, row) {
      cell.row = row;
      const actions = (row.actions ?? []).join();
      if (cell.known !== actions) {
        cell.known = actions;
        replace(cell, ...(row.actions ?? []).map((action) => make('button', { type: 'button', class: 'button small-button', onclick: () => act(cell.row, action) }, capital(action))));
      }
      [...cell.children].forEach((button, i) => attribute(button, 'aria-label', capital(row.actions[i]) + ' ' + kindName(row.kind) + ' ' + line(row.name)));
    },
  };
}
