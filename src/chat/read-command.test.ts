import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommand } from './read-command.ts';
import { nothing } from './reply.ts';
import type { Command } from './slice.ts';

const command = (...words: [string, string]): Command => ({ words, help: 'chat.help.title', run: async () => nothing });
const log = command('log', '记录');
const actions = command('actions', '待办');
const read = (words: string) => {
  const said = readCommand(words, [log, actions]);
  return said.command === 'help' ? { help: said.unknown ?? true } : { command: said.command.words[0], rest: said.rest };
};

describe('reading a command', () => {
  it.each([
    ['log', { command: 'log', rest: '' }],
    ['  LOG   Acme  met  the CFO ', { command: 'log', rest: 'Acme  met  the CFO' }],
    ['记录 华为 见了王总', { command: 'log', rest: '华为 见了王总' }],
    ['记录华为 见了王总', { command: 'log', rest: '华为 见了王总' }],
    ['记录\u3000华为', { command: 'log', rest: '华为' }],
    ['log\nAcme\nnext: offer', { command: 'log', rest: 'Acme\nnext: offer' }],
    ['待办', { command: 'actions', rest: '' }],
    ['', { help: true }],
    ['help me', { help: true }],
    ['帮助', { help: true }],
    ['?', { help: true }],
    ['logs', { help: 'logs' }],
    ['logAcme', { help: 'logAcme' }],
    ['天气', { help: '天气' }],
  ])('%j', (words, expected) => {
    expect(read(words)).toEqual(expected);
  });

  it('finds something to do for any words', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (words) => read(words) !== undefined));
  });
});
