import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect, test } from 'vitest';

const path = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((one) => one && existsSync(one));

/** Why tests in a browser are skipped, as a sentence; undefined when there is a browser. */
export const noBrowser: string | undefined = path
  ? undefined
  : 'skipped, because no Chromium was found: set CHROMIUM_PATH or install /usr/bin/chromium';

/** Chromium for a test file. Everything the pages complain about is collected in `problems`. */
export class TestBrowser {
  /** Console errors and warnings, page errors and failed requests, one sentence each; a good test ends with none. */
  readonly problems: string[] = [];
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Starts Chromium with a profile of its own, which is thrown away at the end. */
  static async start(): Promise<TestBrowser> {
    if (!path) throw new Error(noBrowser);
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ];
    const more = ['--disable-component-update', '--disable-sync'];
    const browser = await chromium.launch({ executablePath: path, headless: true, args: [...args, ...more] });
    return new TestBrowser(browser);
  }

  /** A new window that shares nothing with the others, showing the address. */
  async visit(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.problems.push(`page error: ${error.stack ?? error.message}`));
    await page.goto(address);
    return page;
  }

  /** Ends the browser and everything in it. */
  async close(): Promise<void> {
    await this.#browser.close();
  }
}

/** A test with a browser of its own; it also fails when a page complained about anything. */
export function browserTest(name: string, story: (browser: TestBrowser) => Promise<void>): void {
  test(name, { timeout: 60_000 }, async ({ skip }) => {
    skip(noBrowser !== undefined, noBrowser);
    const browser = await TestBrowser.start();
    try {
      await story(browser);
      expect(browser.problems).toEqual([]);
    } finally {
      await browser.close();
    }
  });
}
