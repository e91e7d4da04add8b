import type { IAdaptiveCard } from '@microsoft/teams.cards';
import { expect, test } from 'vitest';
import { bytes, fitting, isTooLarge, limits, type Room } from './limits.ts';

const card = (text: string): IAdaptiveCard => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text }],
});
const frame = bytes(card(''));
const never = () => expect.unreachable();

test('two bytes for each unit, as Teams counts', () => {
  expect(bytes(card('华为')) - frame).toBe(4);
  expect(bytes(card('👍')) - frame).toBe(4);
});

test.each([
  [limits.message, false],
  [limits.message + 2, true],
])('a card of %i bytes is too large: %s', (size, tooLarge) => {
  expect(isTooLarge(card('x'.repeat((size - frame) / 2)))).toBe(tooLarge);
});

test('draws with the most room that fits, giving up pictures first, then choices, then items, then words', () => {
  const tried: Room[] = [];
  const drawn = fitting((room) => {
    tried.push(room);
    return card('x'.repeat(room.words * room.items));
  }, never);
  expect(isTooLarge(drawn)).toBe(false);
  expect(tried[0]).toEqual({ words: 3000, items: 100, choices: limits.choices, pictures: true });
  expect(tried.at(-1)).toEqual({ words: 1000, items: 20, choices: 15, pictures: false });
  const order = (part: keyof Room) => tried.map((room) => Number(room[part]));
  for (const part of ['words', 'items', 'choices', 'pictures'] as const)
    expect(order(part)).toEqual(order(part).sort((a, b) => b - a));
});

test('what fits is drawn once', () => {
  let times = 0;
  fitting(() => {
    times += 1;
    return card('short');
  }, never);
  expect(times).toBe(1);
});

test('what fits nowhere is left to its caller, as it was drawn with the least room', () => {
  const tooLarge = (room: Room) => card(`${room.words}`.padEnd(limits.message, 'x'));
  const least = tooLarge({ words: 100, items: 5, choices: 5, pictures: false });
  expect(fitting(tooLarge, (drawn) => ({ ...drawn, body: drawn.body.slice(0, 0) }))).toEqual({ ...least, body: [] });
  expect(fitting(tooLarge, (drawn) => drawn)).toEqual(least);
});
