/**
 * A table of any length of which only the rows in sight exist. Rows have keys: a row that stays in
 * sight keeps its elements, so that selected text, focus and scroll position survive updates. The
 * grid itself has the focus and names the active row, so no update can take the focus away.
 */

import { make, attribute, setHidden, setClass, perFrame, replace } from './dom.js';

const SPARE = 6; // rows beyond both edges
let grids = 0;

export class Grid {
  /**
   * options: label, className, role ("grid" or "treegrid"), columns, onOpen(row), onActive(row),
   * onSort(id), onEnd() when the last row comes in sight, rowClass(node, row), rowAttributes.
   * A column: id, title, className, sortable, make(cell), update(cell, row).
   */
  constructor(options) {
    this.options = options;
    this.id = 'grid' + ++grids;
    this.keys = [];
    this.rows = new Map();
    this.nodes = new Map();
    this.spare = [];
    this.active = null;
    this.scrollTop = 0;
    this.rowHeight = 0;
    this.positions = new Map();
    this.render = perFrame(() => this.#render());
    this.#build();
  }

  #build() {
    const { label, className, role = 'grid', columns } = this.options;
    this.headers = columns.map((column) => this.#header(column));
    this.head = make('div', { role: 'row', class: 'row head', 'aria-rowindex': 1 }, ...this.headers);
    this.body = make('div', { role: 'rowgroup', class: 'rows' });
    this.element = make('div', { role, class: 'grid', tabindex: 0, 'aria-label': label, 'aria-colcount': columns.length, 'data-grid': this.id }, make('div', { role: 'rowgroup', class: 'headgroup' }, this.head), this.body);
    this.message = make('div', { class: 'empty', hidden: true });
    this.wrapper = make('div', { class: 'gridwrap ' + (className ?? '') }, this.element, this.message);
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#keydown(event));
    this.body.addEventListener('click', (event) => this.#clicked(event));
    this.wrapper.addEventListener('pointerenter', () => (this.pointed = true));
    this.wrapper.addEventListener('pointerleave', () => (this.pointed = false));
    new ResizeObserver(() => this.resized()).observe(this.element);
  }

  #header(column) {
    const cell = make('div', { role: 'columnheader', class: 'cell ' + (column.className ?? ''), 'data-column': column.id });
    if (column.sortable) {
      cell.append(make('button', { type: 'button', class: 'sort', title: column.hint ?? null, onclick: () => this.options.onSort(column.id) }, column.title, make('span', { class: 'arrow', 'aria-hidden': 'true' })));
    } else if (column.head) {
      column.head(cell);
    } else {
      cell.append(make('span', { title: column.hint ?? null }, column.title));
    }
    return cell;
  }

  /** Shows which column the rows are ordered by. */
  sorted(id, direction) {
    this.options.columns.forEach((column, i) => {
      attribute(this.headers[i], 'aria-sort', !column.sortable ? null : column.id === id ? (direction === 'asc' ? 'ascending' : 'descending') : 'none');
    });
  }

  /** Sets the rows in their order. The row at the top stays where it is if "anchor" is set. */
  setRows(keys, rows, anchor = false) {
    if (anchor && this.element.offsetParent !== null) {
      this.scrollTop = this.element.scrollTop;
    }
    const before = anchor && this.scrollTop > 0 ? this.keys[this.#firstInSight()] : undefined;
    const at = before === undefined ? 0 : this.positions.get(before);
    this.keys = keys;
    this.rows = rows;
    this.positions = null;
    this.#index();
    if (before !== undefined && this.positions.has(before)) {
      this.#moveBy((this.positions.get(before) - at) * this.rowHeight);
    }
    if (this.active !== null && !this.positions.has(this.active)) {
      this.active = null;
    }
    this.#render(); // in the same frame, or the rows would be seen at their old places
  }

  #index() {
    const positions = new Map();
    for (let i = 0; i < this.keys.length; i++) {
      positions.set(this.keys[i], i);
    }
    this.positions = positions;
  }

  #moveBy(pixels) {
    if (pixels !== 0) {
      this.#stretch();
      this.element.scrollTop += pixels;
      this.scrollTop = this.element.scrollTop;
    }
  }

  #firstInSight() {
    return Math.max(0, Math.floor(this.scrollTop / Math.max(1, this.rowHeight)));
  }

  #stretch() {
    const height = this.keys.length * this.rowHeight + 'px';
    if (this.body.style.height !== height) {
      this.body.style.height = height;
    }
    attribute(this.element, 'aria-rowcount', this.keys.length + 1);
  }

  #scrolled() {
    if (this.element.offsetParent !== null) {
      this.scrollTop = this.element.scrollTop;
      this.render();
    }
  }

  resized() {
    const height = parseFloat(getComputedStyle(this.element).getPropertyValue('--row')) || 32;
    if (height !== this.rowHeight) {
      this.rowHeight = height;
    }
    this.render();
  }

  /** Puts the scroll position back, which a hidden element loses. */
  shown() {
    this.resized();
    this.#stretch();
    this.element.scrollTop = this.scrollTop;
  }

  #render() {
    const height = this.element.clientHeight;
    if (height === 0 || this.rowHeight === 0) {
      return;
    }
    this.#stretch();
    const first = Math.max(0, this.#firstInSight() - SPARE);
    const last = Math.min(this.keys.length, Math.ceil((this.scrollTop + height) / this.rowHeight) + SPARE);
    const wanted = new Set(this.keys.slice(first, last));
    if (this.active !== null) {
      wanted.add(this.active); // it is what the focus refers to
    }
    for (const [key, node] of this.nodes) {
      if (!wanted.has(key) && this.positions.has(key) && node.contains(document.activeElement)) {
        wanted.add(key); // a button of this row has the focus
      }
      if (!wanted.has(key)) {
        this.nodes.delete(key);
        this.#release(node);
      }
    }
    for (const key of wanted) {
      this.#place(key);
    }
    attribute(this.element, 'aria-activedescendant', this.active === null ? null : this.nodes.get(this.active)?.id);
    if (last === this.keys.length && this.options.onEnd) {
      this.options.onEnd();
    }
  }

  #release(node) {
    node.remove();
    if (this.spare.length < 20) {
      this.spare.push(node);
    }
  }

  #place(key) {
    let node = this.nodes.get(key);
    if (!node) {
      node = this.spare.pop() ?? this.#newRow();
      node.rowKey = key;
      node.rowValue = null;
      this.nodes.set(key, node);
      this.body.append(node);
    }
    const at = this.positions.get(key);
    if (node.rowAt !== at || node.rowSize !== this.rowHeight) {
      node.rowAt = at;
      node.rowSize = this.rowHeight;
      node.style.transform = 'translateY(' + at * this.rowHeight + 'px)';
      attribute(node, 'aria-rowindex', at + 2);
    }
    setClass(node, 'active', key === this.active);
    attribute(node, 'aria-selected', key === this.active ? 'true' : 'false');
    const row = this.rows.get(key);
    if (node.rowValue !== row || this.options.volatile) {
      node.rowValue = row;
      this.#fill(node, row, key);
    }
  }

  /** A row with a value that no one expected costs that row, not the table. */
  #fill(node, row, key) {
    try {
      this.options.columns.forEach((column, i) => column.update(node.children[i], row, key));
      this.options.decorate?.(node, row, key);
    } catch (failure) {
      console.error('This row cannot be shown:', row, failure);
    }
  }

  #newRow() {
    const node = make('div', { role: 'row', class: 'row', id: this.id + 'row' + ++grids });
    for (const column of this.options.columns) {
      const cell = make('div', { role: 'gridcell', class: 'cell ' + (column.className ?? '') });
      column.make?.(cell);
      node.append(cell);
    }
    return node;
  }

  /** Makes all rows in sight read their values again. */
  refresh() {
    for (const node of this.nodes.values()) {
      node.rowValue = null;
    }
    this.render();
  }

  #clicked(event) {
    const node = event.target.closest('.row');
    if (!node || event.target.closest('button') || !getSelection().isCollapsed) {
      return;
    }
    if (event.target.closest('a') && (event.metaKey || event.ctrlKey || event.shiftKey)) {
      return;
    }
    event.preventDefault();
    this.setActive(node.rowKey);
    if (this.options.onClick) {
      this.options.onClick(node.rowKey, event);
    } else {
      this.options.onOpen?.(this.rows.get(node.rowKey), node.rowKey);
    }
  }

  setActive(key, scroll = true) {
    this.active = key;
    if (scroll && key !== null) {
      this.#bringInSight(this.positions.get(key));
    }
    this.#render();
    if (key !== null) {
      this.options.onActive?.(this.rows.get(key), key);
    }
  }

  #bringInSight(at) {
    const head = this.head.offsetHeight;
    const top = at * this.rowHeight;
    const bottom = top + this.rowHeight - (this.element.clientHeight - head);
    this.#stretch();
    if (top < this.element.scrollTop) {
      this.element.scrollTop = top;
    } else if (bottom > this.element.scrollTop) {
      this.element.scrollTop = bottom;
    }
    this.scrollTop = this.element.scrollTop;
  }

  /** Moves the active row. */
  move(step) {
    if (this.keys.length === 0) {
      return;
    }
    const at = this.active === null ? (step > 0 ? -1 : this.keys.length) : this.positions.get(this.active);
    const next = this.active === null && Math.abs(step) === 1 ? this.#firstInSight() : at + step;
    this.setActive(this.keys[Math.max(0, Math.min(this.keys.length - 1, next))]);
  }

  open() {
    if (this.active !== null) {
      this.options.onOpen?.(this.rows.get(this.active), this.active);
    }
  }

  focus() {
    this.element.focus({ preventScroll: true });
  }

  /** Handles a key; returns whether it was one of the grid's. */
  key(event) {
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.rowHeight) - 2);
    const steps = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps) {
      const step = steps[event.key];
      if (Number.isFinite(step)) {
        this.move(step);
      } else if (this.keys.length > 0) {
        this.setActive(this.keys[step < 0 ? 0 : this.keys.length - 1]);
      }
      return true;
    }
    if (event.key === 'Enter' && this.active !== null) {
      this.open();
      return true;
    }
    return this.options.onKey?.(event) ?? false;
  }

  #keydown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.element) {
      return;
    }
    if (this.key(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** Shows a message in place of rows; nothing if it is null. */
  say(...message) {
    setHidden(this.message, message.length === 0);
    replace(this.message, ...message);
  }
}

/** A column of one text. */
export function textColumn(id, title, textOf, more = {}) {
  return {
    id,
    title,
    ...more,
    update(cell, row, key) {
      const text = textOf(row, key);
      if (cell.firstChild) {
        if (cell.firstChild.data !== text) {
          cell.firstChild.data = text;
        }
      } else {
        cell.append(text === '' ? document.createTextNode('') : text);
      }
      if (more.titleOf) {
        attribute(cell, 'title', more.titleOf(row, key));
      }
    },
  };
}

/** Says that a view has nothing to show, why, and what to do. */
export function emptyMessage(title, ...details) {
  return [make('p', { class: 'empty-title' }, title), ...details.map((detail) => (typeof detail === 'string' ? make('p', {}, detail) : detail))];
}
