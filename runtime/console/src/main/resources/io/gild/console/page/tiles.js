/** The totals on top of the overview, and what needs attention. */

import { make, setText, attribute, setHidden, setClass } from './dom.js';
import { count, rate, percent, dollars, compact, clock, line, plural } from './format.js';
import { sparkline, drawSparkline } from './chart.js';
import { linkTo } from './router.js';
import { attention, attentionWords } from './store.js';
import { isUrgent } from './controls.js';

export class Tiles {
  constructor() {
    this.tiles = {};
    this.chart = sparkline(120, 26);
    this.element = make('dl', { class: 'tiles' },
      this.#tile('rate', 'Calls per second', this.chart),
      this.#tile('success', 'Success'),
      this.#tile('running', 'Running now'),
      this.#tile('cost', 'Cost since start'),
      this.#tile('day', 'Per day at this pace'),
      this.#tile('saved', 'Saved'),
      this.#tile('agents', 'Agents'));
  }

  #tile(id, title, extra = null) {
    const value = make('span', { class: 'tile-value' }, '–');
    const note = make('span', { class: 'tile-note' }, '\u00a0');
    this.tiles[id] = { value, note };
    return make('div', { class: 'tile tile-' + id }, make('dt', {}, title), make('dd', {}, value, extra, note));
  }

  #set(id, value, note) {
    setText(this.tiles[id].value, value);
    setText(this.tiles[id].note, note || '\u00a0');
  }

  /** Before the first figures there are none, not zeros. */
  update(sum) {
    const finished = sum.succeeded + sum.failed;
    drawSparkline(this.chart, sum.sparkline);
    this.#set('rate', rate(sum.perSecond), plural(sum.calls, 'call') + ' since start');
    this.#set('success', finished > 0 ? percent(sum.succeeded / finished) : '–', compact(sum.failed) + ' failed · ' + compact(sum.refused) + ' refused');
    this.#set('running', count(sum.running), sum.running === 1 ? 'call' : 'calls');
    this.#set('cost', dollars(sum.cost), sum.unpriced > 0 ? plural(sum.unpriced, 'agent') + ' unpriced' : compact(sum.input) + ' in · ' + compact(sum.output) + ' out');
    this.#set('day', dollars(sum.perDay), sum.perDay > 0 ? dollars(sum.perDay * 30) + ' in 30 days' : '');
    this.#set('saved', dollars(sum.cache + sum.routing), 'caches ' + dollars(sum.cache) + ' · routing ' + dollars(sum.routing));
    this.#set('agents', count(sum.agents), sum.attention > 0 ? count(sum.attention) + ' need attention' : 'none needs attention');
    setClass(this.tiles.agents.note, 'warn', sum.attention > 0);
    setClass(this.tiles.success.value, 'bad', finished > 0 && sum.succeeded / finished < 0.9);
  }
}

const PLACES = 4;

/** One line of fixed height: the most urgent findings, and how many more there are. */
export class AttentionBand {
  constructor(app) {
    this.app = app;
    this.items = Array.from({ length: PLACES }, () => this.#item());
    this.more = make('a', { class: 'band-more', href: linkTo('overview', [], { only: 'attention' }) });
    this.calm = make('p', { class: 'calm', hidden: true }, 'Nothing needs attention: no unusual signals, no open circuit breakers, no used-up budgets.');
    this.element = make('section', { class: 'band', 'aria-label': 'Needs attention' }, make('h2', { class: 'spoken' }, 'Needs attention'), make('ul', { class: 'band-items' }, ...this.items.map((item) => item.node)), this.more, this.calm);
  }

  #item() {
    const mark = make('span', { class: 'mark' });
    const who = make('span', { class: 'band-who' });
    const what = make('span', { class: 'band-what' });
    const link = make('a', { class: 'band-item' }, make('span', { class: 'band-line' }, mark, who), what);
    return { node: make('li', {}, link), mark, who, what, link };
  }

  update(store) {
    const findings = findingsOf(store);
    this.items.forEach((item, i) => this.#show(item, findings[i], store));
    setHidden(this.more, findings.length < 2);
    setText(this.more, 'all ' + count(findings.length));
    setHidden(this.calm, findings.length > 0 || store.time === 0);
    setClass(this.element, 'quiet', findings.length === 0);
    this.app.shell.announceFindings(findings.length);
  }

  #show(item, finding, store) {
    setHidden(item.node, !finding);
    if (finding) {
      item.mark.className = 'mark level' + finding.level;
      setText(item.who, line(finding.agent) + ' · ' + finding.title);
      setText(item.what, line(finding.words));
      attribute(item.link, 'href', linkTo('calls', [], { agent: finding.agent, jvm: store.linked(finding.jvm) }));
      attribute(item.link, 'title', line(finding.words));
    }
  }
}

/** Open breakers first, then flags by score, then budgets. */
function findingsOf(store) {
  const findings = [];
  for (const control of store.ofJvm([...store.controls.values()])) {
    if (control.kind === 'circuitbreaker' && isUrgent(control)) {
      findings.push({ level: 3, order: 3, agent: control.agent || control.name, jvm: control.jvm, title: 'breaker open', words: control.words });
    }
  }
  for (const flag of store.openFlags()) {
    findings.push({ level: 2, order: 1 + (flag.score ?? 0), agent: flag.agent, jvm: flag.jvm, title: flag.signal ?? 'unusual', words: flag.words || 'unusual since ' + clock(flag.since) });
  }
  for (const agent of store.shownAgents()) {
    if (agent.budget?.usedShare >= 0.8) {
      const used = agent.budget.usedShare >= 1;
      findings.push({ level: used ? 3 : 1, order: used ? 2.5 : 0.5, agent: agent.agent, jvm: agent.jvm, title: 'budget', words: Math.floor(agent.budget.usedShare * 100) + ' % of ' + dollars(agent.budget.limitUsd) + ' a ' + agent.budget.period + ' is used' });
    } else if (!(agent.flags > 0) && !(agent.breakers?.open > 0) && attention(agent) === 2) {
      findings.push({ level: 2, order: 1, agent: agent.agent, jvm: agent.jvm, title: 'failures', words: attentionWords(agent) });
    }
  }
  return findings.sort((a, b) => b.order - a.order);
}
