/** A tree of spans in columns: depth-first rows with the index of their parent. */

export const KINDS = ['agent', 'model', 'tool', 'embedding', 'http', 'other'];
export const SPAN_OUTCOMES = ['success', 'failure', 'refused', 'cancelled', 'running'];

export class SpanTree {
  constructor(answer) {
    const spans = answer.spans ?? {};
    this.strings = answer.strings ?? [];
    this.ids = spans.id ?? [];
    this.length = this.ids.length;
    this.parent = spans.parent ?? [];
    this.names = spans.name ?? [];
    this.kind = spans.kind ?? [];
    this.start = spans.startMicros ?? [];
    this.duration = spans.durationMicros ?? [];
    this.outcome = spans.outcome ?? [];
    this.cost = spans.costUsd ?? [];
    this.tokens = spans.tokens ?? [];
    this.collapsed = new Uint8Array(this.length);
    this.#shape();
  }

  #shape() {
    const { length } = this;
    this.depth = new Int32Array(length);
    this.end = new Int32Array(length).fill(length); // the first row after the subtree
    this.total = 1;
    const open = [];
    for (let i = 0; i < length; i++) {
      const parent = this.parent[i] ?? -1;
      this.depth[i] = parent >= 0 && parent < i ? this.depth[parent] + 1 : 0;
      while (open.length > 0 && this.depth[open[open.length - 1]] >= this.depth[i]) {
        this.end[open.pop()] = i;
      }
      open.push(i);
      this.total = Math.max(this.total, (this.start[i] ?? 0) + (this.duration[i] ?? 0));
    }
  }

  name(i) {
    return this.strings[this.names[i]] ?? '';
  }

  hasChildren(i) {
    return this.end[i] > i + 1;
  }

  /** The rows that are not below a collapsed one. */
  visible() {
    const rows = [];
    for (let i = 0; i < this.length; i = this.collapsed[i] ? this.end[i] : i + 1) {
      rows.push(i);
    }
    return rows;
  }

  collapseAll() {
    for (let i = 0; i < this.length; i++) {
      this.collapsed[i] = this.hasChildren(i) && this.depth[i] > 0 ? 1 : 0;
    }
  }

  expandAll() {
    this.collapsed.fill(0);
  }

  /** Opens everything above a row; returns whether anything was closed. */
  reveal(i) {
    let changed = false;
    for (let below = i, above = this.parent[i]; above >= 0 && above < below; below = above, above = this.parent[above]) {
      changed ||= this.collapsed[above] === 1;
      this.collapsed[above] = 0;
    }
    return changed;
  }

  /** The rows whose name contains a text. */
  find(text) {
    const wanted = text.toLowerCase();
    const matching = this.strings.map((string) => String(string).toLowerCase().includes(wanted));
    const found = [];
    for (let i = 0; i < this.length; i++) {
      if (matching[this.names[i]] || this.ids[i] === text) {
        found.push(i);
      }
    }
    return found;
  }

  /** The spans as objects, for an export. */
  rows() {
    return this.ids.map((id, i) => ({
      id,
      parent: this.ids[this.parent[i]] ?? '',
      name: this.name(i),
      kind: KINDS[this.kind[i]] ?? '',
      startMicros: this.start[i],
      durationMicros: this.duration[i],
      outcome: SPAN_OUTCOMES[this.outcome[i]] ?? '',
      costUsd: this.cost[i],
      tokens: this.tokens[i],
    }));
  }

  failures() {
    const found = [];
    for (let i = 0; i < this.length; i++) {
      if (this.outcome[i] === 1 || this.outcome[i] === 2) {
        found.push(i);
      }
    }
    return found;
  }
}
