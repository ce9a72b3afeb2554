// What "gild bench observability" measures of the page; each case has its figures as JSON.
import { run, open, url } from './harness.mjs';
import { firstRow, lastRow, firstPaint } from './measures.mjs';

const LOADS = 11;

await run([
  ['console-first-paint', {}, async (page, context) => {
    const ours = [];
    const baseline = [];
    for (let i = 0; i < LOADS; i++) {
      ours.push(await firstPaint(context.browser(), url));
      baseline.push(await firstPaint(context.browser(), url + 'v1/no-such-page')); // a line of text
    }
    return JSON.stringify({ ours: median(ours), baseline: median(baseline), slowest: Math.max(...ours), loads: LOADS });
  }],
  ['console-30k-spans', {}, async (page) => {
    const calls = await (await fetch(url + 'v1/calls?agent=crawler')).json();
    const [call] = calls.rows;
    await open(page);
    const first = await firstRow(page, '#/calls/' + call.jvm + '/' + call.id);
    const last = await lastRow(page, call.spans + 1);
    return JSON.stringify({ ours: first, last, spans: call.spans });
  }],
]);

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
