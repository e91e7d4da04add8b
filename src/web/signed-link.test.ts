import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkSigner } from './signed-link.ts';

const secret = 'a-secret-of-the-tests-that-signs-links';
const signer = linkSigner(secret);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
const letters = '0123456789abcdefABCDEF_-';

test('what was signed is read as it was, in letters that an address takes', () => {
  fc.assert(
    fc.property(bytes, fc.string(), (content, purpose) => {
      const token = signer.sign(purpose, content);
      expect(token).toMatch(/^[\da-f]+$/);
      expect([...(signer.read(purpose, token) ?? [])]).toEqual([...content]);
    }),
  );
});

test('one letter changed, anywhere, and it is not ours', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat(), (content, at, other) => {
      const token = signer.sign('survey', content);
      const place = at % token.length;
      const now = letters[other % letters.length] ?? 'A';
      fc.pre(token[place] !== now);
      expect(signer.read('survey', `${token.slice(0, place)}${now}${token.slice(place + 1)}`)).toBeNull();
    }),
    { numRuns: 500 },
  );
});

test('cut, lengthened, for another purpose or by another secret it is not ours', () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 40 }), (content, cut) => {
      const token = signer.sign('survey', content);
      expect(signer.read('survey', token.slice(0, -cut))).toBeNull();
      expect(signer.read('survey', `${token}${letters.slice(0, cut)}`)).toBeNull();
      expect(signer.read('report', token)).toBeNull();
      expect(linkSigner(`${secret}!`).read('survey', token)).toBeNull();
    }),
  );
});

test('anything else is nothing', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (given) => signer.read('survey', given) === null));
  expect(signer.read('survey', 'A'.repeat(100_000))).toBeNull();
});

test('a purpose and a content cannot be taken for a longer purpose and a shorter content', () => {
  const token = signer.sign('a', Buffer.from('bc'));
  expect(signer.read('ab', token)).toBeNull();
});
