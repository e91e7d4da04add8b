import { type Locale, nearestLocale } from '../text/locale.ts';

/** What a person may choose; `auto`: what their chat app speaks. */
export type LanguageChoice = Locale | 'auto';

const names: Readonly<Record<string, LanguageChoice>> = {
  english: 'en',
  englisch: 'en',
  英文: 'en',
  英语: 'en',
  chinese: 'zh-CN',
  中文: 'zh-CN',
  汉语: 'zh-CN',
  简体: 'zh-CN',
  简体中文: 'zh-CN',
  auto: 'auto',
  自动: 'auto',
};

/** The language that somebody names in either language or by its tag; null when the bot does not speak it. */
export function readLanguage(words: string): LanguageChoice | null {
  const name = words.normalize('NFKC').trim().toLowerCase();
  if (Object.hasOwn(names, name)) return names[name] ?? null;
  return /^[a-z]{2}(?:[-_][a-z]{2,4})*$/.test(name) ? nearestLocale(name) : null;
}
