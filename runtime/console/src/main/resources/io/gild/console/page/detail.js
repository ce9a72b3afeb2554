/** What is known of one span: decisions in words, cost explained, HTTP attempts, facts, content. */

import { make, setText, replace, debounce } from './dom.js';
import { count, micros, dollars, exactDollars, clock, line, visible, plural, NONE } from './format.js';

const MOST_KEPT = 50;
const MOST_FACTS = 200;
const MOST_TEXT = 200_000;

export class Detail {
  constructor(app) {
    this.app = app;
    this.kept = new Map();
    this.title = make('h2', { tabindex: -1 });
    this.note = make('p', { class: 'detail-note' });
    this.body = make('div', { class: 'detail-body' });
    this.element = make('section', { class: 'detail', 'aria-label': 'Details of the span', tabindex: 0 }, this.title, this.note, this.body);
    this.loadSoon = debounce(() => this.#load(), 90);
  }

  clear() {
    this.path = null;
    this.element.hidden = true;
    this.loading?.abort();
    setText(this.title, '');
    setText(this.note, '');
    replace(this.body);
  }

  focus() {
    this.element.focus();
  }

  show(jvm, id, span, known) {
    const path = '/v1/calls/' + [jvm, id].map(encodeURIComponent).join('/') + '/spans/' + encodeURIComponent(span);
    this.element.hidden = false;
    setText(this.title, line(known.name) || known.kind);
    setText(this.note, known.kind + ' · ' + (known.outcome === 'running' ? 'running' : micros(known.duration)) + ' · begins at ' + micros(known.start));
    if (path === this.path && known.outcome !== 'running') {
      return;
    }
    this.path = path;
    this.loading?.abort();
    const kept = this.kept.get(path);
    if (kept) {
      this.#fill(kept);
    } else {
      this.loadSoon();
    }
  }

  async #load() {
    const path = this.path;
    if (!path) {
      return;
    }
    const loading = (this.loading = new AbortController());
    try {
      const facts = await this.app.api.json(path, { signal: loading.signal });
      if (this.path === path) {
        this.#fill(facts);
        this.#keep(path, facts);
      }
    } catch (failure) {
      if (failure.name !== 'AbortError' && this.path === path) {
        replace(this.body, make('p', { class: 'problem' }, failure.message));
      }
    }
  }

  #keep(path, facts) {
    this.kept.set(path, facts);
    if (this.kept.size > MOST_KEPT) {
      this.kept.delete(this.kept.keys().next().value);
    }
  }

  #fill(span) {
    replace(this.body,
      this.#decisions(span.decisions ?? []),
      span.cost ? costSection(span.cost) : null,
      this.#http(span.http ?? []),
      this.#content(span.content),
      this.#facts(span.facts ?? []));
  }

  #decisions(decisions) {
    if (decisions.length === 0) {
      return section('Decisions', make('p', { class: 'quiet' }, 'No policy acted in this span.'));
    }
    return section('Decisions', make('ol', { class: 'decisions' }, ...decisions.slice(0, MOST_FACTS).map((decision) => make('li', {}, make('span', { class: 'tag' }, line(decision.kind)), make('span', { class: 'decision-words' }, line(decision.words)), make('time', {}, clock(decision.at, true))))), cut(decisions, 'decision'));
  }

  #http(attempts) {
    if (attempts.length === 0) {
      return null;
    }
    const row = (attempt, i) => make('tr', {}, make('td', {}, String(i + 1)), make('td', { class: attempt.status >= 400 || !attempt.status ? 'bad' : '' }, attempt.status ? String(attempt.status) : 'no answer'), make('td', { class: 'number' }, micros(attempt.durationMicros)), make('td', { class: 'foreign' }, line(attempt.host)));
    return section(plural(attempts.length, 'HTTP attempt'), table(['#', 'Status', 'Duration', 'Host'], attempts.slice(0, MOST_FACTS).map(row)), cut(attempts, 'attempt'));
  }

  #facts(facts) {
    if (facts.length === 0) {
      return null;
    }
    return section('Facts', make('dl', { class: 'facts' }, ...facts.slice(0, MOST_FACTS).flatMap((fact) => [make('dt', {}, line(fact.name)), make('dd', { class: 'foreign' }, line(fact.value))])), cut(facts, 'fact'));
  }

  #content(state) {
    const missing = state === 'not captured';
    const path = this.path + '/content';
    const place = make('div', { class: 'content' });
    const button = make('button', { type: 'button', class: 'button', onclick: async () => {
      button.disabled = true;
      try {
        this.#showContent(place, await this.app.api.json(path));
      } catch (failure) {
        replace(place, make('p', { class: 'problem' }, failure.message));
      }
    } }, missing ? 'How to capture it' : 'Show input and output');
    place.append(missing ? make('p', { class: 'quiet' }, 'Input and output were not captured.') : '', button);
    return section('Content', place);
  }

  #showContent(place, content) {
    if (!content.captured) {
      replace(place, make('p', { class: 'quiet' }, 'The content was not captured.'), make('p', {}, line(content.how)));
      return;
    }
    const texts = [['Input', content.input], ['Output', content.output]].filter(([, text]) => text !== null && text !== undefined);
    const cutTo = content.length > content.cutTo ? make('p', { class: 'quiet' }, 'Cut to ' + count(content.cutTo) + ' of ' + count(content.length) + ' characters.') : null;
    const shown = (text) => visible(text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) + '\n… ' + count(text.length - MOST_TEXT) + ' more characters are not shown.' : text);
    replace(place, content.redacted ? make('p', { class: 'quiet' }, 'Redacted before it was recorded.' + (content.shortened ? ' Shortened; observability.content-max-bytes is the limit.' : '')) : null, cutTo, ...texts.flatMap(([title, text]) => [make('h4', {}, title), make('pre', { class: 'foreign', tabindex: 0, 'aria-label': title }, shown(String(text)))]), content.kept ? make('p', { class: 'quiet' }, line(content.kept)) : null);
  }
}

function section(title, ...children) {
  return make('section', { class: 'part' }, make('h3', {}, title), ...children);
}

function cut(list, word) {
  return list.length > MOST_FACTS ? make('p', { class: 'quiet' }, count(MOST_FACTS) + ' of ' + plural(list.length, word) + ' shown') : null;
}

export function table(titles, rows, foot = null) {
  return make('div', { class: 'table' }, make('table', {}, make('thead', {}, make('tr', {}, ...titles.map((title) => make('th', { scope: 'col', class: /^(Tokens|Cost|Duration|\$|Calls)/.test(title) ? 'number' : '' }, title)))), make('tbody', {}, ...rows), foot));
}

/** Where prices are from: a date, or the files. */
export function pricesWords(from) {
  return from ? (/^\d{4}-/.test(from) ? 'prices of ' : 'prices: ') + line(from) : '';
}

/** Tokens times price, kind by kind, and the sum. */
function costSection(cost) {
  if (cost.priced === false && (cost.lines ?? []).length === 0) {
    return section('Cost', make('p', {}, make('strong', {}, 'unpriced'), ' · ' + (line(cost.why) || 'The model ' + line(cost.model) + ' has no price. Add it to prices.')));
  }
  if ((cost.lines ?? []).length === 0) {
    return section('Cost', make('p', { class: 'quiet' }, line(cost.why) || 'No tokens were paid for in this span.'));
  }
  const number = (text) => make('td', { class: 'number' }, text);
  const rows = (cost.lines ?? []).map((part) => make('tr', {}, make('td', {}, line(part.kind)), number(count(part.tokens)), number(exactDollars(part.usdPerMillion)), number(exactDollars(part.usd))));
  const foot = make('tfoot', {}, make('tr', {}, make('th', { scope: 'row', colspan: 3 }, 'Total'), make('td', { class: 'number' }, exactDollars(cost.totalUsd) + (cost.priced === false ? ' +' : ''))));
  const notes = [cost.model ? 'Model ' + line(cost.model) : '', pricesWords(cost.pricesFrom), line(cost.why)].filter(Boolean);
  return section('Cost', table(['Kind', 'Tokens', '$ per million', 'Cost'], rows, foot), make('p', { class: 'quiet' }, notes.join(' · ')));
}
