/** The cells of a row in the list of calls. */

import { make, setText, attribute } from './dom.js';
import { micros, line, NONE } from './format.js';
import { linkTo } from './router.js';
import { shortClass } from './overview.js';

export const OUTCOMES = { success: 'answered', failure: 'failed', refused: 'refused', cancelled: 'cancelled', running: 'running' };

/** How it was answered, and the error if the words do not name it. */
export function wordsOf(call) {
  const words = line(call.words);
  return [words, call.error && !words.includes(shortClass(call.error)) ? line(call.error) : ''].filter(Boolean).join(' · ');
}

export function outcomeColumn() {
  return {
    id: 'outcome',
    title: 'Outcome',
    className: 'outcome-cell',
    make(cell) {
      cell.badge = make('span', { class: 'outcome' });
      cell.cache = make('span', { class: 'tag' });
      cell.append(cell.badge, cell.cache);
    },
    update(cell, call) {
      cell.badge.className = 'outcome ' + (call.outcome in OUTCOMES ? call.outcome : 'other');
      setText(cell.badge, OUTCOMES[call.outcome] ?? line(call.outcome));
      const cached = call.cache && call.cache !== 'miss' ? (call.cache === 'hit' ? 'cached' : line(call.cache)) : call.shadow ? 'shadow' : '';
      cell.cache.hidden = !cached;
      setText(cell.cache, cached);
      attribute(cell, 'title', line(call.error) || null);
    },
  };
}

export function agentColumn(store) {
  return {
    id: 'agent',
    title: 'Agent and method',
    className: 'agent',
    make(cell) {
      cell.link = make('a', { tabindex: -1, class: 'name' });
      cell.small = make('span', { class: 'small' });
      cell.append(cell.link, cell.small);
    },
    update(cell, call) {
      setText(cell.link, line(call.agent));
      attribute(cell.link, 'href', linkTo('calls', [call.jvm, call.id]));
      setText(cell.small, line(call.method));
      attribute(cell, 'title', line(call.agent) + ' · ' + line(call.method) + ' in ' + line(store.jvmName(call.jvm)));
    },
  };
}

export const TRACE_DIGITS = 8;

/** The beginning of the trace id, which a click copies as a whole. */
export function traceColumn(copy) {
  return {
    id: 'trace',
    title: 'Trace',
    className: 'trace',
    make(cell) {
      cell.none = make('span', {}, NONE);
      cell.button = make('button', { type: 'button', class: 'copy', tabindex: -1, onclick: (event) => {
        event.stopPropagation();
        copy(cell.trace);
      } });
      cell.append(cell.none, cell.button);
    },
    update(cell, call) {
      const trace = line(call.trace);
      cell.trace = trace;
      cell.button.hidden = !trace;
      cell.none.hidden = Boolean(trace);
      setText(cell.button, trace.slice(0, TRACE_DIGITS));
      attribute(cell.button, 'title', trace ? 'Copy the trace id ' + trace : null);
    },
  };
}

export function durationColumn(longest) {
  return {
    id: 'duration',
    title: 'Duration',
    className: 'number duration',
    make(cell) {
      cell.bar = make('span', { class: 'length', 'aria-hidden': 'true' }, make('span'));
      cell.text = make('span');
      cell.append(cell.bar, cell.text);
    },
    update(cell, call) {
      setText(cell.text, call.outcome === 'running' ? 'running' : micros(call.durationMicros));
      cell.bar.firstChild.style.width = (longest() > 0 ? Math.sqrt((call.durationMicros ?? 0) / longest()) * 100 : 0) + '%';
    },
  };
}

export function attemptsText(call) {
  const attempts = Math.max(call.attempts ?? 0, call.httpAttempts ?? 0);
  return attempts > 1 ? attempts + '×' : attempts === 1 ? '1' : NONE;
}
