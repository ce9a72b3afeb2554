/** Runs of golden tasks: what passed the gate, and what did not. */

import { make, setText, setHidden, replace, attribute } from './dom.js';
import { count, percent, clock, line, plural, NONE } from './format.js';
import { emptyMessage } from './grid.js';
import { sparkline, drawSparkline } from './chart.js';
import { linkTo, amend } from './router.js';

const MOST_RUNS = 50;
const MOST_TASKS = 200;

export class Golden {
  name = 'golden';
  title = 'Golden';
  placeholder = 'Search runs and tasks';

  constructor(app) {
    this.app = app;
    this.text = '';
    this.counted = make('p', { class: 'counted' });
    this.trends = make('div', { class: 'trends' });
    this.list = make('div', { class: 'runs' });
    this.gates = make('div', { class: 'gates' });
    this.message = make('div', { class: 'empty inline', hidden: true });
    this.element = make('section', { class: 'view scrolling', 'aria-label': 'Golden tasks' }, make('h1', { class: 'spoken' }, 'Golden tasks'), make('div', { class: 'toolbar' }, make('button', { type: 'button', class: 'chip', onclick: () => this.#load() }, 'Refresh'), this.counted), make('div', { class: 'pane' }, this.message, this.gates, this.trends, this.list));
  }

  show(route) {
    this.text = route.query.get('q') ?? '';
    this.#load();
  }

  hide() {}

  get searchText() {
    return this.text;
  }

  search(text) {
    this.text = text;
    amend(linkTo('golden', [], { q: text }));
    this.#render();
  }

  async #load() {
    try {
      this.answer = await this.app.api.json('/v1/golden');
      this.#render();
    } catch (failure) {
      this.answer = null;
      this.#say(emptyMessage('The results could not be read.', failure.message));
    }
  }

  #say(message) {
    setHidden(this.message, message.length === 0);
    replace(this.message, ...message);
    replace(this.gates);
    replace(this.trends);
    replace(this.list);
    setText(this.counted, '');
  }

  #render() {
    const runs = (this.answer?.runs ?? []).map((run, i) => ({ ...run, key: i })).sort((a, b) => b.at - a.at);
    if (runs.length === 0) {
      this.#say(emptyMessage('No golden task has been run.', line(this.answer?.where) || 'Write one with @GoldenTask and run "gild eval".'));
      return;
    }
    const wanted = this.text.toLowerCase();
    const matching = runs.filter((run) => !wanted || (run.agent + ' ' + run.suite + ' ' + (run.tasks ?? []).map((task) => task.id + ' ' + task.words).join(' ')).toLowerCase().includes(wanted));
    this.#say(matching.length > 0 ? [] : emptyMessage('No run matches.'));
    setText(this.counted, (matching.length > MOST_RUNS ? count(MOST_RUNS) + ' of ' + plural(matching.length, 'run') + ' shown' : plural(matching.length, 'run')) + (this.answer.where ? ' · from ' + line(this.answer.where) : ''));
    replace(this.gates, gatesOf((this.answer.gates ?? []).filter((gate) => !wanted || String(gate.agent).toLowerCase().includes(wanted))));
    replace(this.trends, ...trendsOf(matching));
    replace(this.list, ...matching.slice(0, MOST_RUNS).map((run) => this.#run(run)));
    this.list.querySelector('.run.failed')?.setAttribute('open', '');
  }

  #run(run) {
    const passed = run.gate ? isOpen(run) : !(run.failed > 0);
    const all = (run.passed ?? 0) + (run.failed ?? 0);
    const summary = make('summary', {}, make('span', { class: 'outcome ' + (!run.gate ? 'other' : passed ? 'success' : 'failure'), title: run.stage ? line(run.stage) : null }, run.gate ? 'gate ' + line(run.gate) : 'no gate asked'), make('span', { class: 'run-name' }, line(run.agent)), make('span', { class: 'quiet' }, line(run.suite)), make('span', { class: 'number' }, count(run.passed) + ' of ' + count(all) + ' passed'), make('span', { class: 'number' }, 'score ' + score(run.score)), make('time', { class: 'quiet', title: dated(run.at) }, dated(run.at)));
    const details = make('details', { class: passed ? 'run' : 'run failed' }, summary);
    details.addEventListener('toggle', () => details.open && details.children.length === 1 && details.append(tasksOf(run.tasks ?? [])), { once: false });
    return details;
  }

  exports() {
    return { name: 'golden', rows: () => this.answer?.runs ?? [], columns: ['at', 'agent', 'suite', 'passed', 'failed', 'score', 'stage', 'gate'] };
  }
}

const STAGES = ['dev-to-staging', 'staging-to-production', 'production'];

function isOpen(run) {
  return run.opens ?? run.gate === 'passed';
}

function dated(at) {
  return at > 0 ? new Date(at).toISOString().slice(0, 10) + ' ' + clock(at).slice(0, 5) : NONE;
}

/** The newest decision of each of the three gates on each agent. */
function gatesOf(gates) {
  if (gates.length === 0) {
    return null;
  }
  const byAgent = new Map();
  for (const gate of gates) {
    byAgent.set(gate.agent, { ...byAgent.get(gate.agent), [gate.stage]: gate });
  }
  const cell = (gate) => (gate ? make('td', { title: line([gate.passRate, gate.words].filter(Boolean).join(' · ')) }, make('span', { class: 'outcome ' + (gate.opens ? 'success' : gate.verdict === 'failed' ? 'failure' : 'refused') }, line(gate.verdict)), make('span', { class: 'quiet' }, ' ' + [line(gate.version), dated(gate.at)].filter(Boolean).join(' · '))) : make('td', { class: 'quiet' }, 'not asked'));
  const rows = [...byAgent].map(([agent, stages]) => make('tr', {}, make('th', { scope: 'row', class: 'foreign' }, line(agent)), ...STAGES.map((stage) => cell(stages[stage]))));
  return make('div', { class: 'table' }, make('table', {}, make('caption', { class: 'spoken' }, 'The newest decisions of gates'), make('thead', {}, make('tr', {}, ...['Agent', ...STAGES].map((title) => make('th', { scope: 'col' }, title)))), make('tbody', {}, ...rows)));
}

function score(value) {
  return typeof value === 'number' ? value.toFixed(2) : NONE;
}

function tasksOf(tasks) {
  const ordered = [...tasks].sort((a, b) => Number(a.passed) - Number(b.passed));
  const row = (task) => make('tr', {}, make('td', { class: task.passed ? '' : 'bad' }, task.passed ? 'passed' : 'failed'), make('td', { class: 'foreign' }, line(task.id)), make('td', { class: 'number' }, score(task.score)), make('td', { class: 'foreign' }, line(task.words)));
  return make('div', { class: 'table' }, make('table', {}, make('thead', {}, make('tr', {}, ...['Result', 'Task', 'Score', 'Why'].map((title) => make('th', { scope: 'col', class: title === 'Score' ? 'number' : '' }, title)))), make('tbody', {}, ...ordered.slice(0, MOST_TASKS).map(row))), ordered.length > MOST_TASKS ? make('p', { class: 'quiet' }, count(MOST_TASKS) + ' of ' + plural(ordered.length, 'task') + ' shown') : null);
}

/** The scores of each agent over time, if it was run more than once. */
function trendsOf(runs) {
  const byAgent = new Map();
  for (const run of [...runs].reverse()) {
    byAgent.set(run.agent, [...(byAgent.get(run.agent) ?? []), run.score ?? 0]);
  }
  return [...byAgent].filter(([, scores]) => scores.length > 1).slice(0, 12).map(([agent, scores]) => {
    const chart = sparkline(84, 24);
    drawSparkline(chart, scores);
    return make('div', { class: 'trend' }, make('span', { class: 'trend-name' }, line(agent)), chart, make('span', { class: 'number' }, score(scores[scores.length - 1])));
  });
}
