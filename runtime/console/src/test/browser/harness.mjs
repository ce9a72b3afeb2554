// Runs cases in a real browser and reports each on a line, for the JUnit class that started this.
// Each case has a page of its own; a violation of the page's policy, an error of a script and a
// request to another host fail the case whatever else it checks.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(process.env.GILD_BROWSER_PACKAGES + '/');
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const [, , url, writable, guarded] = process.argv;

export async function run(cases) {
  const browser = await chromium.launch({ executablePath: process.env.GILD_BROWSER, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    for (const [name, options, body] of cases) {
      await one(browser, name, options, body);
    }
  } finally {
    await browser.close();
  }
}

async function one(browser, name, options, body) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const problems = [];
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    watch(page, problems);
    const measured = await body(page, context);
    assert(problems.length === 0, problems.join('; '));
    report('ok', name, measured ?? '');
  } catch (failure) {
    report('failed', name, [failure.stack ?? String(failure), ...problems].join('\n'));
  } finally {
    await context.close();
  }
}

function watch(page, problems) {
  page.on('pageerror', (error) => problems.push('error of a script: ' + (error.stack ?? error)));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted Type/i.test(message.text())) {
      problems.push(message.text());
    }
  });
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (!['data:', 'blob:'].includes(target.protocol) && !(target.hostname === '127.0.0.1' && [url, writable, guarded].some((own) => own && new URL(own).port === target.port))) {
      problems.push('a request to ' + request.url());
    }
  });
}

function report(kind, name, text) {
  console.log(JSON.stringify({ kind, name, text }));
}

export function assert(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}

export function equal(actual, expected, what) {
  assert(actual === expected, what + ': expected ' + JSON.stringify(expected) + ' but was ' + JSON.stringify(actual));
}

export async function open(page, hash = '', base = url) {
  await page.goto(base + hash);
  await page.waitForSelector('html[data-connection="live"]');
}

/** Waits until a function of the page returns something true. */
export function until(page, condition, argument) {
  return page.waitForFunction(condition, argument, { polling: 50 });
}

/** Waits until that many updates of the server arrived, which the title of the connection shows. */
export async function updates(page, number) {
  for (let i = 0; i < number; i++) {
    const before = await page.getAttribute('.connection', 'title');
    await until(page, (title) => document.querySelector('.connection').title !== title, before);
  }
}

/** Asks the fixture to behave differently; the page takes no part in it. */
export async function fixture(command, base = url) {
  const response = await fetch(base + 'fixture/' + command);
  return response.json();
}

export async function violations(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map((violation) => violation.id + ': ' + violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + node.failureSummary.replace(/\s+/g, ' ')).join(' | '));
}
