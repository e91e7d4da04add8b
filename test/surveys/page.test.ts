import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { browserTests } from '../support/browser.ts';
import { openWorld, type World } from '../world.ts';
import { linkFor, monday } from './asked.ts';

const inBrowser = browserTests();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, javaScriptEnabled: false };

/**
 * Texts whose contrast with what is behind them is less than 4.5 : 1 (WCAG 2.2, 1.4.3). Runs in the page, which is why
 * it is a text here.
 */
const contrasts = String.raw`(() => {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour) => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const colour = getComputedStyle(element).backgroundColor;
    return channels(colour)[3] === 0 ? behind(element.parentElement) : colour;
  };
  const texts = [...document.querySelectorAll('main *')].filter((one) =>
    [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
  );
  return texts.flatMap((one) => {
    const [ink, paper] = [luminance(getComputedStyle(one).color), luminance(behind(one))];
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    return ratio < 4.5 ? [one.tagName + ' ' + one.textContent?.trim().slice(0, 30) + ' ' + ratio.toFixed(2)] : [];
  });
})()`;

let world: World;
beforeAll(async () => {
  world = await openWorld({ now: monday });
}, 60_000);
afterAll(() => world.close());

const newest = () =>
  world.bot.database.prisma.survey.findFirst({ orderBy: { createdAt: 'desc' }, include: { scores: true } });
/** Chooses one of a question's answers as a finger does. */
const choose = (page: Page, question: string, answer: string) =>
  page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).check();

inBrowser('a customer answers on a phone, without scripts, and changes their mind', async (browser) => {
  const page = await browser.visit(await linkFor(world, 'Rheintal Chemie Sabine Roth'), phone);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await choose(page, 'Product', '5 5 – very good');
  await choose(page, 'Delivery', '2 2 – poor');
  await choose(page, 'Would you recommend Kestrel Instruments to others?', '8');
  await page.getByLabel('What should we do better, or keep?').fill('Come <on> time');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('status').getByText('Your answer has arrived').waitFor();
  expect(await page.title()).toMatch(/^Thank you!/);
  expect(await page.getByLabel('What should we do better, or keep?').inputValue()).toBe('Come <on> time');
  // Loading it again sends nothing again.
  await page.reload();
  expect(await newest()).toMatchObject({ state: 'answered', recommend: 8, version: 1 });
  await choose(page, 'Delivery', 'no answer');
  await page.getByRole('button', { name: 'Send the change' }).click();
  await page.getByText('Your change has arrived').waitFor();
  expect((await newest())?.scores.map(({ score }) => score)).toEqual([5]);
});

inBrowser('what is wrong is said above, and at its place; nothing is lost', async (browser) => {
  const page = await browser.visit(await linkFor(world, 'Rheintal Chemie Sabine Roth'), phone);
  await choose(page, 'Price', '4 4 – good');
  const remark = page.getByLabel('What should we do better, or keep?');
  await remark.fill('x'.repeat(10_000));
  await page.getByRole('button', { name: 'Send' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await page.title()).toMatch(/^Please check:/);
  expect(await remark.getAttribute('aria-invalid')).toBe('true');
  expect(await remark.inputValue()).toHaveLength(10_000);
  const described = ((await remark.getAttribute('aria-describedby')) ?? '').split(' ');
  for (const id of described) expect(await page.locator(`[id="${id}"]`).count()).toBe(1);
  await alert.getByRole('link').click();
  expect(new URL(page.url()).hash).toBe('#remark');
  await remark.fill('Shorter');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Your answer has arrived').waitFor();
  expect((await newest())?.scores.map(({ score }) => score)).toEqual([4]);
  // The browser says of every form that it was not taken (422), and that is meant.
  browser.problems.splice(0, browser.problems.length, ...browser.problems.filter((one) => !one.includes('422')));
});

inBrowser('in the other language, in the dark, by the keyboard alone', async (browser) => {
  const page = await browser.visit(await linkFor(world, 'Rheintal Chemie Sabine Roth'), { colorScheme: 'dark' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '您对Kestrel Instruments的服务满意吗？' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  expect(await page.getByRole('link', { name: 'English' }).getAttribute('lang')).toBe('en');
  await page.keyboard.press('Tab');
  // The first question; what is chosen is "no answer", and the arrow leads on to 1.
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByText('谢谢您！').waitFor();
  expect((await newest())?.scores.map(({ score }) => score)).toEqual([1]);
});

inBrowser('every target is as large as a finger, and every text can be read, by day and by night', async (browser) => {
  const link = await linkFor(world, 'Rheintal Chemie Sabine Roth');
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.visit(link, { ...phone, javaScriptEnabled: true, colorScheme });
    const targets = await page.locator('input[type=radio], button:visible, header a, summary, textarea').all();
    expect(targets.length).toBeGreaterThan(40);
    for (const target of targets) {
      const box = await target.boundingBox();
      expect(
        Math.min(box?.height ?? 0, box?.width ?? 0),
        await target.evaluate((one) => one.outerHTML),
      ).toBeGreaterThanOrEqual(44);
    }
    expect(await page.evaluate(contrasts), colorScheme).toEqual([]);
  }
});

inBrowser('whoever does not want to be asked again says so in two steps', async (browser) => {
  const page = await browser.visit(await linkFor(world, 'Nordlicht Energie Uwe Petersen'), phone);
  const button = page.getByRole('button', { name: 'Do not ask me again' });
  expect(await button.isVisible()).toBe(false);
  await page.getByText('Please do not ask me again').click();
  await button.click();
  await page.getByText('will not ask you again').waitFor();
  expect(await newest()).toMatchObject({ state: 'declined' });
});

inBrowser('a link that does not work says so in both languages', async (browser) => {
  const page = await browser.visit(`${world.bot.webAddress}/s/half-of-a-link`, { ...phone, locale: 'zh-CN' });
  expect(await page.getByRole('heading').allTextContents()).toEqual(['链接无法打开', 'This link does not work']);
  browser.problems.splice(0, browser.problems.length, ...browser.problems.filter((one) => !one.includes('404')));
});
