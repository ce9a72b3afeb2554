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
    this.message = make('div', { class: 'empty inline', hidden: true });
    this.element = make('section', { class: 'view scrolling', 'aria-label': 'Golden tasks' }, make('h1', { class: 'spoken' }, 'Golden tasks'), make('div', { class: 'toolbar' }, make('button', { type: 'button', class: 'chip', onclick: () => this.#load() }, 'Refresh'), this.counted), make('div', { class: 'pane' }, this.message, this.trends, this.list));
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
    replace(this.trends, ...trendsOf(matching));
    replace(this.list, ...matching.slice(0, MOST_RUNS).map((run) => this.#run(run)));
    this.list.querySelector('.run.failed')?.setAttribute('open', '');
  }

  #run(run) {
    const passed = run.gate === 'passed';
    const all = (run.passed ?? 0) + (run.failed ?? 0);
    const summary = make('summary', {}, make('span', { class: 'outcome ' + (passed ? 'success' : 'failure') }, passed ? 'gate passed' : 'gate ' + line(run.gate)), make('span', { class: 'run-name' }, line(run.agent)), make('span', { class: 'quiet' }, line(run.suite)), make('span', { class: 'number' }, count(run.passed) + ' of ' + count(all) + ' passed'), make('span', { class: 'number' }, 'score ' + score(run.score)), make('time', { class: 'quiet' }, clock(run.at)));
    const details = make('details', { class: passed ? 'run' : 'run failed' }, summary);
    details.addEventListener('toggle', () => details.open && details.children.length === 1 && details.append(tasksOf(run.tasks ?? [])), { once: false });
    return details;
  }

  exports() {
    return { name: 'golden', rows: () => this.answer?.runs ?? [], columns: ['at', 'agent', 'suite', 'passed', 'failed', 'score', 'gate'] };
  }
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
