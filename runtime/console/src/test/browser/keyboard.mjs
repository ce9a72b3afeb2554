import { run, open, until, equal, assert, writable } from './harness.mjs';

const GRID = '.view:not([hidden]) .grid';
const ROWS = '.view:not([hidden]) .rows > .row';

const active = (page) => page.evaluate(() => document.querySelector('.view:not([hidden]) .row.active .name')?.textContent ?? null);
const hash = (page) => page.evaluate(() => location.hash);

await run([
  ['walks from the overview to a span and back without a mouse', {}, async (page) => {
    await open(page);
    await page.waitForSelector(ROWS);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const agent = await active(page);
    assert(agent, 'a row is active');
    await page.keyboard.press('Enter');
    await until(page, () => location.hash.startsWith('#/calls?'));
    await page.waitForSelector(ROWS);
    await until(page, (name) => [...document.querySelectorAll('.view:not([hidden]) .rows .name')].every((node) => node.textContent === name), agent);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(page, () => /^#\/calls\/[^?]+\//.test(location.hash));
    await page.waitForSelector('.decisions li');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('e');
    await until(page, () => location.hash.includes('span='));
    await page.keyboard.press('Escape');
    await until(page, () => location.hash.startsWith('#/calls?'));
  }],
  ['reaches each view with two keys', {}, async (page) => {
    await open(page);
    for (const [key, view] of [['c', 'calls'], ['m', 'cost'], ['g', 'golden'], ['p', 'policies'], ['t', 'controls'], ['o', 'overview']]) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await until(page, (name) => location.hash.startsWith('#/' + name) && document.querySelector('nav [aria-current]').getAttribute('href') === '#/' + name, view);
    }
  }],
  ['closes and opens spans with the arrows', {}, async (page) => {
    await open(page, '#/calls/4711/4000');
    await page.waitForSelector('.decisions li');
    await page.focus(GRID);
    await page.keyboard.press('Home');
    equal(await page.locator(ROWS).first().getAttribute('aria-expanded'), 'true', 'the root is open');
    await page.keyboard.press('ArrowLeft');
    await until(page, () => document.querySelectorAll('.waterfall .rows > .row').length === 1);
    await page.keyboard.press('ArrowRight');
    await until(page, () => document.querySelectorAll('.waterfall .rows > .row').length > 10);
    await page.keyboard.press('ArrowRight');
    equal(await page.locator('.row.active').getAttribute('aria-level'), '2', 'the first child is active');
    await page.keyboard.press('ArrowLeft');
  }],
  ['searches with the slash key and clears with Escape', {}, async (page) => {
    await open(page);
    await page.waitForSelector(ROWS);
    await page.keyboard.press('/');
    await page.keyboard.type('support-1');
    await until(page, () => location.hash.includes('q=support-1') && [...document.querySelectorAll('.overview .rows .name')].every((node) => node.textContent.startsWith('support-1')));
    await page.keyboard.press('Escape');
    await until(page, () => !location.hash.includes('q='));
    equal(await page.evaluate((selector) => document.activeElement === document.querySelector(selector), GRID), true, 'the table has the focus again');
  }],
  ['finds spans and goes to the next match', {}, async (page) => {
    await open(page, '#/calls/4711/4000');
    await page.waitForSelector('.decisions li');
    await page.keyboard.press('/');
    await page.keyboard.type('chat');
    await until(page, () => document.querySelector('.row.active .name')?.textContent.startsWith('chat'));
    await page.keyboard.press('Enter');
    const first = await hash(page);
    await page.keyboard.press('n');
    await until(page, (before) => location.hash !== before, first);
    assert((await active(page)).startsWith('chat'), 'the next match is active');
  }],
  ['opens deep links, and the back button returns to them', {}, async (page) => {
    await open(page, '#/overview?q=billing&sort=cost');
    await page.waitForSelector(ROWS);
    equal(await page.inputValue('#search'), 'billing', 'the search');
    equal(await page.locator('.overview [data-column=cost]').getAttribute('aria-sort'), 'descending', 'the order');
    await page.click('nav >> text=Cost');
    await page.waitForSelector('.heat tbody tr');
    await page.selectOption('.view:not([hidden]) select >> nth=0', 'model');
    await until(page, () => location.hash.includes('rows=model'));
    await page.goBack();
    await until(page, () => location.hash === '#/overview?q=billing&sort=cost' && !document.querySelector('.overview').hidden);
    await page.reload();
    await page.waitForSelector(ROWS);
    equal(await page.inputValue('#search'), 'billing', 'the search after a reload');
    await page.goto(new URL('#/calls/4711/4000?span=s3', page.url()).href);
    await page.reload();
    await page.waitForSelector('.decisions li');
    await until(page, () => document.querySelector('.row.active')?.getAttribute('aria-rowindex') === '5');
  }],
  ['puts filters into the address and the list', {}, async (page) => {
    await open(page, '#/calls');
    await page.waitForSelector(ROWS);
    await page.selectOption('.field-outcome select', 'failure');
    await until(page, () => location.hash.includes('outcome=failure') && [...document.querySelectorAll('.calls .rows .outcome')].every((node) => node.textContent === 'failed'));
    await page.fill('.field-minMillis input', '2000');
    await until(page, () => location.hash.includes('minMillis=2000') && [...document.querySelectorAll('.calls .rows .duration')].every((node) => / s$/.test(node.textContent) && parseFloat(node.textContent) >= 2));
    assert(/ of |calls/.test(await page.textContent('.filters .counted')), 'the count');
    await page.click('text=Clear filters');
    await until(page, () => location.hash === '#/calls' && document.querySelector('.filters .counted').textContent.startsWith('200 of '));
  }],
  ['reads more calls when the list is scrolled', {}, async (page) => {
    await open(page, '#/calls');
    await page.waitForSelector(ROWS);
    await page.focus(GRID);
    await page.keyboard.press('End');
    await until(page, () => document.querySelector('.filters .counted').textContent.startsWith('400 of '));
  }],
  ['sorts by any column, and says so', {}, async (page) => {
    await open(page);
    await page.waitForSelector(ROWS);
    await page.click('.overview [data-column=agent] button');
    await until(page, () => document.querySelector('.overview [data-column=agent]').getAttribute('aria-sort') === 'ascending');
    await page.keyboard.press('Enter');
    await until(page, () => document.querySelector('.overview [data-column=agent]').getAttribute('aria-sort') === 'descending');
  }],
  ['asks before it acts, and acts once', {}, async (page) => {
    await open(page, '#/controls', writable);
    await page.waitForSelector('.actions button');
    const before = (await (await fetch(writable + 'fixture/nothing')).json()).actions.length;
    await page.focus(GRID);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('Escape');
    await until(page, () => !document.querySelector('dialog'));
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.toast');
    const actions = (await (await fetch(writable + 'fixture/nothing')).json()).actions;
    equal(actions.length, before + 1, 'the actions that arrived');
    assert(actions[actions.length - 1].includes('"action"'), 'what arrived: ' + actions);
  }],
]);
