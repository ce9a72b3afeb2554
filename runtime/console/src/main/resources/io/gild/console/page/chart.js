/** Small charts in SVG. They repeat what numbers beside them say, so they are hidden from screen readers. */

import { svg, attribute } from './dom.js';

/** A line of the last values, with the area below it. */
export function sparkline(width, height) {
  const area = svg('path', { class: 'spark-area' });
  const line = svg('path', { class: 'spark-line' });
  return svg('svg', { class: 'spark', viewBox: '0 0 ' + width + ' ' + height, width, height, 'aria-hidden': 'true', focusable: 'false', preserveAspectRatio: 'none' }, area, line);
}

export function drawSparkline(chart, values) {
  const [area, line] = chart.children;
  const { width, height } = chart.viewBox.baseVal;
  const numbers = (values ?? []).map((value) => (Number.isFinite(value) ? value : 0));
  if (numbers.length < 2) {
    attribute(line, 'd', 'M0 ' + (height - 1) + 'H' + width);
    attribute(area, 'd', '');
    return;
  }
  const most = Math.max(...numbers, 1e-9);
  const step = width / (numbers.length - 1);
  let path = '';
  for (let i = 0; i < numbers.length; i++) {
    path += (i === 0 ? 'M' : 'L') + (i * step).toFixed(1) + ' ' + (height - 1.5 - (numbers[i] / most) * (height - 3)).toFixed(1);
  }
  attribute(line, 'd', path);
  attribute(area, 'd', path + 'V' + height + 'H0Z');
}

const MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

/** Round steps for an axis of that many microseconds: 1, 2 or 5 times a power of ten, or minutes. */
export function axisStep(total, ticks) {
  const rough = Math.max(1, total / ticks);
  if (rough > 20e6) {
    const minutes = rough / 60e6;
    return (MINUTES.find((step) => step >= minutes) ?? Math.ceil(minutes / 1440) * 1440) * 60e6;
  }
  const power = 10 ** Math.floor(Math.log10(rough));
  for (const factor of [1, 2, 5, 10]) {
    if (factor * power >= rough) {
      return factor * power;
    }
  }
  return 10 * power;
}
