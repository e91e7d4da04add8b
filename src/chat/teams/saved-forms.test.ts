import { expect, test } from 'vitest';
import { SavedForms } from './saved-forms.ts';

test('knows what was saved, the oldest of very many no longer', () => {
  const saved = new SavedForms();
  for (let number = 0; number <= 5_000; number += 1) saved.add(`${number}`);
  expect(['0', '1', '5000', 'never'].map((id) => saved.has(id))).toEqual([false, true, true, false]);
});
