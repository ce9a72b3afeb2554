import { run, open, until, updates, equal, assert, fixture, url } from './harness.mjs';

const ROWS = '.view:not([hidden]) .rows > .row';
/** Chromium without a window is never hidden; the page is led to believe it. */
const hide = (page, hidden) => page.evaluate((value) => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
  document.dispatchEvent(new Event('visibilitychange'));
}, hidden);
const texts = (page) => page.evaluate(() => [...document.querySelectorAll('.view:not([hidden]) .rows > .row')].map((row) => row.textContent).sort().join('\n'));

await run([
  ['keeps the elements, the focus and the selection while rows change', {}, async (page) => {
    await open(page);
    await page.waitForSelector(ROWS);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.evaluate(() => {
      const row = document.querySelector('.overview .row.active');
      globalThis.kept = { row, cells: [...row.children], key: row.querySelector('.name').textContent, calls: row.querySelector('.calls').textContent };
      getSelection().selectAllChildren(row.querySelector('.name'));
    });
    await until(page, () => document.querySelectorAll('.overview .rows .row').length > 5);
    await page.evaluate(() => (globalThis.times = document.documentElement.dataset.behind));
    for (let i = 0; i < 8; i++) {
      const before = await texts(page);
      await until(page, (text) => [...document.querySelectorAll('.view:not([hidden]) .rows > .row')].map((row) => row.textContent).sort().join('\n') !== text, before);
    }
    const state = await page.evaluate(() => ({ same: globalThis.kept.row.isConnected && globalThis.kept.cells.every((cell, i) => globalThis.kept.row.children[i] === cell), key: globalThis.kept.row.querySelector('.name').textContent === globalThis.kept.key, focus: document.activeElement === document.querySelector('.overview .grid'), descendant: document.activeElement.getAttribute('aria-activedescendant') === globalThis.kept.row.id, selected: getSelection().toString() === globalThis.kept.key }));
    equal(JSON.stringify(state), JSON.stringify({ same: true, key: true, focus: true, descendant: true, selected: true }), 'what stayed');
  }],
  ['keeps rows still while it is paused', {}, async (page) => {
    await open(page);
    await page.waitForSelector(ROWS);
    await page.keyboard.press('p');
    await until(page, () => document.documentElement.dataset.connection === 'paused');
    assert((await page.textContent('.connection')).includes('Paused'), 'the state is shown');
    const before = await texts(page);
    await updates(page, 4);
    equal(await texts(page), before, 'the rows');
    await page.keyboard.press('p');
    await until(page, (text) => [...document.querySelectorAll('.view:not([hidden]) .rows > .row')].map((row) => row.textContent).sort().join('\n') !== text, before);
  }],
  ['shows new calls in the live tail, and counts them while it is paused', {}, async (page) => {
    await open(page, '#/calls');
    await page.waitForSelector(ROWS);
    await page.click('.tail');
    await until(page, () => location.hash.includes('tail=1') && document.documentElement.dataset.connection === 'live');
    await page.waitForSelector(ROWS);
    const first = await page.getAttribute('.calls .rows > .row[aria-rowindex="2"] a', 'href');
    await until(page, (href) => document.querySelector('.calls .rows > .row[aria-rowindex="2"] a').getAttribute('href') !== href, first);
    await page.keyboard.press('p');
    await until(page, () => /new while paused/.test(document.querySelector('.filters .counted').textContent));
    const still = await page.getAttribute('.calls .rows > .row[aria-rowindex="2"] a', 'href');
    const counted = await page.textContent('.filters .counted');
    await until(page, (text) => document.querySelector('.filters .counted').textContent !== text, counted);
    equal(await page.getAttribute('.calls .rows > .row[aria-rowindex="2"] a', 'href'), still, 'the newest row while paused');
    await page.keyboard.press('p');
    await until(page, (href) => document.querySelector('.calls .rows > .row[aria-rowindex="2"] a').getAttribute('href') !== href, still);
  }],
  ['keeps the place in the list while the tail adds rows above', {}, async (page) => {
    await open(page, '#/calls?tail=1');
    await page.waitForSelector(ROWS);
    await page.evaluate(() => (document.querySelector('.calls .grid').scrollTop = 1500));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const topRow = () => {
      const grid = document.querySelector('.calls .grid').getBoundingClientRect();
      return document.elementFromPoint(grid.left + 300, grid.top + 60).closest('.row').querySelector('a').getAttribute('href');
    };
    const before = await page.evaluate(topRow);
    const height = await page.evaluate(() => document.querySelector('.calls .rows').style.height);
    await until(page, (was) => document.querySelector('.calls .rows').style.height !== was, height);
    equal(await page.evaluate(topRow), before, 'the row at the top');
  }],
  ['says that it lost the connection, counts down, and recovers', {}, async (page) => {
    await open(page);
    await page.waitForSelector(ROWS);
    await page.keyboard.press('j');
    const active = await page.getAttribute('.row.active a', 'href');
    await fixture('restart?millis=2500');
    await until(page, () => document.documentElement.dataset.connection === 'reconnecting');
    await until(page, () => /Reconnecting in \d+ s · data of \d\d:\d\d:\d\d/.test(document.querySelector('.connection').textContent));
    assert((await page.locator(ROWS).count()) > 5, 'the last data stay in sight');
    await until(page, () => document.documentElement.dataset.connection === 'live');
    const before = await texts(page);
    await until(page, (text) => [...document.querySelectorAll('.view:not([hidden]) .rows > .row')].map((row) => row.textContent).sort().join('\n') !== text, before);
    equal(await page.getAttribute('.row.active a', 'href'), active, 'the active row');
  }],
  ['closes the stream of a page that is hidden for long, and opens it again', {}, async (page) => {
    await page.clock.install();
    await open(page);
    await page.waitForSelector(ROWS);
    await hide(page, true);
    await page.clock.fastForward(62_000);
    await page.clock.fastForward(2_000);
    await until(page, () => document.documentElement.dataset.connection === 'asleep');
    await hide(page, false);
    await until(page, () => document.documentElement.dataset.connection === 'live');
  }],
  ['opens a new stream after the computer slept', {}, async (page) => {
    await page.clock.install();
    await open(page);
    await page.waitForSelector(ROWS);
    const before = (await fixture('nothing')).streams;
    await page.clock.fastForward(3_600_000);
    for (let i = 0; i < 200 && (await fixture('nothing')).streams === before; i++) {
      await page.clock.fastForward(1000);
    }
    assert((await fixture('nothing')).streams > before, 'a new stream');
    await until(page, () => document.documentElement.dataset.connection === 'live');
  }],
  ['asks now and then if the server has enough streams', {}, async (page) => {
    await fixture('busy');
    try {
      await page.goto(url);
      await until(page, () => document.documentElement.dataset.connection === 'polling');
      await page.waitForSelector(ROWS);
      assert(/8 pages/.test(await page.getAttribute('.connection', 'title')), 'the reason is shown');
    } finally {
      await fixture('busy?on=0');
    }
    await until(page, () => document.documentElement.dataset.connection === 'live');
  }],
  ['shows what was lost', {}, async (page) => {
    await fixture('lost');
    await open(page);
    await until(page, () => !document.querySelector('.lost').hidden);
    assert(/17 calls lost/.test(await page.textContent('.lost')), await page.textContent('.lost'));
    await fixture('lost?on=0');
  }],
  ['reads the calls again that it missed', {}, async (page) => {
    await open(page, '#/calls?tail=1');
    await page.waitForSelector(ROWS);
    const first = await page.getAttribute('.calls .rows > .row[aria-rowindex="2"] a', 'href');
    const [again] = await Promise.all([page.waitForRequest((request) => request.url().includes('/v1/calls?'), { timeout: 30_000 }), fixture('disconnect')]);
    assert(again.url().includes('limit='), again.url());
    await until(page, (href) => document.querySelector('.calls .rows > .row[aria-rowindex="2"] a')?.getAttribute('href') !== href, first);
  }],
  ['offers all JVMs if a link names one that is gone', {}, async (page) => {
    await open(page, '#/overview?jvm=1');
    await page.click('text=Show all JVMs');
    await page.waitForSelector(ROWS);
  }],
  ['shows only the chosen JVM', {}, async (page) => {
    await open(page);
    await page.waitForSelector(ROWS);
    await page.selectOption('.jvm select', '4712');
    await until(page, () => /100 agents/.test(document.querySelector('.overview .counted:not(.held)').textContent));
    equal(await page.evaluate(() => location.hash), '#/overview?jvm=4712', 'the address');
  }],
]);
