/** The part of the address after #: it names the view and its filters, so that links lead there. */

export function parseRoute(hash) {
  const text = hash.replace(/^#\/?/, '');
  const at = text.indexOf('?');
  const path = at < 0 ? text : text.slice(0, at);
  const [view = '', ...parts] = path.split('/').map(decoded);
  return { view: view || 'overview', parts, query: new URLSearchParams(at < 0 ? '' : text.slice(at + 1)) };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a % that stands for itself
  }
}

export function linkTo(view, parts = [], query = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of query instanceof URLSearchParams ? query : Object.entries(query)) {
    if (value !== '' && value !== null && value !== undefined && value !== false) {
      search.set(name, value === true ? '1' : value);
    }
  }
  const text = search.toString();
  return '#/' + [view, ...parts].map(encodeURIComponent).join('/') + (text ? '?' + text : '');
}

/** Goes to another view, as a link does. */
export function go(link) {
  location.hash = link.slice(1);
}

/** Changes the address without a step in the history: for filters while they are typed. */
export function amend(link) {
  if (location.hash !== link) {
    history.replaceState(null, '', link);
  }
}
