// The page with the console of the demo, after its run. With GILD_PICTURES, a folder, each case
// takes the picture of the documentation.
import { run, open, until, assert, url } from './harness.mjs';

const ROWS = '.view:not([hidden]) .rows > .row';
const folder = process.env.GILD_PICTURES;
const cases = [];

for (const colorScheme of ['light', 'dark']) {
  const options = { colorScheme, viewport: { width: 1280, height: 640 } };
  cases.push(['shows the agent of the demo, ' + colorScheme, options, async (page) => {
    await open(page);
    await page.waitForSelector(ROWS);
    assert((await page.textContent(ROWS + ' .name')) === 'support', 'the agent');
    await until(page, () => /\$0\.\d/.test(document.querySelector('.tile-cost .tile-value').textContent));
    assert(/\$0\.\d/.test(await page.textContent('.tile-saved .tile-value')), 'what was saved');
    await picture(page, 'overview', colorScheme, 360);
  }]);
  cases.push(['shows a call that was retried, ' + colorScheme, options, async (page) => {
    await open(page, '#/calls/' + (await retried()));
    await page.waitForSelector('.decisions li');
    assert(/attempt|retr/.test(await page.textContent('.decisions')), await page.textContent('.decisions'));
    assert((await page.locator('.waterfall ' + '.rows > .row').count()) > 2, 'calls and requests inside');
    await page.waitForSelector('.part tfoot');
    await picture(page, 'call', colorScheme);
  }]);
  cases.push(['shows what was spent on which model, ' + colorScheme, options, async (page) => {
    await open(page, '#/cost?rows=model&columns=outcome');
    await page.waitForSelector('.heat tbody tr');
    const models = await page.textContent('.heat tbody');
    assert(models.includes('gpt-4o-mini') && models.includes('gpt-4.1-nano'), models);
    assert(/\d{4}-\d\d-\d\d/.test(await page.textContent('.explanation')), 'the date of the prices');
    await picture(page, 'cost', colorScheme);
  }]);
}

await run(cases);

/** The answered call with the most HTTP requests, of these the cheapest one with a retry of its own. */
async function retried() {
  const calls = await (await fetch(url + 'v1/calls?agent=support&outcome=success&limit=10000')).json();
  const [most] = calls.rows.sort((a, b) => b.attempts - a.attempts || b.httpAttempts - a.httpAttempts);
  return most.jvm + '/' + most.id;
}

async function picture(page, name, colorScheme, height = 640) {
  if (folder) {
    await page.setViewportSize({ width: 1280, height });
    await page.evaluate(() => new Promise((done) => setTimeout(done, 1500)));
    await page.screenshot({ path: folder + '/console-' + name + '-' + colorScheme + '.png' });
  }
}
