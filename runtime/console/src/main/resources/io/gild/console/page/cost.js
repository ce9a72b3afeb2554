/** What was spent, by any two dimensions, with the explanation of the sum. */

import { make, setText, attribute, setHidden, replace, icon } from './dom.js';
import { count, compact, dollars, exactDollars, clock, line, plural, finite, NONE } from './format.js';
import { emptyMessage } from './grid.js';
import { table, pricesWords } from './detail.js';
import { linkTo, go, amend } from './router.js';

const DIMENSIONS = ['agent', 'model', 'provider', 'method', 'version', 'kind', 'jvm', 'outcome', 'session', 'hour'];
const CALL_FILTERS = new Set(['agent', 'model', 'method', 'version', 'outcome', 'session', 'jvm']);
const MEASURES = { usd: ['Cost', dollars], tokens: ['Tokens', compact], calls: ['Calls', count] };
const MOST_ROWS = 100;
const MOST_COLUMNS = 12;

export class Cost {
  name = 'cost';
  title = 'Cost';
  placeholder = 'Search rows';

  constructor(app) {
    this.app = app;
    this.text = '';
    this.rows = 'agent';
    this.columns = 'model';
    this.measure = 'usd';
    this.most = MOST_ROWS;
    this.element = this.#makeElement();
  }

  #makeElement() {
    const options = (more) => [...more, ...DIMENSIONS].map((name) => make('option', { value: name }, name));
    this.rowSelect = make('select', { onchange: () => this.#choose(this.rowSelect.value, this.columns) }, ...options([]));
    this.columnSelect = make('select', { onchange: () => this.#choose(this.rows, this.columnSelect.value) }, ...options(['none']));
    this.swap = make('button', { type: 'button', class: 'icon-button', 'aria-label': 'Swap rows and columns', title: 'Swap rows and columns', onclick: () => this.columns !== 'none' && this.#choose(this.columns, this.rows) }, icon('swap'));
    this.measures = Object.entries(MEASURES).map(([id, [title]]) => make('button', { type: 'button', class: 'chip', 'aria-pressed': 'false', 'data-measure': id, onclick: () => this.#measure(id) }, title));
    this.total = make('p', { class: 'cost-total' });
    this.notes = make('p', { class: 'counted' });
    this.matrix = make('div', { class: 'matrix', tabindex: 0, role: 'region', 'aria-label': 'Cost by rows and columns' });
    this.message = make('div', { class: 'empty inline', hidden: true });
    this.unpriced = make('div', { class: 'note-box', hidden: true });
    this.explanation = make('div', { class: 'explanation' });
    return make('section', { class: 'view scrolling', 'aria-label': 'Cost' }, make('h1', { class: 'spoken' }, 'Cost'),
      make('div', { class: 'toolbar' }, make('label', { class: 'field' }, make('span', {}, 'Rows'), this.rowSelect), this.swap, make('label', { class: 'field' }, make('span', {}, 'Columns'), this.columnSelect), make('div', { class: 'chips', role: 'group', 'aria-label': 'Measure' }, ...this.measures), make('button', { type: 'button', class: 'chip', onclick: () => this.#load() }, 'Refresh'), this.notes),
      make('div', { class: 'pane' }, this.total, this.unpriced, this.message, this.matrix, this.explanation));
  }

  show(route) {
    const known = (name, usual, extra) => (DIMENSIONS.includes(name) || name === extra ? name : usual);
    this.rows = known(route.query.get('rows'), 'agent');
    this.columns = known(route.query.get('columns'), 'model', 'none');
    this.measure = route.query.get('measure') in MEASURES ? route.query.get('measure') : 'usd';
    this.from = route.query.get('from') ?? '';
    this.to = route.query.get('to') ?? '';
    this.text = route.query.get('q') ?? '';
    this.most = MOST_ROWS;
    this.#load();
  }

  hide() {}

  jvmChanged() {
    this.#load();
  }

  get searchText() {
    return this.text;
  }

  search(text) {
    this.text = text;
    this.#amend();
    this.#render();
  }

  #measure(id) {
    this.measure = id;
    this.#amend();
    this.#render();
  }

  #choose(rows, columns) {
    this.rows = rows;
    this.columns = columns === rows ? 'none' : columns;
    this.#amend();
    this.#load();
  }

  #amend() {
    amend(linkTo('cost', [], { rows: this.rows, columns: this.columns, measure: this.measure === 'usd' ? '' : this.measure, q: this.text, from: this.from, to: this.to }));
  }

  #query(more = {}) {
    const query = { rows: this.rows, columns: this.columns, ...more };
    for (const [name, value] of [['from', this.from], ['to', this.to], ['jvm', this.app.store.jvm]]) {
      if (value) {
        query[name] = value;
      }
    }
    return new URLSearchParams(query);
  }

  async #load() {
    this.rowSelect.value = this.rows;
    this.columnSelect.value = this.columns;
    this.loading?.abort();
    const loading = (this.loading = new AbortController());
    try {
      this.answer = await this.app.api.json('/v1/cost?' + this.#query(), { signal: loading.signal });
      this.#render();
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.answer = null;
        this.#say(emptyMessage('The costs could not be read.', failure.message));
      }
    }
  }

  #say(message) {
    setHidden(this.message, false);
    replace(this.message, ...message);
    replace(this.matrix);
    replace(this.explanation);
    setText(this.total, '');
    setText(this.notes, '');
    setHidden(this.unpriced, true);
  }

  #render() {
    const answer = this.answer;
    if (!answer) {
      return;
    }
    this.measures.forEach((button) => attribute(button, 'aria-pressed', String(button.dataset.measure === this.measure)));
    if ((answer.rows ?? []).length === 0) {
      this.#say(emptyMessage('Nothing has been spent in this recording.', 'Costs appear here when an agent calls a model. Calls that a cache answers cost nothing.'));
      return;
    }
    setHidden(this.message, true);
    this.#head(answer);
    this.#matrix(answer);
    this.#explain(answer);
  }

  #head(answer) {
    replace(this.total, make('strong', {}, dollars(answer.totalUsd)), make('span', { class: 'quiet' }, ' since ' + clock(answer.since) + savedWords(answer.savedUsd) + (answer.pricesFrom ? ' · ' + pricesWords(answer.pricesFrom) : '')));
    const models = answer.unpricedModels ?? [];
    setHidden(this.unpriced, !(answer.unpricedCalls > 0));
    setText(this.unpriced, 'The total leaves out ' + plural(answer.unpricedCalls ?? 0, 'unpriced call') + ': no price for ' + models.slice(0, 8).map(line).join(', ') + (models.length > 8 ? ' and ' + (models.length - 8) + ' more models' : '') + '. Add a price for ' + (models.length === 1 ? 'it' : 'them') + ' under "prices" in gild.yaml.');
  }

  /** Rows and columns, dearest first, with their sums. */
  #sorted(answer) {
    const value = (cell) => (cell && finite(cell[this.measure]) ? cell[this.measure] : 0);
    const columnSums = answer.columns.map((_, j) => answer.cells.reduce((sum, row) => sum + value(row[j]), 0));
    const rows = answer.rows.map((name, i) => ({ name, cells: answer.cells[i], sum: answer.cells[i].reduce((sum, cell) => sum + value(cell), 0) }));
    const byTime = (a, b) => (a.name < b.name ? 1 : -1);
    rows.sort(this.rows === 'hour' ? byTime : (a, b) => b.sum - a.sum);
    const columns = answer.columns.map((name, at) => ({ name, at, sum: columnSums[at] })).sort(this.columns === 'hour' ? byTime : (a, b) => b.sum - a.sum);
    return { rows, columns, value };
  }

  #matrix(answer) {
    const { rows, columns, value } = this.#sorted(answer);
    const wanted = this.text.toLowerCase();
    const matching = rows.filter((row) => String(row.name).toLowerCase().includes(wanted));
    const shownRows = matching.slice(0, this.most);
    const shownColumns = columns.slice(0, MOST_COLUMNS);
    const format = MEASURES[this.measure][1];
    let most = 0;
    for (const row of rows) {
      for (const cell of row.cells) {
        most = Math.max(most, value(cell));
      }
    }
    const head = make('tr', {}, make('th', { scope: 'col' }, this.rows), ...(this.columns === 'none' ? [] : shownColumns.map((column) => make('th', { scope: 'col', class: 'number foreign' }, this.#label(this.columns, column.name)))), make('th', { scope: 'col', class: 'number' }, 'Total'));
    const body = shownRows.map((row) => make('tr', {}, make('th', { scope: 'row' }, this.#rowLink(row)), ...(this.columns === 'none' ? [] : shownColumns.map((column) => this.#cell(row.cells[column.at], value, format, most))), make('td', { class: 'number sum' }, this.#sumText(row, format))));
    const foot = make('tr', {}, make('th', { scope: 'row' }, 'Total'), ...(this.columns === 'none' ? [] : shownColumns.map((column) => make('td', { class: 'number' }, this.#sumText({ sum: column.sum, cells: rows.map((row) => row.cells[column.at]) }, format)))), make('td', { class: 'number sum' }, format(rows.reduce((sum, row) => sum + row.sum, 0))));
    const more = matching.length > shownRows.length ? make('button', { type: 'button', class: 'button', onclick: () => this.#all() }, 'Show all ' + count(matching.length) + ' rows') : null;
    replace(this.matrix, make('table', { class: 'heat' }, make('caption', { class: 'spoken' }, MEASURES[this.measure][0] + ' by ' + this.rows + (this.columns === 'none' ? '' : ' and ' + this.columns)), make('thead', {}, head), make('tbody', {}, ...body), make('tfoot', {}, foot)), more);
    const notes = [matching.length > shownRows.length ? count(shownRows.length) + ' of ' + plural(matching.length, 'row') + ' shown' : plural(matching.length, 'row')];
    if (columns.length > shownColumns.length && this.columns !== 'none') {
      notes.push(count(shownColumns.length) + ' of ' + plural(columns.length, 'column') + ' shown');
    }
    setText(this.notes, notes.join(' · '));
  }

  #all() {
    this.most = Infinity;
    this.#render();
  }

  #label(dimension, name) {
    if (dimension === 'hour' && /^\d{12,}$/.test(String(name))) {
      return clock(Number(name)).slice(0, -3);
    }
    const known = name !== '(none)' && line(name);
    return known || (dimension === 'model' || dimension === 'provider' ? 'no ' + dimension : '(none)');
  }

  #rowLink(row) {
    const text = this.#label(this.rows, row.name);
    return CALL_FILTERS.has(this.rows) && row.name && row.name !== '(none)' ? make('a', { href: linkTo('calls', [], { [this.rows]: row.name }), class: 'foreign' }, text) : make('span', { class: 'foreign' }, text);
  }

  #sumText(row, format) {
    const unpriced = row.cells.reduce((sum, cell) => sum + (cell?.unpriced ?? 0), 0);
    return this.measure === 'usd' && unpriced > 0 ? (row.sum > 0 ? format(row.sum) + '+' : 'unpriced') : format(row.sum);
  }

  #cell(cell, value, format, most) {
    if (!cell) {
      return make('td', { class: 'number none' }, '·');
    }
    const number = value(cell);
    const unpriced = this.measure === 'usd' && cell.unpriced > 0;
    const text = unpriced ? (number > 0 ? format(number) + '+' : 'unpriced') : format(number);
    const node = make('td', { class: 'number' + (unpriced ? ' unpriced' : ''), title: dollars(cell.usd) + ' · ' + count(cell.tokens) + ' tokens · ' + plural(cell.calls ?? 0, 'call') + (cell.unpriced > 0 ? ' · ' + count(cell.unpriced) + ' unpriced' : '') }, text);
    node.style.setProperty('--heat', most > 0 ? (Math.sqrt(number / most) * 100).toFixed(0) + '%' : '0%');
    return node;
  }

  #explain(answer) {
    const parts = answer.explain ?? [];
    if (parts.length === 0) {
      replace(this.explanation);
      return;
    }
    const number = (text) => make('td', { class: 'number' }, text);
    const rows = parts.slice(0, 300).map((part) => make('tr', {}, make('td', { class: 'foreign' }, line(part.model)), make('td', {}, line(part.kind)), number(count(part.tokens)), number(finite(part.usdPerMillion) ? exactDollars(part.usdPerMillion) : NONE), number(part.tokens > 0 && !finite(part.usdPerMillion) ? 'unpriced' : exactDollars(part.usd)), make('td', { class: 'foreign' }, priceOf(part))));
    const sum = parts.reduce((total, part) => total + (part.usd ?? 0), 0);
    const foot = make('tfoot', {}, make('tr', {}, make('th', { scope: 'row', colspan: 4 }, 'Total'), number(exactDollars(sum)), make('td', {})));
    replace(this.explanation, make('h2', {}, 'Why it costs that much'), make('p', { class: 'quiet' }, 'Tokens × price, by model and kind of token.' + (parts.length > 300 ? ' 300 of ' + plural(parts.length, 'line') + ' shown.' : '')), table(['Model', 'Kind', 'Tokens', '$ per million', 'Cost', 'Price of'], rows, foot));
  }

  exports() {
    return { name: 'cost', server: (format) => '/v1/export?' + this.#query({ what: 'cost', format }) };
  }
}

/** The date and the source of a price; a price that is unknown has none. */
function priceOf(part) {
  if (!part.priceFrom) {
    return finite(part.usdPerMillion) || !(part.tokens > 0) ? '' : 'no price is known';
  }
  return (part.priceDate ? line(part.priceDate) + ' · ' : '') + line(part.priceFrom);
}

function savedWords(saved) {
  const parts = Object.entries(saved ?? {}).filter(([, usd]) => usd > 0).map(([name, usd]) => dollars(usd) + ' by ' + line(name));
  return parts.length > 0 ? ' · saved ' + parts.join(', ') : '';
}
