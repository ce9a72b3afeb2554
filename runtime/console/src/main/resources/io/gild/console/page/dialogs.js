/** Questions to the person at the page, the help, and short messages. */

import { make, replace, iconButton } from './dom.js';

/** Opens a modal dialog; closing it ends the promise with the value of the button. */
function ask(dialog) {
  document.body.append(dialog);
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      done(dialog.returnValue);
    });
  });
}

function dialog(title, ...children) {
  const id = 'dialog-' + title.replace(/\W+/g, '-').toLowerCase().slice(0, 40);
  return make('dialog', { 'aria-labelledby': id }, make('form', { method: 'dialog' }, make('h2', { id }, title), ...children));
}

export function messageDialog(title, ...content) {
  return ask(dialog(title, ...content, make('div', { class: 'dialog-buttons' }, make('button', { class: 'button primary', value: '', autofocus: true }, 'Close'))));
}

export async function confirmDialog(question, words, action) {
  const answer = await ask(dialog(question, make('p', {}, words), make('div', { class: 'dialog-buttons' }, make('button', { class: 'button', value: '', autofocus: true }, 'Cancel'), make('button', { class: 'button primary', value: 'yes' }, action))));
  return answer === 'yes';
}

/** Asks until something is entered: without a token there is nothing to show. */
export async function tokenDialog(wasWrong) {
  for (;;) {
    const field = make('input', { type: 'password', name: 'token', autocomplete: 'off', spellcheck: 'false', autofocus: true, 'aria-describedby': 'token-words' });
    await ask(dialog('This console needs its token', make('p', { id: 'token-words' }, (wasWrong ? 'The server rejected the token. ' : '') + 'The application printed the address with the token if the whole page needs it; gild console always does.'), make('label', { class: 'field wide' }, make('span', {}, 'Token'), field), make('div', { class: 'dialog-buttons' }, make('button', { class: 'button primary', value: 'yes' }, 'Continue'))));
    if (field.value.trim()) {
      return field.value.trim();
    }
  }
}

const KEYS = [
  ['Go to', [['g o', 'Overview'], ['g c', 'Calls'], ['g m', 'Cost (money)'], ['g g', 'Golden'], ['g p', 'Policies'], ['g t', 'Controls']]],
  ['Everywhere', [['/', 'search in this view'], ['p', 'pause and go on'], ['d', 'dark, light or automatic'], ['Esc', 'clear the search; back to the list'], ['?', 'this help']]],
  ['Lists', [['j k or ↓ ↑', 'next and previous row'], ['Enter', 'open the row'], ['PgDn PgUp', 'a page'], ['Home End', 'first and last row']]],
  ['A call', [['→ ←', 'open and close a span'], ['e', 'next failure'], ['n N', 'next and previous match'], ['Enter', 'to the details']]],
];

export function helpDialog(info) {
  const part = ([title, keys]) => make('section', {}, make('h3', {}, title), make('dl', { class: 'keys' }, ...keys.flatMap(([key, words]) => [make('dt', {}, ...key.split(' ').flatMap((one, i) => [i > 0 ? ' ' : null, one === 'or' ? 'or' : make('kbd', {}, one)])), make('dd', {}, words)])));
  return messageDialog('Keys', make('div', { class: 'help' }, ...KEYS.map(part)), make('p', { class: 'quiet' }, info));
}

const TOAST_MILLIS = 6000;

/** Short messages in a corner, which screen readers speak. */
export class Toasts {
  constructor() {
    this.element = make('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
  }

  say(text) {
    const toast = make('div', { class: 'toast' }, make('span', { class: 'foreign' }, text));
    toast.append(iconButton('close', 'Dismiss', () => toast.remove()));
    this.element.append(toast);
    while (this.element.children.length > 3) {
      this.element.firstChild.remove();
    }
    setTimeout(() => toast.remove(), TOAST_MILLIS);
  }
}
