/** Puts the parts together: store, stream, views, keys. */

import { Store } from './store.js';
import { Api, Connection } from './stream.js';
import { Shell } from './shell.js';
import { Overview } from './overview.js';
import { Calls } from './calls.js';
import { Call } from './call.js';
import { Cost } from './cost.js';
import { Golden } from './golden.js';
import { Policies } from './policies.js';
import { Controls } from './controls.js';
import { parseRoute, linkTo, go, amend } from './router.js';
import { isTyping } from './dom.js';
import { tokenDialog } from './dialogs.js';

const SEQUENCE_MILLIS = 1500;
const VIEW_KEYS = { o: 'overview', c: 'calls', m: 'cost', g: 'golden', p: 'policies', t: 'controls' };

class App {
  store = new Store();
  behind = -1;
  pausedAt = 0;
  #sequenceAt = -Infinity;

  constructor() {
    this.api = new Api(tokenDialog);
    this.connection = new Connection(this.api, { event: (name, data) => this.#event(name, data), status: (status) => this.#status(status) });
    this.shell = new Shell(this);
    this.shell.build();
    this.views = { overview: new Overview(this), calls: new Calls(this), call: new Call(this), cost: new Cost(this), golden: new Golden(this), policies: new Policies(this), controls: new Controls(this) };
    for (const view of Object.values(this.views)) {
      view.element.hidden = true;
      this.shell.main.append(view.element);
    }
    this.store.listen((store) => this.shell.update(store));
    addEventListener('hashchange', () => this.route());
    document.addEventListener('keydown', (event) => this.#key(event));
    this.route(true);
    if (!this.connection.started) {
      this.connection.tail(null);
    }
  }

  /** What the stream would have brought meanwhile is read again. */
  #status(status) {
    const missed = status.kind === 'live' && (this.lastStatus === 'reconnecting' || this.lastStatus === 'asleep');
    this.lastStatus = status.kind;
    this.shell.status(status);
    if (missed) {
      this.view.reconnected?.();
    }
  }

  #event(name, data) {
    if (name === 'state') {
      this.store.snapshot(data);
    } else if (name === 'patch') {
      this.store.patch(data);
    } else if (name === 'calls') {
      this.views.calls.arrived(data);
    } else if (name === 'lost') {
      this.store.lostEvents += data.events ?? 0;
      this.store.lostWhy = data.why;
    }
  }

  /** Measures how far the screen is behind the server. */
  rendered() {
    if (this.store.time !== this.renderedTime) {
      this.renderedTime = this.store.time;
      this.behind = Math.max(0, Date.now() - this.store.time);
      document.documentElement.dataset.behind = String(this.behind);
    }
  }

  route(first = false) {
    const route = parseRoute(location.hash);
    const name = route.view === 'calls' && route.parts.length >= 2 ? 'call' : route.view in this.views ? route.view : 'overview';
    const view = this.views[name];
    if (route.query.has('jvm') && name !== 'call') {
      this.store.jvm = route.query.get('jvm');
    }
    if (this.view !== view) {
      this.view?.hide();
      for (const one of Object.values(this.views)) {
        one.element.hidden = one !== view;
      }
      this.view = view;
    }
    document.title = view.title + ' – Gild';
    view.show(route);
    this.shell.viewChanged(view, name === 'call' ? 'calls' : name);
    if (!first) {
      this.focusView();
    }
  }

  focusView() {
    if (this.view.grid) {
      this.view.grid.focus();
    } else {
      this.shell.main.focus({ preventScroll: true });
    }
  }

  chooseJvm(jvm, byHand = false) {
    this.store.jvm = jvm;
    if (byHand) {
      this.view.jvmChanged?.();
    }
    this.store.changed();
  }

  togglePause() {
    this.store.paused = !this.store.paused;
    this.pausedAt = this.store.time;
    this.shell.paused(this.store.paused);
    this.store.changed();
  }

  #key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    if (isTyping(event)) {
      this.#keyInField(event);
      return;
    }
    if (this.#sequence(event) || this.#global(event) || this.view.keys?.(event) || this.#gridKey(event)) {
      event.preventDefault();
    }
  }

  /** The table gets its keys also while something else has the focus, unless that needs them. */
  #gridKey(event) {
    const grid = this.view.grid;
    const needed = event.target.closest('button, a, summary, [tabindex="0"]');
    if (!grid || (needed && !/^[jk]$/.test(event.key)) || !grid.key(event)) {
      return false;
    }
    if (event.key !== 'Enter') {
      grid.focus();
    }
    return true;
  }

  #keyInField(event) {
    if (event.key === 'Escape') {
      if (event.target === this.shell.searchField && event.target.value) {
        event.target.value = '';
        this.view.search?.('');
      }
      this.focusView();
      event.preventDefault();
    } else if (event.target === this.shell.searchField && (event.key === 'ArrowDown' || event.key === 'Enter')) {
      this.view.search?.(event.target.value);
      this.focusView();
      if (this.view.grid && this.view.name !== 'call') {
        this.view.grid.move(1);
      }
      event.preventDefault();
    }
  }

  /** Two keys after each other, such as "g c". */
  #sequence(event) {
    const second = performance.now() - this.#sequenceAt < SEQUENCE_MILLIS;
    this.#sequenceAt = -Infinity;
    if (second && event.key in VIEW_KEYS) {
      const name = VIEW_KEYS[event.key];
      go(name === 'calls' ? this.views.calls.link() : linkTo(name));
      return true;
    }
    if (event.key === 'g') {
      this.#sequenceAt = performance.now();
      return true;
    }
    return false;
  }

  #global(event) {
    const actions = { '/': () => this.shell.searchField.focus(), p: () => this.togglePause(), d: () => this.shell.nextTheme(), '?': () => this.shell.help() };
    if (event.key === 'Escape' && this.view.searchText && this.view.name !== 'call') {
      this.view.search('');
      this.shell.searchChanged(this.view);
      return true;
    }
    actions[event.key]?.();
    return event.key in actions;
  }
}

new App();
