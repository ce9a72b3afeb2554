// The page with the console of a running JVM, in which an agent works all the time.
import { run, open, until, equal, assert, url } from './harness.mjs';
import { readFileSync } from 'node:fs';

const ROWS = '.view:not([hidden]) .rows > .row';

await run([
  ['shows the agents of a JVM and how their figures change', {}, async (page) => {
    await open(page);
    await page.waitForSelector(ROWS);
    equal(await page.textContent(ROWS + ' .name'), 'support', 'the agent');
    const calls = await page.textContent(ROWS + ' .calls');
    await until(page, (before) => document.querySelector('.overview .rows .calls').textContent !== before, calls);
    assert(/^\$0\.\d+$/.test(await page.textContent(ROWS + ' .cost')), 'the cost: ' + await page.textContent(ROWS + ' .cost'));
    await until(page, () => /ms|µs| s/.test(document.querySelector('.overview .rows .p95').textContent));
    assert(/enforce|observe/.test(await page.textContent('.jvm-text')), 'the mode');
  }],
  ['opens a call with its spans, and explains its cost', {}, async (page) => {
    await open(page, '#/calls?outcome=success');
    await page.waitForSelector(ROWS);
    await page.locator(ROWS).first().click();
    await page.waitForSelector('.waterfall .rows > .row');
    await page.click('.waterfall .rows .name >> text=gpt-4o-mini');
    await page.waitForSelector('.part tfoot');
    const [lines, total] = await page.evaluate(() => [[...document.querySelectorAll('.detail .part tbody tr')].filter((row) => row.children.length === 4).map((row) => Number(row.children[3].textContent.slice(1))), Number(document.querySelector('.detail tfoot td').textContent.slice(1))]);
    assert(lines.length >= 2 && Math.abs(lines.reduce((sum, usd) => sum + usd, 0) - total) < 1e-12, lines + ' add up to ' + total);
    await page.click('text=How to capture it');
    await until(page, () => /content/.test(document.querySelector('.content p:not(.quiet)')?.textContent));
  }],
  ['opens links to a process that was restarted', {}, async (page) => {
    await open(page, '#/overview?jvm=1');
    await page.waitForSelector(ROWS);
    await page.goto(url + '#/calls/1/1');
    await until(page, () => /cannot be shown/.test(document.querySelector('.view:not([hidden]) .empty-title')?.textContent));
  }],
  ['receives new calls in the tail', {}, async (page) => {
    await open(page, '#/calls?tail=1');
    await page.waitForSelector(ROWS);
    const first = await page.getAttribute('.calls .rows > .row[aria-rowindex="2"] a', 'href');
    await until(page, (href) => document.querySelector('.calls .rows > .row[aria-rowindex="2"] a').getAttribute('href') !== href, first);
  }],
  ['reads page after page of calls', {}, async (page) => {
    await open(page, '#/calls');
    await page.waitForSelector(ROWS);
    await until(page, () => /^2\d\d of /.test(document.querySelector('.filters .counted').textContent) || /calls/.test(document.querySelector('.filters .counted').textContent));
    for (const filter of ['agent=support', 'outcome=failure', 'model=gpt-4o-mini', 'version=1.2', 'minMillis=1', 'minCostUsd=0.000001', 'order=duration', 'order=cost', 'text=support', 'method=answer']) {
      await page.goto(url + '#/calls?' + filter);
      await page.waitForSelector(ROWS);
      equal(await page.locator('.view:not([hidden]) .empty-title:visible').count(), 0, 'messages with ' + filter);
    }
    await page.goto(url + '#/calls?agent=absent');
    await page.waitForSelector('.view:not([hidden]) .empty-title:visible');
  }],
  ['sums up costs by any two dimensions', {}, async (page) => {
    for (const dimension of ['agent', 'model', 'provider', 'method', 'version', 'kind', 'jvm', 'outcome', 'session', 'hour']) {
      await open(page, '#/cost?rows=' + dimension + '&columns=none');
      await page.waitForSelector('.heat tbody tr, .view:not([hidden]) .empty-title:visible');
      equal(await page.locator('.view:not([hidden]) .empty-title:visible').count(), 0, 'messages with ' + dimension);
    }
    assert(/^\$0\.\d+$/.test(await page.textContent('.cost-total strong')), await page.textContent('.cost-total'));
  }],
  ['shows policies, golden tasks and controls, or says why there are none', {}, async (page) => {
    for (const view of ['policies', 'golden', 'controls']) {
      await open(page, '#/' + view);
      await page.waitForSelector(ROWS + ', .run, .view:not([hidden]) .empty-title:visible');
      assert(!/could not be read/.test(await page.textContent('.view:not([hidden])')), view);
    }
  }],
  ['switches the mode after a question', {}, async (page) => {
    await open(page, '#/controls?kind=mode');
    await page.waitForSelector('.actions button');
    const state = await page.textContent('.controls .rows .state');
    await page.click('.actions button');
    await page.click('dialog .primary');
    await page.waitForSelector('.toast');
    await until(page, (before) => document.querySelector('.controls .rows .state').textContent !== before, state);
  }],
  ['exports calls, costs and a call', { acceptDownloads: true }, async (page) => {
    await open(page, '#/calls');
    await page.waitForSelector(ROWS);
    equal(head(await save(page, 'CSV')), 'jvm', 'the head of the calls');
    assert(JSON.parse(await save(page, 'JSON')).rows.length > 0, 'calls as JSON');
    await page.locator(ROWS).first().click();
    await page.waitForSelector('.waterfall .rows > .row');
    assert(JSON.parse(await save(page, 'JSON')).call, 'a call as JSON');
    equal(head(await save(page, 'CSV')), 'id', 'a call as CSV');
    await page.goto(url + '#/cost');
    await page.waitForSelector('.heat tbody tr');
    equal(head(await save(page, 'CSV')), 'row', 'the head of the costs');
  }],
]);

async function save(page, format) {
  await page.click('[aria-label=Export]');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.menu >> text=' + format)]);
  return readFileSync(await download.path(), 'utf8');
}

/** The name of the first column, which may be quoted. */
function head(csv) {
  return csv.split(',')[0].replace(/"/g, '');
}
