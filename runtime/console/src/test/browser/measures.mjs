// What the tests and the benchmarks measure in the same way.
import { until } from './harness.mjs';

/** Opens a call, and returns the milliseconds to the first row of its spans. */
export function firstRow(page, hash) {
  return page.evaluate(async (target) => {
    const begin = performance.now();
    location.hash = target;
    while (!document.querySelector('.waterfall .rows > .row')) {
      await new Promise(requestAnimationFrame);
    }
    return performance.now() - begin;
  }, hash);
}

/** Goes to the last span of the call that is shown, and returns the milliseconds to its row. */
export async function lastRow(page, rows) {
  await page.focus('.waterfall .grid');
  const begin = Date.now();
  await page.keyboard.press('End');
  await until(page, (index) => document.querySelector('.row.active')?.getAttribute('aria-rowindex') === String(index), rows);
  return Date.now() - begin;
}

/** Returns the milliseconds from the navigation to the first contentful paint of a page. */
export async function firstPaint(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await until(page, () => performance.getEntriesByName('first-contentful-paint').length > 0);
    return await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  } finally {
    await context.close();
  }
}
