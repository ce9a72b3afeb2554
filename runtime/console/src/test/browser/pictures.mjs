// Takes pictures of the page for the documentation: node pictures.mjs URL FOLDER [FONT], with
// GILD_BROWSER and GILD_BROWSER_PACKAGES as for the tests.
import { createRequire } from 'node:module';

const require = createRequire(process.env.GILD_BROWSER_PACKAGES + '/');
const { chromium } = require('playwright-core');
const [, , url, folder, font] = process.argv;

const ROWS = '.view:not([hidden]) .rows > .row';
const PICTURES = [
  ['overview-light', 'light', '', ROWS],
  ['overview-dark', 'dark', '', ROWS],
  ['call-light', 'light', '#/calls/4711/4000?span=s5', '.decisions li'],
  ['call-dark', 'dark', '#/calls/4711/4000?span=s5', '.decisions li'],
  ['cost-light', 'light', '#/cost', '.heat tbody tr'],
];

const browser = await chromium.launch({ executablePath: process.env.GILD_BROWSER, args: ['--no-sandbox'] });
for (const [name, colorScheme, hash, ready] of PICTURES) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 800 }, colorScheme });
  await page.goto(url + hash);
  await page.waitForSelector(ready);
  await page.waitForSelector('html[data-connection="live"]');
  await page.evaluate((family) => (document.body.style.fontFamily = family ?? ''), font);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1500)));
  await page.screenshot({ path: folder + '/console-' + name + '.png' });
  await page.close();
}
await browser.close();
