/** The list of calls: filters, more on demand, and the live tail. */

import { make, setText, attribute, setClass, debounce, perFrame, spoken } from './dom.js';
import { count, micros, money, clock, line, compact, plural, NONE } from './format.js';
import { Grid, textColumn, emptyMessage } from './grid.js';
import { linkTo, go, amend } from './router.js';
import { shortClass } from './overview.js';
import { OUTCOMES, wordsOf, outcomeColumn, agentColumn, traceColumn, durationColumn, attemptsText } from './callrows.js';

const PAGE = 200;
const MOST_TAIL = 5000;

const FIELDS = [
  { name: 'agent', label: 'Agent', list: (store) => store.shownAgents().map((agent) => agent.agent) },
  { name: 'method', label: 'Method' },
  { name: 'outcome', label: 'Outcome', options: [['', 'any'], ...Object.entries(OUTCOMES)] },
  { name: 'model', label: 'Model', list: (store) => store.shownAgents().flatMap((agent) => agent.models ?? []) },
  { name: 'version', label: 'Version' },
  { name: 'session', label: 'Session' },
  { name: 'minMillis', label: 'Min. ms', number: true },
  { name: 'minCostUsd', label: 'Min. cost $', number: true },
  { name: 'order', label: 'Order', options: [['', 'newest first'], ['duration', 'slowest first'], ['cost', 'dearest first']] },
];

const NAMES = ['text', 'from', 'to', ...FIELDS.map((field) => field.name)];

export class Calls {
  name = 'calls';
  title = 'Calls';
  placeholder = 'Search calls and trace ids';

  constructor(app) {
    this.app = app;
    this.store = app.store;
    this.query = {};
    this.rows = new Map();
    this.keys = [];
    this.answer = null;
    this.tailing = false;
    this.waiting = [];
    this.skipped = 0;
    this.loadSoon = debounce(() => this.#load(), 200);
    this.renderTail = perFrame(() => this.#renderTail());
    this.grid = this.#makeGrid();
    this.element = this.#makeElement();
    app.store.listen(() => this.#resumed());
  }

  #makeGrid() {
    return new Grid({
      label: 'Calls',
      className: 'calls',
      columns: [
        textColumn('time', 'Time', (call) => clock(call.start, true), { className: 'time' }),
        outcomeColumn(),
        agentColumn(this.store),
        textColumn('words', 'How', (call) => line(call.words) || (call.error ? shortClass(call.error) : ''), { className: 'words', titleOf: (call) => wordsOf(call) || null }),
        textColumn('model', 'Model', (call) => line(call.model) || NONE, { className: 'model', titleOf: (call) => line(call.provider) || null }),
        traceColumn((text) => this.app.shell.copy(text)),
        durationColumn(() => this.longest),
        textColumn('attempts', 'Attempts', attemptsText, { className: 'number attempts', titleOf: (call) => plural(call.attempts ?? 0, 'attempt') + ', ' + plural(call.httpAttempts ?? 0, 'HTTP request') }),
        textColumn('tokens', 'Tokens', (call) => compact((call.inputTokens ?? 0) + (call.outputTokens ?? 0)), { className: 'number tokens', titleOf: (call) => count(call.inputTokens ?? 0) + ' in, ' + count(call.outputTokens ?? 0) + ' out' }),
        textColumn('cost', 'Cost', (call) => money(call.costUsd, call.priced), { className: 'number cost' }),
      ],
      onOpen: (call) => go(linkTo('calls', [call.jvm, call.id])),
      onEnd: () => this.#more(),
    });
  }

  #makeElement() {
    this.inputs = new Map();
    const fields = FIELDS.map((field) => this.#field(field));
    this.tail = make('button', { type: 'button', class: 'chip tail', 'aria-pressed': 'false', onclick: () => this.#toggleTail() }, make('span', { class: 'pulse', 'aria-hidden': 'true' }), 'Live tail');
    this.fresh = make('button', { type: 'button', class: 'chip fresh', hidden: true, onclick: () => this.#load() }, 'Refresh');
    this.clear = make('button', { type: 'button', class: 'chip', onclick: () => this.#clear() }, 'Clear filters');
    this.golden = make('a', { class: 'chip', hidden: true }, 'Golden results');
    this.counted = make('p', { class: 'counted' });
    return make('section', { class: 'view', 'aria-label': 'Calls' }, make('h1', { class: 'spoken' }, 'Calls'), make('form', { class: 'toolbar filters', 'aria-label': 'Filters', onsubmit: (event) => event.preventDefault() }, ...fields, make('div', { class: 'chips' }, this.tail, make('button', { type: 'button', class: 'chip', onclick: () => this.#load() }, 'Refresh'), this.clear, this.golden), this.counted), this.grid.wrapper);
  }

  #field(field) {
    let input;
    let list = null;
    if (field.options) {
      input = make('select', {}, ...field.options.map(([value, title]) => make('option', { value }, title)));
    } else {
      input = make('input', { type: field.number ? 'number' : 'text', min: field.number ? 0 : null, step: field.number ? 'any' : null, autocomplete: 'off', spellcheck: 'false' });
      if (field.list) {
        list = make('datalist', { id: 'list-' + field.name });
        input.setAttribute('list', list.id);
        input.addEventListener('focus', () => this.#suggest(list, field));
      }
    }
    input.addEventListener('input', () => this.#set(field.name, input.value));
    this.inputs.set(field.name, input);
    return make('label', { class: 'field field-' + field.name }, make('span', {}, field.label), input, list);
  }

  #suggest(list, field) {
    const values = [...new Set(field.list(this.store))].sort().slice(0, 200);
    list.replaceChildren(...values.map((value) => make('option', { value })));
  }

  show(route) {
    const query = {};
    for (const name of NAMES) {
      const value = route.query.get(name);
      if (value) {
        query[name] = value;
      }
    }
    const jvm = this.store.jvm;
    const tail = route.query.get('tail') === '1';
    const same = JSON.stringify([query, jvm, tail]) === this.shownQuery;
    this.query = query;
    this.#fill();
    this.grid.shown();
    this.#stream(tail);
    if (!same) {
      this.shownQuery = JSON.stringify([query, jvm, tail]);
      this.#load();
    }
  }

  hide() {
    this.app.connection.tail(null);
  }

  #fill() {
    for (const [name, input] of this.inputs) {
      if (input.value !== (this.query[name] ?? '') && document.activeElement !== input) {
        input.value = this.query[name] ?? '';
      }
      setClass(input.parentElement, 'set', Boolean(this.query[name]));
    }
    this.golden.hidden = !this.query.agent;
    attribute(this.golden, 'href', linkTo('golden', [], { q: this.query.agent ?? '' }));
    this.clear.hidden = Object.keys(this.query).every((name) => name === 'order');
  }

  get searchText() {
    return this.query.text ?? '';
  }

  search(text) {
    this.#set('text', text);
  }

  reconnected() {
    if (this.tailing && !this.store.paused) {
      this.#load();
    }
  }

  jvmChanged() {
    this.#set('jvm', null);
  }

  #set(name, value) {
    if (name !== 'jvm') {
      if (value) {
        this.query[name] = value;
      } else {
        delete this.query[name];
      }
    }
    this.#amend();
    this.loadSoon();
  }

  #clear() {
    this.query = this.query.order ? { order: this.query.order } : {};
    for (const input of this.inputs.values()) {
      input.value = '';
    }
    this.app.shell.searchChanged(this);
    this.#amend();
    this.#load();
  }

  #amend() {
    amend(linkTo('calls', [], { ...this.query, jvm: this.store.jvm, tail: this.tailing }));
    this.shownQuery = JSON.stringify([this.query, this.store.jvm, this.tailing]);
    this.#fill();
  }

  link() {
    return linkTo('calls', [], { ...this.query, jvm: this.store.jvm, tail: this.tailing });
  }

  #toggleTail() {
    this.#stream(!this.tailing);
    if (this.tailing && this.query.order) {
      delete this.query.order; // a tail is ordered by time
    }
    this.#amend();
    this.#load();
  }

  #stream(tail) {
    this.tailing = tail;
    attribute(this.tail, 'aria-pressed', tail ? 'true' : 'false');
    this.app.connection.tail(tail ? { agent: this.query.agent ?? '', jvm: this.store.jvm } : null);
  }

  parameters(more = {}) {
    return new URLSearchParams({ ...this.query, ...(this.store.jvm ? { jvm: this.store.jvm } : {}), ...more });
  }

  async #load() {
    this.loading?.abort();
    const loading = new AbortController();
    this.loading = loading;
    this.waiting = [];
    this.skipped = 0;
    if (this.tailing) {
      this.#stream(true); // the agent may have changed
    }
    try {
      const answer = await this.app.api.json('/v1/calls?' + this.parameters({ limit: PAGE }), { signal: loading.signal });
      this.rows = new Map();
      this.keys = [];
      this.grid.scrollTop = this.grid.element.scrollTop = 0;
      this.#append(answer);
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.#failed(failure);
      }
    } finally {
      if (this.loading === loading) {
        this.loading = null;
      }
    }
  }

  async #more() {
    if (!this.answer?.next || this.loading || this.paging || (this.tailing && this.keys.length >= MOST_TAIL)) {
      return;
    }
    this.paging = true;
    const answer = this.answer;
    try {
      const next = await this.app.api.json('/v1/calls?' + this.parameters({ limit: PAGE, before: answer.next }));
      if (this.answer === answer) {
        this.#append(next);
      }
    } catch (failure) {
      this.app.shell.toast(failure.message);
    } finally {
      this.paging = false;
    }
  }

  #append(answer) {
    this.answer = answer;
    for (const call of answer.rows) {
      const key = call.jvm + '/' + call.id;
      if (!this.rows.has(key)) {
        this.keys.push(key);
      }
      this.rows.set(key, call);
    }
    this.#show(false);
  }

  #show(anchor) {
    this.longest = 0;
    for (const call of this.rows.values()) {
      this.longest = Math.max(this.longest, call.durationMicros ?? 0);
    }
    this.grid.setRows([...this.keys], this.rows, anchor);
    this.#count();
  }

  #count() {
    const { matched = 0, held, overwritten } = this.answer ?? {};
    const shown = this.keys.length;
    const all = Math.max(matched, shown);
    const parts = [shown < all ? count(shown) + ' of ' + count(all) + ' shown' : plural(all, 'call')];
    if (held > all) {
      parts.push(count(held) + ' records');
    }
    if (overwritten > 0) {
      parts.push(count(overwritten) + ' overwritten');
    }
    if (this.waiting.length > 0) {
      parts.push(count(this.waiting.length) + ' new while paused');
    }
    if (this.skipped > 0) {
      parts.push(count(this.skipped) + ' skipped by the tail');
    }
    setText(this.counted, parts.join(' · '));
    this.grid.say(...(shown > 0 ? [] : this.#emptyWords()));
  }

  #emptyWords() {
    if (Object.keys(this.query).length > 0 || this.store.jvm) {
      return emptyMessage('No recorded call matches these filters.', make('button', { type: 'button', class: 'button', onclick: () => this.#clear() }, 'Clear filters'));
    }
    return emptyMessage('No call has been recorded yet.', 'Calls appear here when a governed method is called. Switch on "Live tail" to see the next one at once.');
  }

  #failed(failure) {
    this.answer = null;
    this.rows = new Map();
    this.keys = [];
    this.grid.setRows([], this.rows);
    setText(this.counted, '');
    this.grid.say(...emptyMessage('The calls could not be read.', failure.message, make('button', { type: 'button', class: 'button', onclick: () => this.#load() }, 'Try again')));
  }

  /** New calls of the stream. */
  arrived(event) {
    if (!this.tailing) {
      return;
    }
    this.skipped += event.skipped ?? 0;
    for (const call of event.rows ?? []) {
      if (this.#matches(call)) {
        this.waiting.push(call);
      }
    }
    if (this.waiting.length > MOST_TAIL) {
      this.skipped += this.waiting.length - MOST_TAIL;
      this.waiting = this.waiting.slice(-MOST_TAIL);
    }
    this.renderTail();
  }

  #matches(call) {
    const { agent, method, outcome, model, version, minMillis, minCostUsd, text } = this.query;
    return (!agent || call.agent === agent) && (!method || call.method === method) && (!outcome || call.outcome === outcome) && (!model || call.model === model) && (!version || call.version === version)
      && (!minMillis || call.durationMicros >= minMillis * 1000) && (!minCostUsd || call.costUsd >= Number(minCostUsd))
      && (!this.store.jvm || call.jvm === this.store.jvm)
      && (!text || JSON.stringify([call.agent, call.method, call.model, call.error, call.words, call.id, call.trace]).toLowerCase().includes(text.toLowerCase()));
  }

  #renderTail() {
    if (this.element.hidden || this.store.paused || this.loading) {
      this.#count();
      return;
    }
    const news = [];
    for (const call of this.waiting) {
      const key = call.jvm + '/' + call.id;
      if (!this.rows.has(key)) {
        news.push(key);
      }
      this.rows.set(key, call);
    }
    this.waiting = [];
    this.keys = [...news.reverse(), ...this.keys];
    for (const key of this.keys.splice(MOST_TAIL)) {
      this.rows.delete(key);
    }
    if (this.answer) {
      this.answer.matched = (this.answer.matched ?? 0) + news.length;
    }
    this.#show(true);
    this.app.rendered();
  }

  #resumed() {
    if (!this.store.paused && this.waiting.length > 0) {
      this.renderTail();
    }
  }

  exports() {
    return { name: 'calls', server: (format) => '/v1/export?' + this.parameters({ what: 'calls', format }) };
  }
}
