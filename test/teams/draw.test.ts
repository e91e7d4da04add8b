import * as fc from 'fast-check';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Card, Chart } from '../../src/chat/card.ts';
import type { Asked, PlainAnswers } from '../../src/chat/form.ts';
import * as fields from '../../src/chat/form.ts';
import { palettePng } from '../../src/chat/pictures/palette-png.ts';
import { drawCard } from '../../src/chat/teams/draw-card.ts';
import type { Painted } from '../../src/chat/teams/draw-chart.ts';
import { drawForm, type FormDrawing } from '../../src/chat/teams/draw-form.ts';
import { isTooLarge, limits } from '../../src/chat/teams/limits.ts';
import { readPress } from '../../src/chat/teams/press.ts';
import { readAnswers } from '../../src/chat/teams/read-form.ts';
import { textIn } from '../../src/text/text.ts';
import type { Words } from '../../src/text/words.ts';
import { logForm } from '../../src/visits/forms.ts';
import { noBrowser, TestBrowser } from '../support/browser.ts';
import { renderCard, sentBy } from '../support/teams/render.ts';
import { options as anyOptions, button, card, exact, hostile, optional, text, words } from './anything.ts';

const label = 'chat.form.more';
const form = {
  name: 'probe.all',
  title: 'chat.help.title',
  save: 'chat.form.more',
  fields: {
    line: fields.text({ label, max: 200, placeholder: label, hint: 'chat.help.intro' }),
    lines: fields.text({ label, max: 3000, multiline: true, required: true }),
    whole: fields.number({ label, min: -5, max: 500 }),
    broken: fields.number({ label, min: 0, max: 1, decimals: true, detail: true }),
    day: fields.date({ label }),
    one: fields.oneOf({
      label,
      options: [
        { value: 'a', label },
        { value: 'b', label: 'chat.form.cancel' },
      ],
      look: 'radio',
    }),
    given: fields.oneOfGiven({ label, detail: true }),
    some: fields.someOfGiven({ label, max: 3 }),
    tick: fields.yesNo({ label, tick: label }),
    person: fields.person({ label }),
    people: fields.people({ label, max: 3, detail: true }),
    found: fields.lookUp({ label, source: 'probe.find', changesForm: true }),
    channel: fields.channel({ label }),
    file: fields.file({ label, endings: ['csv'] }),
  },
} as const;
const options = ['p', 'q', 'r', 's'].map((value) => ({ value, label: `Option ${value}` }));
const drawing: FormDrawing = {
  surface: 'message',
  owner: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  origin: { kind: 'direct', conversation: 'a:1' },
  colleagues: ['p1', 'p2', 'p3'].map((value) => ({ value, label: `Colleague ${value}` })),
  channels: [{ value: '19:sales@thread.tacv2', label: 'Sales' }],
  choices: { 'probe.find': options },
};
const askedFor = (initial: PlainAnswers, expanded: boolean, more: Partial<Asked> = {}): Asked => ({
  form,
  id: '01a207c3-b55e-75ec-8d87-4fbd4de4de0d',
  about: { visit: 'x'.repeat(100) },
  initial,
  options: { given: options, some: options },
  without: [],
  expanded,
  ...more,
});
const locale = fc.constantFrom('en' as const, 'zh-CN' as const);
const surface = fc.constantFrom('message' as const, 'page' as const, 'dialog' as const);

/** Everything in a card of which a test is true, wherever it stands. */
function all(part: unknown, is: (part: Record<string, unknown>) => boolean): Record<string, unknown>[] {
  if (Array.isArray(part)) return part.flatMap((each) => all(each, is));
  if (typeof part !== 'object' || part === null) return [];
  const whole = part as Record<string, unknown>;
  return [...(is(whole) ? [whole] : []), ...Object.values(whole).flatMap((each) => all(each, is))];
}

function checkDrawn(drawn: object): void {
  for (const { actions } of all(drawn, ({ type }) => type === 'ActionSet')) {
    expect((actions as unknown[]).length).toBeLessThanOrEqual(limits.buttonsPerSet);
  }
  for (const { data } of all(drawn, ({ type }) => type === 'Action.Execute' || type === 'Action.Submit')) {
    expect(readPress(data)).not.toBeNull();
  }
  for (const { text } of all(drawn, ({ type }) => type === 'TextBlock'))
    expect(text).not.toMatch(/[*_[\]<>`{\\]|https?:/);
  for (const { text } of all(drawn, ({ type }) => type === 'TextRun')) {
    expect(text).not.toBe('');
    expect(text).not.toMatch(/\{\{(DATE|TIME)\(/);
  }
  for (const { url } of all(drawn, ({ type }) => type === 'Action.OpenUrl')) expect(url).toMatch(/^https?:/i);
  for (const { choices } of all(drawn, ({ type }) => type === 'Input.ChoiceSet')) {
    expect((choices as unknown[]).length).toBeLessThanOrEqual(limits.choices);
  }
}

test('any card is one that Teams takes, on every surface, and its buttons are understood', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.property(card, surface, locale, fc.integer({ max: 70_000, min: 0 }), (any, where, language, size) => {
      const painted = paintedAll(any, size);
      const drawn = drawCard(any, { surface: where, text: textIn(language, ''), painted });
      expect(isTooLarge(drawn)).toBe(false);
      checkDrawn(drawn);
    }),
    { numRuns: 40 },
  );
});

/** Each chart of a card with a picture of a size. */
function paintedAll({ body }: Card, size: number): Painted {
  const url = `data:image/png;base64,${'A'.repeat(size)}`;
  return new Map(body.flatMap((part) => (part.kind === 'chart' ? [[part, url]] : [])));
}

const anyForm = fc
  .record({
    initial: fc.dictionary(
      fc.constantFrom(...Object.keys(form.fields)),
      fc.oneof(text, fc.integer(), fc.array(text), fc.boolean()),
    ),
    expanded: fc.boolean(),
    options: fc.record({ given: anyOptions, some: anyOptions, found: anyOptions, people: anyOptions }),
    more: fc
      .record({ intro: optional(words), offer: optional(fc.record({ words, button })) })
      .map(exact<Partial<Asked>>),
    drawing: fc.record({
      surface,
      colleagues: anyOptions,
      channels: anyOptions,
      choices: fc.record({ 'probe.find': anyOptions }),
      problems: fc.dictionary(fc.constantFrom(...Object.keys(form.fields), 'gone'), text),
      notice: text,
    }),
    locale,
  })
  .map(({ initial, expanded, options: offered, more, drawing: given, locale: language }) =>
    drawForm(askedFor(initial, expanded, { ...more, options: offered }), textIn(language, ''), {
      ...drawing,
      ...given,
    }),
  );

test('any beginning, options, words and languages make a form that Teams takes', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.property(anyForm, (drawn) => {
      expect(isTooLarge(drawn)).toBe(false);
      checkDrawn(drawn);
    }),
    { numRuns: 60 },
  );
});

describe('in Microsoft’s own renderer', () => {
  let browser: TestBrowser | undefined;
  let page: Page;
  beforeAll(async () => {
    if (noBrowser !== undefined) return;
    browser = await TestBrowser.start();
    page = await browser.visit('about:blank', { viewport: { width: 720, height: 900 } });
  });
  afterAll(async () => {
    await browser?.close();
  });
  const inBrowser = (name: string, story: () => Promise<void>) =>
    test(name, { timeout: 60_000 }, async ({ skip }) => {
      skip(noBrowser !== undefined, noBrowser);
      await story();
      expect(browser?.problems).toEqual([]);
    });

  inBrowser('any card is drawn without a complaint', async () => {
    await fc.assert(
      fc.asyncProperty(card, async (any) =>
        renderCard(page, drawCard(any, { surface: 'message', text: textIn('en', ''), painted: paintedAll(any, 0) })),
      ),
      { numRuns: 10 },
    );
  });

  inBrowser('a client that draws no charts shows the picture, or nothing where none was painted', async () => {
    const png = palettePng({ width: 40, height: 30, rgba: new Uint8Array(40 * 30 * 4).fill(120) });
    const one: Chart = {
      kind: 'chart',
      draw: 'lines',
      title: 'Coverage',
      unit: 'percent',
      alternative: 'Core: 80%.',
      categories: ['1 Nov'],
      series: [{ name: 'Core', values: [80] }],
    };
    const drawn = (painted: Painted) =>
      drawCard({ body: [one] }, { surface: 'message', text: textIn('en', ''), painted });
    await renderCard(page, drawn(new Map([[one, `data:image/png;base64,${png.toString('base64')}`]])));
    const picture = page.getByRole('img', { name: 'Core: 80%.' });
    await expect
      .poll(() => picture.evaluate((it) => (it as unknown as { naturalWidth: number }).naturalWidth))
      .toBe(40);
    const { shown } = await read(drawn(new Map()));
    expect(shown).toBe('CoverageCore: 80%.');
    expect(await picture.count()).toBe(0);
  });

  inBrowser('any form is drawn without a complaint', async () => {
    await fc.assert(
      fc.asyncProperty(anyForm, async (drawn) => renderCard(page, drawn)),
      { numRuns: 8 },
    );
  });

  /** What is read on the page, without what separates words; and how many formats and links there are. */
  async function read(drawn: object) {
    await renderCard(page, drawn);
    return page.locator('#card').evaluate((place) => ({
      shown: place.textContent,
      formats: place.querySelectorAll('a, b, strong, em, i, del, code, li, h1, img, blockquote, script').length,
    }));
  }
  const bare = (name: string) => name.replace(/[\s\u200B]/g, '').replaceAll('ˋ', '`');

  inBrowser('no name becomes a ping, a link, a format or a function, wherever it stands', async () => {
    for (const name of hostile) {
      const places: Words[] = [name, { strong: name }, { quiet: name }, { person: 'p1', name }, ['to ', name, '!']];
      const { shown, formats } = await read(
        drawCard(
          {
            title: name,
            body: [
              ...places.map((words) => ({ kind: 'words', words }) as const),
              { kind: 'heading', words: name },
              { kind: 'note', words: name },
              { kind: 'warning', words: name },
              { kind: 'facts', facts: [{ label: name, value: name }] },
              { kind: 'list', items: [{ words: name, detail: name }], more: name },
              { kind: 'buttons', buttons: [{ label: name, does: 'a.b', spoken: name }] },
            ],
          },
          { surface: 'message', text: textIn('en', '') },
        ),
      );
      expect(formats, name).toBe(0);
      expect(bare(shown).split(bare(name)).length - 1, name).toBeGreaterThanOrEqual(15);
    }
  });

  inBrowser('no option becomes more than its name, and no answer more than what was typed', async () => {
    for (const name of hostile) {
      const offered = [{ value: 'p', label: name }];
      const asked = askedFor({ line: name, some: ['p'], given: 'p', found: 'p' }, true, {
        options: { given: offered, some: offered, found: offered },
        intro: name,
      });
      const { shown, formats } = await read(
        drawForm(asked, textIn('en', ''), { ...drawing, problems: { line: name } }),
      );
      expect(formats, name).toBe(0);
      expect(bare(shown).split(bare(name)).length - 1, name).toBeGreaterThanOrEqual(4);
      expect(await page.locator('input[type=text]').first().inputValue()).toBe(name);
    }
  });

  const said = (max: number) =>
    fc
      .oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', maxLength: 50 }))
      // An input holds no line breaks.
      .map((value) => value.replace(/\p{Cc}/gu, ''))
      .filter((value) => value.trim() !== '' && value.length <= max);
  const answers = fc
    .record(
      {
        line: said(200),
        whole: fc.integer({ min: -5, max: 500 }),
        broken: fc.constantFrom(0, 0.25, 0.5, 1),
        day: fc.constantFrom('2026-11-23', '2024-02-29'),
        one: fc.constantFrom('a', 'b'),
        given: fc.constantFrom('p', 'q'),
        some: fc.subarray(['p', 'q', 'r', 's'], { minLength: 1, maxLength: 3 }),
        tick: fc.constant(true),
        person: fc.constantFrom('p1', 'p2'),
        people: fc.subarray(['p1', 'p2', 'p3'], { minLength: 1 }),
        found: fc.constantFrom('p', 'q'),
        channel: fc.constant('19:sales@thread.tacv2'),
      },
      { requiredKeys: [] },
    )
    .chain((some) => said(3000).map((lines): PlainAnswers => ({ ...some, lines })));

  inBrowser('what a form starts with is what comes back, hidden fields included', async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.boolean(), surface, async (initial, expanded, where) => {
        const file = { name: 'book.csv', pointer: 'f1' };
        await renderCard(
          page,
          drawForm(askedFor(initial, expanded), textIn('en'), { ...drawing, surface: where, file }),
        );
        await page.locator('.style-positive').click();
        const [sent] = await sentBy(page);
        if (sent === undefined) throw new Error('nothing was sent');
        expect(readPress(sent.data)).toMatchObject({ do: 'save', form: 'probe.all', expanded });
        expect(sent.verb).toBe(where === 'dialog' ? null : 'probe.all.save');
        expect(readAnswers(form, sent.data)).toEqual({ ...initial, file: 'f1' });
      }),
      { numRuns: 20 },
    );
  });

  inBrowser('what is required is asked for in the person’s language, and cancelling is always possible', async () => {
    const drawn = drawForm(askedFor({}, false), textIn('zh-CN'), drawing);
    await renderCard(page, drawn);
    await page.locator('.style-positive').click();
    expect(await sentBy(page)).toEqual([]);
    expect(await page.getByText('这一项必填。').isVisible()).toBe(true);
    await page.getByRole('button', { name: '取消' }).click();
    expect((await sentBy(page)).map(({ data }) => readPress(data)?.do)).toEqual(['cancel']);
  });

  inBrowser('details are shown when they are asked for', async () => {
    await renderCard(page, drawForm(askedFor({}, false), textIn('en'), { ...drawing, problems: {} }));
    const more = page.getByRole('button', { name: 'More details' }).and(page.locator(':not(.style-positive)'));
    expect(await page.locator('#kam-details').isVisible()).toBe(false);
    await more.click();
    expect(await page.locator('#kam-details').isVisible()).toBe(true);
    expect(await more.isVisible()).toBe(false);
  });

  inBrowser('headings are announced, and the log form fits a phone in both languages', async () => {
    for (const width of [340, 720]) {
      await page.setViewportSize({ width, height: 900 });
      for (const language of ['en', 'zh-CN'] as const) {
        const asked = { ...askedFor({}, true), form: logForm, options: { contacts: options, fulfils: options } };
        await renderCard(page, drawForm(asked, textIn(language, ''), drawing));
        expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBe(width);
        expect(await page.getByRole('heading').textContent()).toBe(textIn(language).plain(logForm.title));
        expect(await page.locator('#card').evaluate((place) => place.scrollWidth - place.clientWidth)).toBe(0);
      }
    }
  });
});
