/** What the page knows: the last snapshot with all patches since. */

import { percent } from './format.js';

export class Store {
  agents = new Map();
  controls = new Map();
  jvms = [];
  flags = [];
  rollouts = [];
  info = {};
  time = 0;
  matchedAgents = 0;
  lostEvents = 0;
  /** Only this JVM is shown; all if empty. */
  jvm = '';
  paused = false;
  #listeners = new Set();
  #ordered = null;

  listen(listener) {
    this.#listeners.add(listener);
  }

  changed() {
    for (const listener of this.#listeners) {
      listener(this);
    }
  }

  snapshot(state) {
    const { agents, controls, rollouts, flags, jvms, ...info } = state;
    const rows = agents?.rows ?? [];
    this.agents = new Map(rows.map((row) => [row.key, row]));
    this.matchedAgents = Math.max(agents?.matched ?? 0, rows.length);
    this.cutAgents = this.matchedAgents - rows.length;
    this.controls = new Map((controls ?? []).map((row) => [row.key, row]));
    this.rollouts = rollouts ?? [];
    this.flags = flags ?? [];
    this.jvms = jvms ?? [];
    this.info = info;
    if (this.jvms.length === 1 && this.jvms[0].jvm !== this.jvm) {
      this.jvm = ''; // a link from before a restart names a process that is gone
    }
    this.time = state.time ?? Date.now();
    this.#ordered = null;
    this.changed();
  }

  patch(patch) {
    this.#merge(this.agents, patch.agents);
    this.#merge(this.controls, patch.controls);
    this.matchedAgents = this.agents.size + (this.cutAgents ?? 0);
    this.rollouts = patch.rollouts ?? this.rollouts;
    this.flags = patch.flags ?? this.flags;
    this.jvms = patch.jvms ?? this.jvms;
    this.time = patch.time ?? this.time;
    this.#ordered = null;
    this.changed();
  }

  #merge(map, change) {
    for (const row of change?.changed ?? []) {
      map.set(row.key, row);
    }
    for (const key of change?.removed ?? []) {
      map.delete(key);
    }
  }

  /** The agents of the chosen JVM. */
  shownAgents() {
    if (!this.#ordered || this.#ordered.jvm !== this.jvm) {
      const all = [...this.agents.values()];
      this.#ordered = { jvm: this.jvm, rows: this.jvm ? all.filter((row) => row.jvm === this.jvm) : all };
    }
    return this.#ordered.rows;
  }

  /** The JVM as part of a link; a link to the only JVM stays good when that is restarted. */
  linked(jvm) {
    return this.jvms.length > 1 ? jvm : '';
  }

  ofJvm(rows) {
    return this.jvm ? rows.filter((row) => row.jvm === this.jvm) : rows;
  }

  openFlags() {
    return this.ofJvm(this.flags).filter((flag) => flag.until == null);
  }

  jvmName(id) {
    return this.jvms.find((jvm) => jvm.jvm === id)?.name ?? id;
  }

  /** Sums over the agents that are shown, for the tiles. */
  totals() {
    const sum = { agents: 0, perSecond: 0, calls: 0, running: 0, succeeded: 0, failed: 0, refused: 0, cost: 0, perDay: 0, cache: 0, routing: 0, open: 0, halfOpen: 0, unpriced: 0, attention: 0, input: 0, output: 0, sparkline: new Array(30).fill(0) };
    for (const agent of this.shownAgents()) {
      addAgent(sum, agent);
    }
    sum.flags = this.openFlags().length;
    return sum;
  }
}

function addAgent(sum, agent) {
  sum.agents++;
  sum.perSecond += agent.callsPerSecond ?? 0;
  sum.calls += agent.calls ?? 0;
  sum.running += agent.running ?? 0;
  sum.succeeded += agent.succeeded ?? 0;
  sum.failed += agent.failed ?? 0;
  sum.refused += agent.refused ?? 0;
  sum.cost += agent.costUsd ?? 0;
  sum.perDay += agent.costPerDayUsd ?? 0;
  sum.cache += agent.savedUsd?.cache ?? 0;
  sum.routing += agent.savedUsd?.routing ?? 0;
  sum.open += agent.breakers?.open ?? 0;
  sum.halfOpen += agent.breakers?.halfOpen ?? 0;
  sum.unpriced += agent.priced === false ? 1 : 0;
  sum.attention += attention(agent) > 0 ? 1 : 0;
  sum.input += agent.inputTokens ?? 0;
  sum.output += agent.outputTokens ?? 0;
  const line = agent.sparkline ?? [];
  const from = 30 - line.length;
  for (let i = Math.max(0, -from); i < line.length; i++) {
    sum.sparkline[from + i] += line[i] ?? 0;
  }
}

/** How urgently an agent needs a look: 3 an open breaker or a used-up budget, 2 a flag, 1 nearly. */
export function attention(agent) {
  if (agent.breakers?.open > 0 || agent.budget?.usedShare >= 1) {
    return 3;
  }
  if (agent.flags > 0 || (agent.successShare != null && agent.successShare < 0.9)) {
    return 2;
  }
  return agent.breakers?.halfOpen > 0 || agent.budget?.usedShare >= 0.8 ? 1 : 0;
}

/** Why it needs a look, in words; empty if it does not. */
export function attentionWords(agent) {
  const words = [];
  if (agent.breakers?.open > 0) {
    words.push(agent.breakers.open === 1 ? '1 circuit breaker is open' : agent.breakers.open + ' circuit breakers are open');
  }
  if (agent.budget?.usedShare >= 1) {
    words.push('the budget is used up');
  } else if (agent.budget?.usedShare >= 0.8) {
    words.push('the budget is nearly used up');
  }
  if (agent.flags > 0) {
    words.push(agent.flags === 1 ? '1 signal is unusual' : agent.flags + ' signals are unusual');
  }
  if (agent.successShare != null && agent.successShare < 0.9) {
    words.push('only ' + percent(agent.successShare) + ' of the calls succeed');
  }
  if (agent.breakers?.halfOpen > 0) {
    words.push('a circuit breaker is half open');
  }
  return words.join('; ');
}
