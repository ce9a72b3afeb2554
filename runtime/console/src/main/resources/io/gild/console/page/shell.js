/** The frame around the views: navigation, JVM, search, connection, theme, export. */

import { make, setText, attribute, setClass, setHidden, replace, icon, iconButton, debounce } from './dom.js';
import { clock, count, line, plural } from './format.js';
import { linkTo } from './router.js';
import { confirmDialog, helpDialog, Toasts } from './dialogs.js';
import { save } from './export.js';

const THEME = 'gild.theme';
const THEMES = ['auto', 'light', 'dark'];
const ICON_OF = { auto: 'auto', light: 'sun', dark: 'moon' };
const SPEAK_MILLIS = 30_000;
const TABS = [['overview', 'Overview'], ['calls', 'Calls'], ['cost', 'Cost'], ['golden', 'Golden'], ['policies', 'Policies'], ['controls', 'Controls']];

export class Shell {
  constructor(app) {
    this.app = app;
    this.toasts = new Toasts();
    this.spokenAt = 0;
    this.findings = -1;
    this.tabs = new Map(TABS.map(([name, title]) => [name, make('a', { class: 'tab', href: linkTo(name) }, title)]));
    this.jvmSelect = make('select', { 'aria-label': 'JVM', onchange: () => app.chooseJvm(this.jvmSelect.value, true) });
    this.searchField = make('input', { type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false', 'aria-label': 'Search' });
    this.searchSoon = debounce(() => app.view.search?.(this.searchField.value), 80);
    this.searchField.addEventListener('input', () => this.searchSoon());
    this.connection = make('button', { type: 'button', class: 'connection', onclick: () => this.#connectionClicked() }, make('span', { class: 'dot', 'aria-hidden': 'true' }));
    this.connectionText = make('span', { class: 'connection-text' }, 'Connecting');
    this.connection.append(this.connectionText);
    this.pause = iconButton('pause', 'Pause (p)', () => app.togglePause(), { 'aria-pressed': 'false' });
    this.themeButton = iconButton('auto', 'Theme', () => this.nextTheme());
    this.menu = this.#exportMenu();
    this.lost = make('p', { class: 'lost', role: 'alert', hidden: true });
    this.speaker = make('p', { class: 'spoken', role: 'status', 'aria-live': 'polite' });
    this.main = make('main', { id: 'main', tabindex: -1 });
    this.#theme(this.#storedTheme());
  }

  build() {
    const brand = make('a', { class: 'brand', href: '#/overview', 'aria-label': 'Gild console' }, make('span', { class: 'leaf', 'aria-hidden': 'true' }), make('span', {}, 'Gild'));
    this.jvmText = make('span', { class: 'jvm-text', hidden: true });
    const jvm = this.jvm = make('div', { class: 'jvm', hidden: true }, this.jvmSelect, this.jvmText);
    const search = make('div', { class: 'search', role: 'search' }, icon('search'), this.searchField, make('kbd', { 'aria-hidden': 'true' }, '/'));
    const nav = make('nav', { 'aria-label': 'Views' }, ...this.tabs.values());
    const header = make('header', { class: 'top' }, brand, nav, search, jvm, make('div', { class: 'top-tools' }, this.connection, this.pause, this.menu, this.themeButton, make('button', { type: 'button', class: 'icon-button', 'aria-label': 'Keys (?)', title: 'Keys (?)', onclick: () => this.help() }, '?')));
    document.body.append(make('a', { class: 'skip', href: '#main', onclick: (event) => { event.preventDefault(); this.app.focusView(); } }, 'Skip to the content'), header, this.lost, this.main, this.toasts.element, this.speaker);
  }

  #exportMenu() {
    const item = (format) => make('button', { type: 'button', onclick: () => this.#export(format) }, format.toUpperCase());
    const panel = make('div', { class: 'menu', id: 'export-menu', popover: 'auto' }, make('p', {}, 'Export this view'), item('json'), item('csv'));
    this.exportPanel = panel;
    const button = iconButton('export', 'Export', null, { popovertarget: 'export-menu', 'aria-haspopup': 'true' });
    return make('div', { class: 'menu-place' }, button, panel);
  }

  async #export(format) {
    this.exportPanel.hidePopover();
    try {
      await save(this.app.api, this.app.view, format);
    } catch (failure) {
      this.toast(failure.message);
    }
  }

  viewChanged(view, tab) {
    for (const [name, link] of this.tabs) {
      attribute(link, 'aria-current', name === tab ? 'page' : null);
    }
    this.tabs.get(tab)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    attribute(this.searchField, 'placeholder', view.placeholder);
    attribute(this.searchField, 'aria-label', view.placeholder);
    this.searchChanged(view);
  }

  searchChanged(view) {
    if (document.activeElement !== this.searchField || !view.searchText) {
      this.searchField.value = view.searchText ?? '';
    }
  }

  /** The list of JVMs; only rebuilt when it differs. */
  update(store) {
    const single = store.jvms.length === 1 ? store.jvms[0] : null;
    setHidden(this.jvmSelect, Boolean(single));
    setHidden(this.jvmText, !single);
    setHidden(this.jvm, store.jvms.length === 0);
    setText(this.jvmText, single ? line(single.name) + ' · ' + (single.file ? 'recording' : line(single.mode)) : '');
    attribute(this.jvmText, 'title', single ? line(single.name) + ', process ' + line(single.pid) + ', Java ' + line(single.java) + ', ' + line(single.mode) + ' mode' : null);
    const options = [['', 'All ' + store.jvms.length + ' JVMs'], ...(store.jvms.length > 1 ? store.jvms.map((jvm) => [jvm.jvm, line(jvm.name) + ' (' + line(jvm.jvm) + ')' + (jvm.reachable === false ? ' – not reachable' : '')]) : [])];
    const wanted = JSON.stringify(options);
    if (wanted !== this.knownJvms) {
      this.knownJvms = wanted;
      replace(this.jvmSelect, ...options.map(([value, title]) => make('option', { value }, title)));
    }
    if (this.jvmSelect.value !== store.jvm) {
      this.jvmSelect.value = store.jvm;
    }
    this.#lostWords(store);
    this.status(this.app.connection.status);
  }

  #lostWords(store) {
    const parts = [];
    if (store.lostEvents > 0) {
      parts.push('This page lost ' + plural(store.lostEvents, 'event') + (store.lostWhy ? ': ' + line(store.lostWhy) : ''));
    }
    for (const jvm of store.ofJvm(store.jvms)) {
      for (const lost of jvm.lost ?? []) {
        if (lost.count > 0) {
          parts.push(count(lost.count) + ' ' + line(lost.what) + ' lost' + (store.jvms.length > 1 ? ' in ' + line(jvm.name) : '') + ' (' + line(lost.reason) + ')');
        }
      }
      if (jvm.reachable === false) {
        parts.push(line(jvm.name) + ' is not reachable; its figures are the last known ones');
      }
    }
    const shown = parts.slice(0, 3).join(' · ') + (parts.length > 3 ? ' · and ' + (parts.length - 3) + ' more' : '');
    setHidden(this.lost, parts.length === 0);
    if (shown !== this.lostShown) {
      this.lostShown = shown;
      setText(this.lost, shown);
    }
  }

  /** Says how current the figures are. */
  status(status) {
    const store = this.app.store;
    const of = store.time ? clock(store.paused ? this.app.pausedAt : store.time) : '';
    const words = { connecting: ['Connecting', ''], live: ['Live', ''], asleep: ['Asleep', of], polling: ['Every ' + status.seconds + ' s', ''], reconnecting: ['Reconnecting in ' + status.seconds + ' s', of && 'data of ' + of] };
    const [text, more] = store.paused && status.kind !== 'reconnecting' ? ['Paused', of && 'at ' + of] : words[status.kind];
    setText(this.connectionText, text + (more ? ' · ' + more : ''));
    this.connection.className = 'connection ' + (store.paused ? 'paused' : status.kind);
    attribute(this.connection, 'title', status.kind === 'reconnecting' ? 'The connection is lost: ' + line(status.why) + '. The page shows data of ' + of + '. Click to try now.' : status.kind === 'polling' ? line(status.why) : of ? 'Data of ' + clock(store.time, true) + (this.app.behind >= 0 ? ', shown ' + Math.round(this.app.behind) + ' ms later' : '') : null);
    attribute(document.documentElement, 'data-connection', store.paused ? 'paused' : status.kind);
    this.#speakStatus(status);
  }

  #speakStatus(status) {
    if (status.kind === this.spokenStatus || !['live', 'reconnecting', 'polling'].includes(status.kind)) {
      return;
    }
    if (this.spokenStatus) {
      setText(this.speaker, status.kind === 'live' ? 'Connected again.' : status.kind === 'polling' ? 'Live updates are not available: ' + line(status.why) : 'The connection is lost.');
    }
    this.spokenStatus = status.kind;
  }

  /** Speaks of new findings, but rarely. */
  announceFindings(number) {
    const now = Date.now();
    if (number > this.findings && this.findings >= 0 && now - this.spokenAt > SPEAK_MILLIS) {
      this.spokenAt = now;
      setText(this.speaker, number === 1 ? '1 finding needs attention.' : number + ' findings need attention.');
    }
    if (number !== this.findings) {
      this.findings = number;
    }
  }

  #connectionClicked() {
    if (this.app.connection.status.kind === 'reconnecting') {
      this.app.connection.retry();
    } else {
      this.app.togglePause();
    }
  }

  paused(on) {
    attribute(this.pause, 'aria-pressed', String(on));
    attribute(this.pause, 'aria-label', on ? 'Go on (p)' : 'Pause (p)');
    attribute(this.pause, 'title', on ? 'Go on (p)' : 'Pause (p)');
    replace(this.pause, icon(on ? 'play' : 'pause'));
  }

  #storedTheme() {
    try {
      const stored = localStorage.getItem(THEME);
      return THEMES.includes(stored) ? stored : 'auto';
    } catch {
      return 'auto';
    }
  }

  nextTheme() {
    this.#theme(THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length]);
    try {
      localStorage.setItem(THEME, this.theme);
    } catch {
      // without storage, the choice lasts as long as the page
    }
  }

  #theme(theme) {
    this.theme = theme;
    attribute(document.documentElement, 'data-theme', theme === 'auto' ? null : theme);
    attribute(this.themeButton, 'aria-label', 'Theme: ' + theme + ' (d)');
    attribute(this.themeButton, 'title', 'Theme: ' + theme + ' (d)');
    replace(this.themeButton, icon(ICON_OF[theme]));
  }

  confirm(question, words, action) {
    return confirmDialog(question, words, action);
  }

  help() {
    const info = this.app.store.info;
    const jvm = this.app.store.jvms[0];
    const parts = ['Gild ' + line(info.gild ?? ''), jvm ? 'Java ' + line(jvm.java) + ', process ' + line(jvm.pid) + ', ' + line(jvm.mode) + ' mode' : '', info.readOnly === false ? 'actions are allowed' : 'read-only', info.contentCaptured ? 'content is captured' : 'content is not captured'];
    if (jvm?.recording) {
      parts.push('the recording holds ' + count(jvm.recording.held) + ' of ' + plural(jvm.recording.calls, 'call'));
    }
    return helpDialog(parts.filter(Boolean).join(' · '));
  }

  toast(text) {
    this.toasts.say(line(text));
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast('Copied ' + text);
    } catch {
      this.toast(text);
    }
  }
}
