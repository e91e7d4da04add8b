import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';

const path = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((one) => one && existsSync(one));

/** Why tests in a browser are skipped, as a sentence; undefined when there is a browser. */
export const noBrowser: string | undefined = path
  ? undefined
  : 'skipped, because no Chromium was found: set CHROMIUM_PATH or install /usr/bin/chromium';

/** Starts Chromium with a profile of its own, which is thrown away at the end. Throws when there is none. */
function startChromium(): Promise<Browser> {
  if (!path) throw new Error(noBrowser);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  const more = ['--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath: path, headless: true, args: [...args, ...more] });
}

/** Windows of Chromium. Everything their pages complain about is collected in `problems`. */
export class TestBrowser {
  /** Console errors and warnings, page errors and failed requests, one sentence each; a good test ends with none. */
  readonly problems: string[] = [];
  readonly #browser: Browser;
  readonly #windows: BrowserContext[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Starts Chromium for it alone. */
  static async start(): Promise<TestBrowser> {
    return new TestBrowser(await startChromium());
  }

  /** A new window that shares nothing with the others, showing the address. */
  async visit(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    this.#windows.push(context);
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.problems.push(`page error: ${error.stack ?? error.message}`));
    await page.goto(address);
    return page;
  }

  /** Closes its windows; what they kept is gone. */
  async closeWindows(): Promise<void> {
    await Promise.all(this.#windows.splice(0).map((window) => window.close()));
  }

  /** Ends Chromium and everything in it. */
  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** A test in a browser. */
export type BrowserTest = (name: string, story: (browser: TestBrowser) => Promise<void>) => void;

/**
 * Makes the tests of a file that need a browser. They share one Chromium, which starts with the first of them and ends
 * with the file; the windows of a test share nothing with those of another. Each also fails when a page complained
 * about anything.
 */
export function browserTests(): BrowserTest {
  let started: Promise<Browser> | undefined;
  afterAll(async () => (await started)?.close());
  return (name, story) =>
    test(name, { timeout: 60_000 }, async ({ skip }) => {
      skip(noBrowser !== undefined, noBrowser);
      started ??= startChromium();
      const browser = new TestBrowser(await started);
      try {
        await story(browser);
        expect(browser.problems).toEqual([]);
      } finally {
        await browser.closeWindows();
      }
    });
}
