import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsPath } from './path-id.ts';

test.each([
  'a:17I0kl8EkpE1O9PH5TWrzrLNwnWWcfrU7QZjKR0WSfOlgeVXLqeXlY-_',
  '19:253b1f341670408fb6fe51050b6e5ceb@thread.skype;messageid=1481567603816',
  '19:meeting_MjdhNjM4YzUtYzExZi00OTFkLTkzZTAtNTVlNmZmMDhkNGU2@thread.v2',
  '19:00000000-0000-0000-0000-000000000001_00000000-0000-0000-0000-000000000002@unq.gbl.spaces',
  '1481567603816',
  'f:c4a6-11=',
  'c..d',
])('%s is an id', (id) => expect(fitsPath(id)).toBe(true));

test.each([
  '',
  '.',
  '..',
  'a/b',
  'c;messageid=1/../../y?z',
  'a\\b',
  'a?b',
  'a#b',
  'a%2fb',
  'a b',
  'a\nb',
  '\u200b',
  'x'.repeat(501),
])('%j is none', (id) => expect(fitsPath(id)).toBe(false));

test('whatever fits stays where it is put', () => {
  const odd = fc.constantFrom('.', '/', '\\', '?', '#', '%', '%2e', ';', '@', ':', '\t', ' ', 'é', '拜', '\u2028', 'a');
  const id = fc.string({ unit: odd, minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(id, (id) => {
      if (!fitsPath(id)) return true;
      const { pathname, search, hash } = new URL(`https://smba.example/v3/conversations/${id}/activities`);
      return /^\/v3\/conversations\/[^/]+\/activities$/.test(pathname) && search + hash === '';
    }),
    { numRuns: 1_000 },
  );
});
