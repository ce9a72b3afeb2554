/** The policies in force, where each comes from, and which do not act. */

import { make, setText, attribute, setClass } from './dom.js';
import { count, line, plural } from './format.js';
import { Grid, textColumn, emptyMessage } from './grid.js';
import { linkTo, amend } from './router.js';
import { messageDialog } from './dialogs.js';

export class Policies {
  name = 'policies';
  title = 'Policies';
  placeholder = 'Search policies';

  constructor(app) {
    this.app = app;
    this.text = '';
    this.only = '';
    this.all = [];
    this.idle = make('button', { type: 'button', class: 'chip', 'aria-pressed': 'false', onclick: () => this.#toggle() }, 'Does not act');
    this.counted = make('p', { class: 'counted' });
    this.grid = new Grid({
      label: 'Policies',
      className: 'policies',
      columns: [
        textColumn('agent', 'Agent', (row) => line(row.agent), { className: 'agent' }),
        textColumn('method', 'Method', (row) => shortMethod(row.method), { className: 'method', titleOf: (row) => line(row.method) }),
        textColumn('policy', 'Policy', (row) => line(row.key), { className: 'policy' }),
        textColumn('value', 'Value', (row) => line(row.text), { className: 'value', titleOf: (row) => line(row.text) }),
        textColumn('origin', 'From', (row) => shortOrigin(row.origin), { className: 'origin', titleOf: (row) => line(row.origin) }),
        actsColumn(),
      ],
      onOpen: (row) => showPolicy(row),
    });
    this.element = make('section', { class: 'view', 'aria-label': 'Policies' }, make('h1', { class: 'spoken' }, 'Policies'), make('div', { class: 'toolbar' }, make('div', { class: 'chips' }, this.idle, make('button', { type: 'button', class: 'chip', onclick: () => this.#load() }, 'Refresh')), this.counted), this.grid.wrapper);
  }

  show(route) {
    this.text = route.query.get('q') ?? '';
    this.only = route.query.get('only') ?? '';
    this.grid.shown();
    this.#load();
  }

  hide() {}

  jvmChanged() {
    this.#render();
  }

  get searchText() {
    return this.text;
  }

  search(text) {
    this.text = text;
    this.#amend();
  }

  #toggle() {
    this.only = this.only ? '' : 'idle';
    this.#amend();
  }

  #amend() {
    amend(linkTo('policies', [], { q: this.text, only: this.only }));
    this.#render();
  }

  async #load() {
    try {
      const answer = await this.app.api.json('/v1/policies');
      this.all = (answer.methods ?? []).flatMap((method) => (method.policies ?? []).map((policy) => ({ ...policy, jvm: method.jvm, agent: method.agent, method: method.method, text: valueText(policy.value) })));
      this.methods = (answer.methods ?? []).length;
      this.#render();
    } catch (failure) {
      this.all = [];
      this.#render();
      this.grid.say(...emptyMessage('The policies could not be read.', failure.message));
    }
  }

  #render() {
    attribute(this.idle, 'aria-pressed', this.only ? 'true' : 'false');
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = this.app.store.ofJvm(this.all).filter((row) => (!this.only || row.acts === false) && words.every((word) => (row.agent + ' ' + row.method + ' ' + row.key + ' ' + row.text + ' ' + row.origin + ' ' + row.words).toLowerCase().includes(word)));
    const map = new Map(rows.map((row, i) => [[row.jvm, row.agent, row.method, row.key, i].join('\n'), row]));
    this.grid.setRows([...map.keys()], map);
    const idle = this.all.filter((row) => row.acts === false).length;
    setText(this.counted, (rows.length < this.all.length ? count(rows.length) + ' of ' : '') + plural(this.all.length, 'policy').replace('policys', 'policies') + ' of ' + plural(this.methods ?? 0, 'method') + (idle > 0 ? ' · ' + count(idle) + ' do not act' : ''));
    this.grid.say(...(rows.length > 0 ? [] : this.all.length > 0 ? emptyMessage('No policy matches.') : emptyMessage('No policy is in force.', 'Add an annotation such as @Retry to a method, or a policy for it to gild.yaml.')));
  }

  exports() {
    return { name: 'policies', rows: () => this.grid.keys.map((key) => this.grid.rows.get(key)), columns: ['jvm', 'agent', 'method', 'key', 'text', 'origin', 'acts', 'words'] };
  }
}

function actsColumn() {
  return {
    id: 'acts',
    title: 'Acts',
    className: 'acts',
    make(cell) {
      cell.badge = make('span', { class: 'outcome' });
      cell.words = make('span', { class: 'small' });
      cell.append(cell.badge, cell.words);
    },
    update(cell, row) {
      const acts = row.acts !== false;
      cell.badge.className = 'outcome ' + (acts ? 'success' : 'refused');
      setText(cell.badge, acts ? 'acts' : 'does not act');
      setText(cell.words, line(row.words));
      attribute(cell, 'title', line(row.words) || null);
    },
  };
}

/** All of one policy: what a row has no room for. */
function showPolicy(row) {
  const part = (name, value) => (value ? [make('dt', {}, name), make('dd', { class: 'foreign' }, value)] : []);
  const values = entriesOf(row.value).flatMap(([name, value]) => part(name || 'value', line(value)));
  return messageDialog('Policy ' + line(row.key), make('dl', { class: 'facts' }, ...part('agent', line(row.agent)), ...part('method', line(row.method)), ...part('from', line(row.origin)), ...part('acts', row.acts === false ? 'no' : 'yes'), ...part('why', line(row.words)), ...values));
}

/** "com.acme.SupportDesk#answer" → "SupportDesk#answer" */
function shortMethod(method) {
  const text = line(method);
  return /^[\w.$]+#/.test(text) ? text.slice(text.lastIndexOf('.', text.indexOf('#')) + 1) : text;
}

/** "/home/acme/gild.yaml:12" → "gild.yaml:12" */
function shortOrigin(origin) {
  return line(origin).replace(/(^|\s)\S*[\\/](?=[^\\/\s]+\.ya?ml)/g, '$1');
}

/** {maxAttempts: 3, wait: {first: "1s"}} → maxAttempts 3, wait.first 1s; empty values say nothing. */
function entriesOf(value, prefix = '') {
  if (value === null || value === undefined || value === '') {
    return [];
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? [] : [[prefix, value.map((part) => entriesOf(part).map((entry) => entry.filter(Boolean).join(' ')).join(', ')).join(' | ')]];
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, part]) => entriesOf(part, prefix ? prefix + '.' + name : name));
  }
  return [[prefix, String(value)]];
}

function valueText(value) {
  return entriesOf(value).map((entry) => entry.filter(Boolean).join(' ')).join(', ');
}
