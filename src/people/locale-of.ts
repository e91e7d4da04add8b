import { type Locale, nearestLocale } from '../text/locale.ts';

/** The person's choice, else the platform's word, else the organisation's. */
export const localeOf = (
  chosen: string | null,
  platform: string | null | undefined,
  ofAll: string | undefined,
): Locale => nearestLocale(chosen) ?? nearestLocale(platform) ?? nearestLocale(ofAll) ?? 'en';
