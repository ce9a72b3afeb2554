import { run, open, violations, assert, until, writable } from './harness.mjs';

const ROWS = '.view:not([hidden]) .rows > .row';

const VIEWS = [
  ['overview', '', ROWS],
  ['overview without a match', '#/overview?q=no-such-agent', '.empty-title'],
  ['calls', '#/calls', ROWS],
  ['calls with filters', '#/calls?agent=support&outcome=success&tail=1', ROWS],
  ['call', '#/calls/4711/4000', '.decisions li'],
  ['call that is gone', '#/calls/4711/gone', '.empty-title'],
  ['cost', '#/cost', '.heat tbody tr'],
  ['golden', '#/golden', '.run[open] tbody tr'],
  ['policies', '#/policies', ROWS],
  ['controls', '#/controls', ROWS],
];

const cases = [];
for (const colorScheme of ['light', 'dark']) {
  for (const [name, hash, ready] of VIEWS) {
    cases.push([name + ', ' + colorScheme, { colorScheme }, async (page) => {
      await open(page, hash);
      await page.waitForSelector(ready);
      await clean(page);
    }]);
  }
  cases.push(['narrow overview, ' + colorScheme, { colorScheme, viewport: { width: 390, height: 844 } }, async (page) => {
    await open(page);
    await page.waitForSelector(ROWS);
    await clean(page);
  }]);
  cases.push(['narrow call, ' + colorScheme, { colorScheme, viewport: { width: 390, height: 844 } }, async (page) => {
    await open(page, '#/calls/4711/4000');
    await page.waitForSelector('.decisions li');
    await clean(page);
  }]);
  cases.push(['help, ' + colorScheme, { colorScheme }, async (page) => {
    await open(page);
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open]');
    await clean(page);
  }]);
  cases.push(['a policy, ' + colorScheme, { colorScheme }, async (page) => {
    await open(page, '#/policies');
    await page.locator(ROWS).first().click();
    await page.waitForSelector('dialog[open] .facts');
    await clean(page);
  }]);
  cases.push(['controls with actions and the question, ' + colorScheme, { colorScheme }, async (page) => {
    await open(page, '#/controls', writable);
    await page.waitForSelector('.actions button');
    await clean(page);
    await page.locator('.actions button').first().click();
    await page.waitForSelector('dialog[open]');
    await clean(page);
  }]);
  cases.push(['paused, lost events and content, ' + colorScheme, { colorScheme }, async (page) => {
    await open(page, '#/calls/4711/4000');
    await page.click('text=Show input and output');
    await page.waitForSelector('.content pre');
    await page.click('[aria-label="Pause (p)"]');
    await until(page, () => document.documentElement.dataset.connection === 'paused');
    await clean(page);
  }]);
}

async function clean(page) {
  const found = await violations(page);
  assert(found.length === 0, found.join('\n'));
}

await run(cases);
