import { run, open, until, equal, assert, guarded, url, fixture } from './harness.mjs';
import { readFileSync } from 'node:fs';

const ROWS = '.view:not([hidden]) .rows > .row';

await run([
  ['shows hostile texts as texts in every view', {}, async (page) => {
    for (const hash of ['#/overview?q=script', '#/calls?text=img', '#/calls/4711/30000', '#/cost', '#/golden', '#/policies?q=script', '#/controls?q=script']) {
      await page.goto(url + hash);
      await page.waitForSelector(['#/cost', '#/golden'].includes(hash) ? '.view:not([hidden]) tbody tr' : ROWS);
    }
    await page.goto(url + '#/calls/4711/4000');
    await page.click('text=Show input and output');
    await page.waitForSelector('.content pre');
    equal(await page.evaluate(() => document.querySelectorAll('main img, main script, main iframe, main a[href^="javascript"]').length), 0, 'elements made of texts');
    assert(!(await page.title()).includes('broken'), 'no text ran');
    assert((await page.textContent('.decisions')).includes('<img src=x onerror='), 'the text is there');
  }],
  ['makes control characters visible and keeps texts on their line', {}, async (page) => {
    await open(page, '#/overview?q=red');
    await page.waitForSelector(ROWS);
    assert((await page.textContent(ROWS + ' .name')).includes('\\x1b[31mred'), 'the escape is visible');
    equal((await page.textContent('.overview')).includes('\u001b'), false, 'an escape in the document');
    await page.fill('#search', 'quotes');
    await until(page, () => document.querySelector('.overview .rows .name')?.textContent.includes('two ⏎ lines'));
  }],
  ['opens the calls of an agent with a hostile name', {}, async (page) => {
    await open(page, '#/overview?q=script');
    await page.waitForSelector(ROWS);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await until(page, () => location.hash.startsWith('#/calls?'));
    await page.waitForSelector(ROWS);
    equal(await page.inputValue('.field-agent input'), '"><script>document.title=\'broken\'</script>', 'the filter');
  }],
  ['has a policy that allows its own script and style alone', {}, async (page) => {
    const response = await page.goto(url);
    const policy = response.headers()['content-security-policy'];
    assert(/default-src 'none'; script-src 'sha256-/.test(policy) && !/unsafe|\*/.test(policy), policy);
    await page.waitForSelector(ROWS);
    const blocked = await page.evaluate(() => {
      try {
        document.body.insertAdjacentHTML('beforeend', '<b>x</b>');
        return false;
      } catch {
        return true;
      }
    }).catch(() => true);
    assert(blocked, 'HTML cannot be inserted');
  }],
  ['asks for the token, and asks again for a wrong one', {}, async (page) => {
    await page.goto(guarded);
    await page.waitForSelector('dialog[open] input[type=password]');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await until(page, () => document.querySelector('dialog')?.textContent.includes('rejected'));
    await page.keyboard.type('secret');
    await page.keyboard.press('Enter');
    await page.waitForSelector(ROWS);
    await page.reload();
    await page.waitForSelector(ROWS);
    assert(!page.url().includes('secret'), 'the address');
  }],
  ['asks once although several requests miss the token', {}, async (page) => {
    await page.goto(guarded + '#/calls');
    await page.waitForSelector('dialog[open] input[type=password]');
    equal(await page.locator('dialog').count(), 1, 'dialogs');
    await page.keyboard.type('secret');
    await page.keyboard.press('Enter');
    await page.waitForSelector(ROWS);
    await until(page, () => document.documentElement.dataset.connection === 'live' && !document.querySelector('dialog'));
  }],
  ['takes the token out of the address', {}, async (page) => {
    await page.goto(guarded + '#token=secret');
    await page.waitForSelector(ROWS);
    equal(await page.evaluate(() => location.href.includes('secret')), false, 'the token in the address');
  }],
  ['keeps the rest of a link with a token', {}, async (page) => {
    await page.goto(guarded + '#/calls?outcome=failure&token=secret');
    await page.waitForSelector(ROWS);
    equal(await page.evaluate(() => location.hash), '#/calls?outcome=failure', 'the address');
  }],
  ['exports what it shows, and no cell is a formula', { acceptDownloads: true }, async (page) => {
    await open(page, '#/overview?q=hyperlink');
    await page.waitForSelector(ROWS);
    await page.click('[aria-label=Export]');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.menu >> text=CSV')]);
    const text = readFileSync(await download.path(), 'utf8');
    assert(text.startsWith('jvm,agent,'), text);
    assert(text.includes('"\'=HYPERLINK(""http'), text);
    await page.click('[aria-label=Export]');
    const [second] = await Promise.all([page.waitForEvent('download'), page.click('.menu >> text=JSON')]);
    equal(JSON.parse(readFileSync(await second.path(), 'utf8')).length, 1, 'the exported agents');
  }],
  ['offers no action on a read-only console', {}, async (page) => {
    await open(page, '#/controls');
    await page.waitForSelector(ROWS);
    equal(await page.locator('.actions button').count(), 0, 'buttons');
    assert((await page.textContent('.controls, .view:not([hidden]) .note-box')).includes('read-only'), 'the note');
  }],
]);
