import { run, open, until, equal, assert } from './harness.mjs';
import { firstRow, lastRow } from './measures.mjs';

await run([
  ['opens a call of 30,000 spans and scrolls to the last', {}, async (page) => {
    await open(page);
    const opened = await firstRow(page, '#/calls/4711/30000');
    equal(await page.getAttribute('.waterfall .grid', 'aria-rowcount'), '30001', 'the rows');
    const most = await page.evaluate(async () => {
      const grid = document.querySelector('.waterfall .grid');
      let count = 0;
      for (let at = 0; at < grid.scrollHeight; at += grid.scrollHeight / 40) {
        grid.scrollTop = at;
        await new Promise(requestAnimationFrame);
        count = Math.max(count, document.querySelectorAll('.row').length);
      }
      return count;
    });
    assert(most < 500, most + ' rows in the document');
    const ended = await lastRow(page, 30_001);
    await until(page, () => location.hash.endsWith('span=s29999'));
    equal(await page.getAttribute('.row.active', 'aria-rowindex'), '30001', 'the active row');
    const folded = await page.evaluate(async () => {
      const begin = performance.now();
      [...document.querySelectorAll('.call .chip')].find((chip) => chip.textContent === 'Collapse all').click();
      await new Promise(requestAnimationFrame);
      return performance.now() - begin;
    });
    return 'first row after ' + opened.toFixed(0) + ' ms, last row ' + ended + ' ms after the key, most rows in the document ' + most + ', all collapsed in ' + folded.toFixed(0) + ' ms';
  }],
  ['shows 1,000 agents with few rows in the document', {}, async (page) => {
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('.overview .rows > .row')) {
          globalThis.firstRow = performance.now();
          observer.disconnect();
        }
      }).observe(document, { childList: true, subtree: true });
    });
    await open(page);
    await page.waitForSelector('.overview .rows > .row');
    const rows = await page.evaluate(() => globalThis.firstRow);
    assert((await page.locator('.row').count()) < 200, 'rows in the document');
    await until(page, () => /1,000 agents/.test(document.querySelector('.overview .counted:not(.held)').textContent));
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
    const delays = [];
    for (let i = 0; i < 12; i++) {
      const before = await page.evaluate(() => document.querySelector('.connection').title);
      await until(page, (title) => document.querySelector('.connection').title !== title, before);
      delays.push(Number(await page.evaluate(() => document.documentElement.dataset.behind)));
    }
    return 'first paint after ' + paint?.toFixed(0) + ' ms, first row after ' + rows.toFixed(0) + ' ms, updates ' + Math.max(...delays) + ' ms behind at most';
  }],
  ['spends little time on updates out of sight', {}, async (page, context) => {
    await open(page);
    await page.waitForSelector('.overview .rows > .row');
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const busy = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map((metric) => [metric.name, metric.value]));
    const before = await busy();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 5000)));
    const after = await busy();
    return 'main thread ' + (((after.TaskDuration - before.TaskDuration) / (after.Timestamp - before.Timestamp)) * 100).toFixed(1) + ' % busy, ' + (after.JSHeapUsedSize / 1e6).toFixed(1) + ' MB of heap';
  }],
]);
