import { run, open, equal, assert, until, updates } from './harness.mjs';

const ROWS = '.view:not([hidden]) .rows > .row';
const VIEWS = [['', ROWS], ['#/calls', ROWS], ['#/calls/4711/4000', '.decisions li'], ['#/cost', '.heat tbody tr'], ['#/golden', '.run'], ['#/policies', ROWS], ['#/controls', ROWS]];
const SIZES = [['200 % zoom', { width: 720, height: 450 }, 2], ['1024', { width: 1024, height: 768 }, 1], ['narrow', { width: 390, height: 844 }, 1], ['320', { width: 320, height: 640 }, 1]];

const cases = SIZES.map(([name, viewport, deviceScaleFactor]) => ['needs no horizontal scrolling of the page: ' + name, { viewport, deviceScaleFactor }, async (page) => {
  for (const [hash, ready] of VIEWS) {
    await open(page, hash);
    await page.waitForSelector(ready);
    const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert(needed <= given, (hash || 'overview') + ' needs ' + needed + ' of ' + given + ' pixels');
    const wide = await page.evaluate(() => [...document.querySelectorAll('.view:not([hidden]) .head .cell, .top *')].filter((node) => node.offsetParent && node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('nav')).map((node) => node.className));
    equal(wide.join(), '', 'parts beyond the right edge in ' + (hash || 'overview'));
  }
}]);

cases.push(['does not move if motion is not wanted', { reducedMotion: 'reduce' }, async (page) => {
  await open(page, '#/calls?tail=1');
  await page.waitForSelector(ROWS);
  const moving = await page.evaluate(() => document.getAnimations().filter((animation) => animation.playState === 'running').length);
  equal(moving, 0, 'running animations');
}]);

cases.push(['has a switch for dark and light that is remembered', { colorScheme: 'light' }, async (page) => {
  await open(page);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  assert((await paper()) !== light, 'the page is dark');
  await page.reload();
  assert((await paper()) !== light, 'the page is dark after a reload');
  await page.keyboard.press('d');
  await until(page, () => !document.documentElement.dataset.theme);
}]);

cases.push(['does not jump while figures arrive', {}, async (page) => {
  await open(page);
  await page.waitForSelector(ROWS);
  const places = () => page.evaluate(() => JSON.stringify([...document.querySelectorAll('.tile, .band, .overview .toolbar, .overview .head .cell, .top > *')].map((node) => { const box = node.getBoundingClientRect(); return [box.left, box.top, box.width, box.height]; })));
  const before = await places();
  await updates(page, 8);
  equal(await places(), before, 'the places of the parts');
}]);

await run(cases);
