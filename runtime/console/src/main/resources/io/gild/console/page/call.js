/** One call: the waterfall of its spans, and what happened in the chosen one. */

import { make, svg, setText, attribute, setClass, setHidden, replace, icon, perFrame } from './dom.js';
import { count, micros, money, dollars, compact, clock, line, plural, NONE } from './format.js';
import { Grid, textColumn, emptyMessage } from './grid.js';
import { axisStep } from './chart.js';
import { linkTo, go, amend } from './router.js';
import { SpanTree, KINDS, SPAN_OUTCOMES } from './tree.js';
import { Detail } from './detail.js';
import { OUTCOMES, wordsOf } from './callrows.js';

const REFRESH_MILLIS = 2000;

export class Call {
  name = 'call';
  title = 'Call';
  placeholder = 'Search in this call';

  constructor(app) {
    this.app = app;
    this.text = '';
    this.matches = [];
    this.matched = new Set();
    this.detail = new Detail(app);
    this.grid = this.#makeGrid();
    this.element = this.#makeElement();
    app.store.listen((store) => this.#named(store));
    new ResizeObserver(() => this.tree && this.#axis()).observe(this.axis);
  }

  /** A deep link is here before the names of the JVMs are. */
  #named(store) {
    if (!this.named && this.tree && store.time > 0) {
      this.named = true;
      this.#head(this.answer.call ?? {});
    }
  }

  #makeGrid() {
    return new Grid({
      label: 'Spans of the call',
      role: 'treegrid',
      className: 'waterfall',
      columns: [
        spanColumn(() => this.tree),
        this.#barColumn(),
        textColumn('cost', 'Cost', (i) => (this.tree.cost[i] === null || this.tree.cost[i] === undefined ? '' : dollars(this.tree.cost[i])), { className: 'number cost' }),
        textColumn('tokens', 'Tokens', (i) => (this.tree.tokens[i] > 0 ? compact(this.tree.tokens[i]) : ''), { className: 'number tokens' }),
      ],
      decorate: (node, i) => {
        const tree = this.tree;
        attribute(node, 'aria-level', tree.depth[i] + 1);
        attribute(node, 'aria-expanded', tree.hasChildren(i) ? String(!tree.collapsed[i]) : null);
        setClass(node, 'match', this.matched.has(i));
      },
      onClick: (key, event) => event.target.closest('.twisty') && this.#toggle(key),
      onActive: (i) => this.#chosen(i),
      onOpen: () => this.detail.focus(),
      onKey: (event) => this.#arrow(event.key),
    });
  }

  #barColumn() {
    return {
      id: 'bar',
      title: 'Time',
      className: 'bar',
      head: (cell) => {
        this.axis = make('div', { class: 'axis' });
        cell.append(make('span', { class: 'spoken' }, 'Start and duration'), this.axis);
      },
      make(cell) {
        cell.bar = make('span', { class: 'span-bar' });
        cell.text = make('span', { class: 'span-text' });
        cell.append(cell.bar, cell.text);
      },
      update: (cell, i) => this.#drawBar(cell, i),
    };
  }

  #drawBar(cell, i) {
    const tree = this.tree;
    const from = ((tree.start[i] ?? 0) / tree.total) * 100;
    const length = Math.min(100 - from, ((tree.duration[i] ?? 0) / tree.total) * 100);
    const outcome = SPAN_OUTCOMES[tree.outcome[i]] ?? 'success';
    cell.bar.className = 'span-bar kind-' + KINDS[tree.kind[i] ?? 5] + ' ' + outcome;
    cell.bar.style.left = from + '%';
    cell.bar.style.width = 'max(2px, ' + length + '%)';
    const before = from + length > 70 && from > 20;
    cell.text.className = 'span-text' + (before ? ' before' : '') + (length > 85 ? ' inside' : '');
    cell.text.style.left = before || length > 85 ? '' : 'calc(' + (from + length) + '% + 6px)';
    cell.text.style.right = before ? 'calc(' + (100 - from) + '% + 6px)' : '';
    setText(cell.text, (outcome === 'success' ? '' : OUTCOMES[outcome] + ' · ') + (outcome === 'running' ? '' : micros(tree.duration[i])));
    attribute(cell, 'title', 'begins at ' + micros(tree.start[i] ?? 0));
  }

  #makeElement() {
    this.heading = make('h1', { tabindex: -1 });
    this.badge = make('span', { class: 'outcome' });
    this.words = make('p', { class: 'call-words' });
    this.facts = make('dl', { class: 'call-facts' });
    this.counted = make('p', { class: 'counted' });
    this.back = make('a', { class: 'back', href: '#/calls' }, '← Calls');
    const chip = (title, action, hint) => make('button', { type: 'button', class: 'chip', onclick: action, title: hint ?? null }, title);
    this.failed = chip('Next failure', () => this.nextFailure(), 'Key: e');
    this.next = chip('Next match', () => this.nextMatch(1), 'Key: n');
    this.refresh = chip('Refresh', () => this.#load(), null);
    const tools = make('div', { class: 'toolbar slim' }, make('div', { class: 'chips' }, chip('Expand all', () => this.#all(true)), chip('Collapse all', () => this.#all(false)), this.failed, this.next, this.refresh), this.legend(), this.counted);
    this.main = make('div', { class: 'call-main' }, this.grid.wrapper, this.detail.element);
    return make('section', { class: 'view call', 'aria-label': 'Call' }, make('div', { class: 'call-head' }, make('div', { class: 'call-title' }, this.back, this.heading, this.badge), this.words, this.facts), tools, this.main);
  }

  legend() {
    return make('ul', { class: 'legend', 'aria-label': 'Kinds of spans' }, ...KINDS.slice(0, 5).map((kind) => make('li', {}, make('span', { class: 'swatch kind-' + kind }), kind)));
  }

  show(route) {
    const [jvm, id] = route.parts;
    const same = this.jvm === jvm && this.id === id && this.tree;
    this.jvm = jvm;
    this.id = id;
    this.wantedSpan = route.query.get('span');
    attribute(this.back, 'href', this.app.views.calls.link());
    this.grid.shown();
    if (!same) {
      this.text = '';
      this.#load(true);
    } else if (this.wantedSpan) {
      this.#choose(this.tree.ids.indexOf(this.wantedSpan));
    }
  }

  hide() {
    clearTimeout(this.timer);
  }

  async #load(first = false) {
    clearTimeout(this.timer);
    const path = '/v1/calls/' + encodeURIComponent(this.jvm) + '/' + encodeURIComponent(this.id);
    if (first) {
      this.#empty(emptyMessage('Loading…'));
    }
    this.loading?.abort();
    const loading = (this.loading = new AbortController());
    try {
      const answer = await this.app.api.json(path, { signal: loading.signal });
      this.#show(answer, first);
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.#empty(emptyMessage('This call cannot be shown.', failure.message, make('a', { class: 'button', href: '#/calls' }, 'Show the calls that are recorded')));
      }
    }
  }

  #empty(message) {
    this.tree = null;
    this.grid.setRows([], new Map());
    this.grid.say(...message);
    setText(this.heading, 'Call ' + line(this.id));
    this.badge.hidden = true;
    setText(this.words, '');
    replace(this.facts);
    setText(this.counted, '');
    replace(this.axis);
    this.detail.clear();
  }

  #show(answer, first) {
    const before = this.tree;
    const active = before && this.grid.active !== null ? before.ids[this.grid.active] : null;
    this.tree = new SpanTree(answer);
    this.answer = answer;
    this.grid.say(...(this.tree.length > 0 ? [] : emptyMessage('This call has no spans.', 'Its recording was overwritten, or it was refused before anything ran.')));
    this.#head(answer.call ?? {});
    this.#axis();
    this.failures = this.tree.failures();
    setHidden(this.failed, this.failures.length === 0);
    setText(this.failed, 'Next failure (' + count(this.failures.length) + ')');
    this.#find();
    this.#rows();
    this.grid.refresh();
    const wanted = this.wantedSpan ?? active;
    this.#choose(Math.max(0, wanted === null ? 0 : this.tree.ids.indexOf(wanted)), !first);
    if (answer.call?.outcome === 'running' && !this.element.hidden) {
      this.timer = setTimeout(() => (this.app.store.paused ? null : this.#load()), REFRESH_MILLIS);
    }
  }

  #head(call) {
    setText(this.heading, line(call.agent) + (call.method ? ' · ' + line(call.method) : ''));
    document.title = line(call.agent) + ' – Gild';
    this.badge.hidden = false;
    this.badge.className = 'outcome ' + (call.outcome in OUTCOMES ? call.outcome : 'other');
    setText(this.badge, OUTCOMES[call.outcome] ?? line(call.outcome));
    setText(this.words, wordsOf(call));
    setHidden(this.refresh, call.outcome !== 'running');
    const fact = (name, value) => (value ? make('div', {}, make('dt', {}, name), make('dd', {}, value)) : null);
    replace(this.facts,
      fact('Started', clock(call.start, true)),
      fact('Duration', call.outcome === 'running' ? 'running' : micros(call.durationMicros)),
      fact('Cost', money(call.costUsd, call.priced)),
      fact('Tokens', count(call.inputTokens ?? 0) + ' in · ' + count(call.outputTokens ?? 0) + ' out'),
      fact('Attempts', count(Math.max(call.attempts ?? 0, call.httpAttempts ?? 0))),
      fact('Model', line(call.model)),
      fact('Version', line(call.version)),
      fact('JVM', line(this.app.store.jvmName(call.jvm))),
      call.trace ? fact('Trace', make('button', { type: 'button', class: 'copy', title: 'Copy the trace id', onclick: () => this.app.shell.copy(call.trace) }, call.trace.slice(0, 8) + '…')) : null);
  }

  #axis() {
    const step = axisStep(this.tree.total, Math.max(1, Math.min(6, Math.floor(this.axis.clientWidth / 68))));
    const ticks = [];
    for (let at = 0; at <= this.tree.total && ticks.length < 20; at += step) {
      const tick = make('span', { class: 'tick' }, at === 0 ? '0' : micros(at));
      tick.style.left = (at / this.tree.total) * 100 + '%';
      if (at / this.tree.total < 0.92) {
        ticks.push(tick);
      }
    }
    replace(this.axis, ticks);
    this.grid.element.style.setProperty('--step', (step / this.tree.total) * 100 + '%');
  }

  /** The row of a span is its index; the map hands out the index itself. */
  #rows() {
    const rows = this.tree.visible();
    this.grid.setRows(rows, { get: (i) => i });
    const { shown, total } = this.answer;
    const parts = [shown < total ? count(shown) + ' of ' + count(total) + ' spans sent' : plural(this.tree.length, 'span')];
    if (rows.length < this.tree.length) {
      parts.push(count(this.tree.length - rows.length) + ' collapsed');
    }
    if (this.text) {
      parts.push(plural(this.matches.length, 'match').replace('matchs', 'matches'));
    }
    setText(this.counted, parts.join(' · '));
    setHidden(this.next, this.matches.length === 0);
  }

  #choose(i, quiet = false) {
    if (i < 0 || i >= this.tree.length) {
      return;
    }
    if (this.tree.reveal(i)) {
      this.#rows();
      this.grid.refresh();
    }
    this.grid.setActive(i, !quiet);
  }

  #chosen(i) {
    const span = this.tree.ids[i];
    this.wantedSpan = null;
    amend(linkTo('calls', [this.jvm, this.id], i === 0 ? {} : { span }));
    this.detail.show(this.jvm, this.id, span, { name: this.tree.name(i), kind: KINDS[this.tree.kind[i] ?? 5], outcome: SPAN_OUTCOMES[this.tree.outcome[i]], duration: this.tree.duration[i], start: this.tree.start[i] });
  }

  #toggle(i) {
    if (this.tree.hasChildren(i)) {
      this.tree.collapsed[i] = this.tree.collapsed[i] ? 0 : 1;
      this.#rows();
      this.grid.refresh();
    }
  }

  #all(open) {
    if (!this.tree) {
      return;
    }
    if (open) {
      this.tree.expandAll();
    } else {
      this.tree.collapseAll();
    }
    this.#rows();
    this.grid.refresh();
    if (this.grid.active === null && this.tree.length > 0) {
      this.grid.setActive(0);
    }
  }

  /** As in every tree: right opens or goes in, left closes or goes out. */
  #arrow(key) {
    const i = this.grid.active;
    if (i === null || (key !== 'ArrowLeft' && key !== 'ArrowRight')) {
      return false;
    }
    const tree = this.tree;
    if (key === 'ArrowRight') {
      if (tree.hasChildren(i)) {
        if (tree.collapsed[i]) {
          this.#toggle(i);
        } else {
          this.grid.setActive(i + 1);
        }
      }
    } else if (tree.hasChildren(i) && !tree.collapsed[i]) {
      this.#toggle(i);
    } else if (tree.parent[i] >= 0) {
      this.grid.setActive(tree.parent[i]);
    }
    return true;
  }

  get searchText() {
    return this.text;
  }

  search(text) {
    this.text = text.trim();
    if (this.tree) {
      this.#find();
      this.#rows();
      this.grid.refresh();
      if (this.matches.length > 0) {
        this.nextMatch(1, true);
      }
    }
  }

  #find() {
    this.matches = this.text ? this.tree.find(this.text) : [];
    this.matched = new Set(this.matches);
  }

  nextMatch(step, orSame = false) {
    this.#next(this.matches, step, orSame);
  }

  nextFailure() {
    this.#next(this.failures ?? [], 1, false);
  }

  #next(found, step, orSame) {
    if (found.length === 0) {
      return;
    }
    const at = this.grid.active ?? -1;
    const later = step > 0 ? found.find((i) => i > at || (orSame && i === at)) : found.findLast((i) => i < at);
    this.#choose(later ?? (step > 0 ? found[0] : found[found.length - 1]));
  }

  keys(event) {
    const actions = { n: () => this.nextMatch(1), N: () => this.nextMatch(-1), e: () => this.nextFailure(), Escape: () => go(this.app.views.calls.link()) };
    const action = actions[event.key];
    action?.();
    return Boolean(action);
  }

  exports(format) {
    if (format === 'csv' && this.tree) {
      return { name: 'call', rows: () => this.tree.rows(), columns: ['id', 'parent', 'name', 'kind', 'startMicros', 'durationMicros', 'outcome', 'costUsd', 'tokens'] };
    }
    return { name: 'call', server: () => '/v1/export?' + new URLSearchParams({ what: 'call', jvm: this.jvm, id: this.id, format: 'json' }) };
  }
}

function spanColumn(treeOf) {
  return {
    id: 'span',
    title: 'Span',
    className: 'span',
    make(cell) {
      cell.twisty = make('span', { class: 'twisty', 'aria-hidden': 'true' }, icon('twisty'));
      cell.kind = make('span', { class: 'kind' });
      cell.name = make('span', { class: 'name' });
      cell.append(cell.twisty, cell.kind, cell.name);
    },
    update(cell, i) {
      const tree = treeOf();
      const kind = KINDS[tree.kind[i] ?? 5];
      cell.style.setProperty('--depth', Math.min(tree.depth[i], 18));
      setClass(cell.twisty, 'none', !tree.hasChildren(i));
      setClass(cell.twisty, 'open', tree.hasChildren(i) && !tree.collapsed[i]);
      cell.kind.className = 'kind kind-' + kind;
      setText(cell.kind, kind === 'embedding' ? 'embed' : kind);
      setText(cell.name, line(tree.name(i)));
      attribute(cell, 'title', line(tree.name(i)));
    },
  };
}
