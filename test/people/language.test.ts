import { afterAll, beforeAll, expect, test } from 'vitest';
import { inPlainText } from '../../src/chat/card.ts';
import { type Acting, buttonsOf, cardIn, startActing } from './acting.ts';

let acting: Acting;
beforeAll(async () => {
  acting = await startActing();
});
afterAll(() => acting.close());

test('a language is chosen by word or button, and answered in at once', async () => {
  const { build, as, say, press } = acting;
  const organization = await build.organization({ locale: 'en', isSetUp: false });
  const anna = await build.person(organization, { locale: 'en' });
  const call = () => as(organization, anna);
  expect(inPlainText(cardIn(await say(await call(), '语言', '中文')))).toBe('好的，以后 KAM 跟您说中文。');
  expect((await call()).text.locale).toBe('zh-CN');
  const card = cardIn(await say(await call(), 'language'));
  expect(buttonsOf(card).map((button) => 'about' in button && button.about)).toEqual(['en', 'zh-CN', 'auto']);
  expect(inPlainText(cardIn(await press(await call(), 'people.language', 'en')))).toContain('English');
  expect((await call()).text.locale).toBe('en');
  await press(await call(), 'people.language', 'zh-CN');
  expect(inPlainText(cardIn(await press(await call(), 'people.language', 'auto')))).toContain('English');
  expect((await call()).text.locale).toBe('en');
  const unknown = cardIn(await say(await call(), 'language', 'klingon'));
  expect(inPlainText(unknown)).toContain('“klingon”');
  expect(buttonsOf(unknown)).toHaveLength(3);
  expect(inPlainText(cardIn(await press(await call(), 'people.language', 'nonsense')))).toContain('find that any more');
});
