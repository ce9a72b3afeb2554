/** Numbers, times and money as people read them. Every function accepts an absent value. */

export const NONE = '–';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function finite(value) {
  return typeof value === 'number' && Number.isFinite(value);
}

/** 12345 → "12,345" */
export function count(value) {
  return finite(value) ? grouped.format(value) : NONE;
}

/** 1234567 → "1.23 M": three digits, for columns of tokens. */
export function compact(value) {
  if (!finite(value)) {
    return NONE;
  }
  const size = Math.abs(value);
  for (const [limit, unit] of [[1e9, ' G'], [1e6, ' M'], [1e4, ' k']]) {
    if (size >= limit) {
      return digits(value / (unit === ' k' ? 1e3 : limit)) + unit;
    }
  }
  return grouped.format(value);
}

/** Three significant digits, never an exponent. */
export function digits(value) {
  const size = Math.abs(value);
  return size >= 100 ? grouped.format(value) : value.toFixed(size >= 10 ? 1 : 2);
}

/** Calls per second: 0 → "0", 0.04 → "0.04", 3.21 → "3.2" */
export function rate(value) {
  if (!finite(value)) {
    return NONE;
  }
  if (value === 0) {
    return '0';
  }
  return value >= 100 ? grouped.format(value) : value >= 1 ? value.toFixed(1) : value < 0.01 ? '<0.01' : value.toFixed(2);
}

/** 0.9996 → "99.9 %": a failure is never rounded away. */
export function percent(share) {
  if (!finite(share)) {
    return NONE;
  }
  if (share === 1 || share === 0) {
    return share * 100 + ' %';
  }
  const cut = Math.floor(share * 1000) / 10;
  return (share > 0 && cut === 0 ? '<0.1' : cut.toFixed(1)) + ' %';
}

/** Dollars with enough digits: 12.34, 0.0123, 0.000123. */
export function dollars(usd) {
  if (!finite(usd)) {
    return NONE;
  }
  const size = Math.abs(usd);
  const sign = usd < 0 ? '-$' : '$';
  if (size === 0) {
    return '$0';
  }
  if (size >= 1000) {
    return sign + grouped.format(size);
  }
  if (size >= 1) {
    return sign + size.toFixed(2);
  }
  if (size < 1e-9) {
    return '<$0.000000001';
  }
  const decimals = size >= 0.01 ? 4 : Math.min(9, 2 - Math.floor(Math.log10(size)));
  return sign + size.toFixed(decimals);
}

/** All nine decimals where they matter, for sums that have to add up. */
export function exactDollars(usd) {
  if (!finite(usd)) {
    return NONE;
  }
  const text = usd.toFixed(9).replace(/0+$/, '').replace(/\.$/, '');
  return '$' + text;
}

/** Money of something that may have no price: "unpriced", "$0.12+" if only a part has one. */
export function money(usd, priced) {
  if (priced === false) {
    return finite(usd) && usd > 0 ? dollars(usd) + '+' : 'unpriced';
  }
  return dollars(usd);
}

/** A duration: 820 µs, 12.3 ms, 2.34 s, 2 min 05 s, 3 h 12 min. */
export function micros(value) {
  if (!finite(value)) {
    return NONE;
  }
  if (value < 1000) {
    return Math.round(value) + ' µs';
  }
  if (value < 999_500) {
    return three(value / 1e3) + ' ms';
  }
  if (value < 59_950_000) {
    return three(value / 1e6) + ' s';
  }
  const seconds = Math.round(value / 1e6);
  if (seconds < 3600) {
    return Math.floor(seconds / 60) + ' min ' + two(seconds % 60) + ' s';
  }
  return Math.floor(seconds / 3600) + ' h ' + two(Math.floor((seconds % 3600) / 60)) + ' min';
}

function three(value) {
  return value >= 99.95 ? String(Math.round(value)) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}

function two(value) {
  return String(value).padStart(2, '0');
}

/** The time of day, 14:02:11, with the date if that is not today. */
export function clock(millis, withMillis = false) {
  if (!finite(millis)) {
    return NONE;
  }
  const date = new Date(millis);
  const time = two(date.getHours()) + ':' + two(date.getMinutes()) + ':' + two(date.getSeconds())
    + (withMillis ? '.' + String(date.getMilliseconds()).padStart(3, '0') : '');
  return date.toDateString() === new Date().toDateString() ? time : day(date) + ' ' + time;
}

function day(date) {
  return date.getFullYear() + '-' + two(date.getMonth() + 1) + '-' + two(date.getDate());
}

/** "1 call", "2 calls", "no calls" */
export function plural(number, word) {
  return (number === 0 ? 'no' : count(number)) + ' ' + word + (number === 1 ? '' : 's');
}

/** "511 agents", or "200 of 4,321 calls shown" where a list is cut. */
export function shownOf(shown, matched, word) {
  return matched > shown ? count(shown) + ' of ' + count(matched) + ' ' + word + 's shown' : plural(matched, word);
}

const MOST_IN_A_LINE = 400;

/**
 * One line of a foreign text: control characters become visible, marks that reverse the text
 * around them are removed, and what no line can hold is cut.
 */
export function line(value) {
  if (value == null) {
    return '';
  }
  let text = String(value);
  if (text.length > MOST_IN_A_LINE) {
    text = text.slice(0, MOST_IN_A_LINE) + '…';
  }
  return visible(text.replace(/\r\n|\r|\n/g, ' ⏎ '));
}

/** A foreign text of many lines, with control characters made visible. */
export function visible(text) {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (found) => '\\x' + found.charCodeAt(0).toString(16).padStart(2, '0'))
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '�');
}
