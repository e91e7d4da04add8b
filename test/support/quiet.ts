import { afterEach, beforeEach, expect, vi } from 'vitest';

// A warning that nobody reads is a fault that nobody mends: whatever reaches the console fails the test.
const said: string[] = [];
const record =
  (method: string) =>
  (...parts: unknown[]): void => {
    said.push(`console.${method}: ${parts.map(String).join(' ')}`);
  };

beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'error').mockImplementation(record('error'));
  vi.spyOn(console, 'warn').mockImplementation(record('warn'));
});

afterEach(() => {
  expect(said).toEqual([]);
});
