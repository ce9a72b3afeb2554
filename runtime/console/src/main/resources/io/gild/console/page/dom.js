/** Creates and patches elements. Foreign texts only ever become text nodes and attributes. */

const SVG = 'http://www.w3.org/2000/svg';

/** Creates an element: properties that begin with "on" are listeners, all others attributes. */
export function make(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

export function svg(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else {
      attribute(node, name, value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Sets an attribute if it differs; null, undefined and false remove it. */
export function attribute(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) {
      node.removeAttribute(name);
    }
    return;
  }
  const text = value === true ? '' : String(value);
  if (node.getAttribute(name) !== text) {
    node.setAttribute(name, text);
  }
}

/** Sets the text if it differs, in the text node that is there, so that a selection survives. */
export function setText(node, text) {
  const first = node.firstChild;
  if (first && first.nodeType === Node.TEXT_NODE && !first.nextSibling) {
    if (first.data !== text) {
      first.data = text;
    }
  } else {
    node.textContent = text;
  }
}

export function setClass(node, name, on) {
  if (node.classList.contains(name) !== Boolean(on)) {
    node.classList.toggle(name, Boolean(on));
  }
}

export function setHidden(node, hidden) {
  if (node.hidden !== hidden) {
    node.hidden = hidden;
  }
}

/** Text for screen readers alone. */
export function spoken(text) {
  return make('span', { class: 'spoken' }, text);
}

export function replace(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

const ICONS = {
  pause: 'M5 3h2v10H5zM9 3h2v10H9z',
  play: 'M5 3l8 5-8 5z',
  sun: 'M8 5a3 3 0 100 6 3 3 0 000-6zM7.4 1h1.2v2.4H7.4zM7.4 12.6h1.2V15H7.4zM1 7.4h2.4v1.2H1zM12.6 7.4H15v1.2h-2.4z',
  moon: 'M6 2a6 6 0 108 8A6.5 6.5 0 016 2z',
  auto: 'M8 2a6 6 0 100 12A6 6 0 008 2zm0 1.3v9.4a4.7 4.7 0 010-9.4z',
  export: 'M7.3 2h1.4v6l2.1-2.1 1 1L8 10.700 4.200 6.900l1-1L7.300 8zM3 12h10v1.500H3z',
  close: 'M4.300 3.300L8 7l3.700-3.700 1 1L9 8l3.700 3.700-1 1L8 9l-3.700 3.700-1-1L7 8 3.300 4.300z',
  twisty: 'M6 4l4 4-4 4z',
  search: 'M7 2.500a4.500 4.500 0 103 7.900l3.100 3.100 1-1L10.900 9.500A4.500 4.500 0 007 2.500zm0 1.400a3.100 3.100 0 110 6.200 3.100 3.100 0 010-6.200z',
  swap: 'M5 3L2 6l3 3V7h8V5H5zM11 8v2H3v2h8v2l3-3z',
};

export function icon(name) {
  return svg('svg', { viewBox: '0 0 16 16', class: 'icon icon-' + name, 'aria-hidden': 'true', focusable: 'false' }, svg('path', { d: ICONS[name] }));
}

/** A labelled button with an icon alone. */
export function iconButton(name, label, onclick, more = {}) {
  return make('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick, ...more }, icon(name));
}

/** Runs a function at most once per frame. A hidden page has no frames, and needs none. */
export function perFrame(action) {
  let waiting = false;
  return () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        action();
      });
    }
  };
}

/** Runs a function once the calls pause for a while. */
export function debounce(action, millis) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), millis);
  };
}

/** Returns whether a key belongs to the field that has the focus. */
export function isTyping(event) {
  const target = event.target;
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);
}
