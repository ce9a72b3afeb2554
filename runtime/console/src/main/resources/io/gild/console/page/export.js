/** Saves what a view shows as JSON or CSV: by the server where it has all of it, else from the page. */

const STARTS_A_FORMULA = /^[=+\-@\t\r]/;

export async function save(api, view, format) {
  const what = view.exports(format);
  const blob = what.server ? await (await api.request(what.server(format))).blob() : new Blob([format === 'csv' ? csv(what) : json(what)], { type: format === 'csv' ? 'text/csv' : 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = 'gild-' + what.name + '-' + new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-') + '.' + format;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function json(what) {
  return JSON.stringify(what.rows(), null, 2) + '\n';
}

export function csv(what) {
  const lines = [what.columns, ...what.rows().map((row) => what.columns.map((column) => row[column]))];
  return lines.map((cells) => cells.map(cellText).join(',') + '\r\n').join('');
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
function cellText(value) {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  const text = value === null || value === undefined ? '' : Array.isArray(value) ? value.join(' ') : String(value);
  const safe = STARTS_A_FORMULA.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}
