import { describe, expect, test } from 'vitest';
import { textIn } from '../../text/text.ts';
import type { Button, Part } from '../card.ts';
import { drawCard } from './draw-card.ts';
import type { Surface } from './limits.ts';

const text = textIn('en', '');
const bodyOf = (...body: Part[]) => drawCard({ body }, { surface: 'message', text }).body;
const run = (words: string, look = {}) => ({ type: 'TextRun', text: words, ...look });
const rich = (...inlines: object[]) => ({ type: 'RichTextBlock', inlines });
const quiet = { isSubtle: true, size: 'Small' };

test('a title is a heading, and an empty card shows that it is one', () => {
  expect(drawCard({ title: 'Acme', body: [] }, { surface: 'message', text })).toMatchObject({
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', style: 'heading', size: 'Large', text: 'Acme' }],
  });
  expect(bodyOf()).toMatchObject([rich(run('–'))]);
});

test.each<[string, Part, object[]]>([
  ['words', { kind: 'words', words: 'x' }, [rich(run('x'))]],
  ['no words', { kind: 'words', words: ' ' }, []],
  ['a note', { kind: 'note', words: 'x' }, [{ ...rich(run('x', quiet)), spacing: 'Small' }]],
  ['a heading', { kind: 'heading', words: 'x' }, [{ type: 'TextBlock', style: 'heading', size: 'Medium' }]],
  ['a warning', { kind: 'warning', words: 'x' }, [{ type: 'Container', style: 'warning', items: [rich(run('⚠️ x'))] }]],
  [
    'facts',
    { kind: 'facts', facts: [{ label: 'Day', value: 'x' }] },
    [{ type: 'Container', items: [{ ...rich(run('Day: ', { weight: 'Bolder' }), run('x')), spacing: 'Small' }] }],
  ],
  ['no facts', { kind: 'facts', facts: [] }, []],
  [
    'a list',
    { kind: 'list', items: [{ words: 'x', detail: 'y' }, { words: 'z' }], more: 'more' },
    [
      {
        type: 'Container',
        items: [
          { type: 'Container', items: [rich(run('• x')), { ...rich(run('y', quiet)), spacing: 'None' }] },
          { type: 'Container', items: [rich(run('• z'))] },
        ],
      },
      rich(run('more', quiet)),
    ],
  ],
])('%s', (_, part, expected) => {
  expect(bodyOf({ kind: 'words', words: 'first' }, part).slice(1)).toMatchObject(expected);
  expect(bodyOf({ kind: 'words', words: 'first' }, part)).toHaveLength(expected.length + 1);
});

test('a divider is a line above what follows, and nothing where nothing follows', () => {
  const line: Part = { kind: 'divider' };
  const words: Part = { kind: 'words', words: 'x' };
  expect(bodyOf(line, words, line, line, words, line).map((part) => part.separator === true)).toEqual([false, true]);
});

test('only what profits from it asks for the width of the screen', () => {
  const list: Part = { kind: 'list', items: [{ words: 'x' }] };
  const drawn = (part: Part, surface: Surface) => drawCard({ body: [part] }, { surface, text }).msteams;
  expect([drawn(list, 'message'), drawn(list, 'page')]).toEqual([{ width: 'full' }, { width: 'full' }]);
  expect([drawn(list, 'dialog'), drawn({ kind: 'words', words: 'x' }, 'message')]).toEqual([undefined, undefined]);
});

describe('a button', () => {
  const drawn = (button: Button, surface: Surface = 'message') => {
    const [set] = drawCard({ body: [{ kind: 'buttons', buttons: [button] }] }, { surface, text }).body;
    return set?.type === 'ActionSet' ? set.actions : set;
  };
  const data = { kam: { do: 'does', name: 'visits.undo', about: '1' } };

  test.each<[string, Button, object]>([
    [
      'does something',
      { label: 'Undo', does: 'visits.undo', about: '1' },
      {
        type: 'Action.Execute',
        verb: 'visits.undo',
        title: 'Undo',
        data,
        associatedInputs: 'none',
      },
    ],
    [
      'opens a form',
      { label: 'Log', opens: 'visits.log' },
      {
        type: 'Action.Execute',
        verb: 'visits.log',
        data: { kam: { do: 'opens', name: 'visits.log' } },
      },
    ],
    [
      'follows a link',
      { label: 'Web', link: 'https://a.example' },
      { type: 'Action.OpenUrl', url: 'https://a.example' },
    ],
    ['is the first to press', { label: 'x', does: 'a.b', look: 'primary' }, { style: 'positive' }],
    ['is dangerous', { label: 'x', does: 'a.b', look: 'danger' }, { style: 'destructive' }],
    [
      'is read aloud otherwise',
      { label: 'x', does: 'a.b', spoken: 'Do x to Acme' },
      { title: 'x', tooltip: 'Do x to Acme' },
    ],
    ['has no label', { label: '', does: 'a.b' }, { title: '–' }],
  ])('that %s', (_, button, expected) => {
    expect(drawn(button)).toMatchObject([expected]);
  });

  test('in a dialog is submitted with it', () => {
    const [action] = Object.values(drawn({ label: 'Undo', does: 'visits.undo', about: '1' }, 'dialog') ?? {});
    expect(action).toEqual({ type: 'Action.Submit', title: 'Undo', data, associatedInputs: 'none' });
  });

  test('on the person’s own page says so, so that the page comes again', () => {
    const drawnThere = drawn({ label: 'Undo', does: 'visits.undo', about: '1' }, 'page');
    expect(drawnThere).toMatchObject([{ type: 'Action.Execute', data: { kam: { ...data.kam, page: true } } }]);
  });

  test('that asks first opens the question, and only its yes does it', () => {
    const confirm = { title: 'Sure?', words: 'It goes away.', yes: 'Take back', no: 'Keep' };
    const [action] = Object.values(
      drawn({ label: 'Undo', does: 'visits.undo', about: '1', look: 'danger', confirm }) ?? {},
    );
    expect(action).toMatchObject({
      type: 'Action.ShowCard',
      title: 'Undo',
      card: {
        body: [rich(run('Sure?', { weight: 'Bolder' })), rich(run('It goes away.'))],
        actions: [{ type: 'Action.Execute', title: 'Take back', style: 'destructive', data }],
      },
    });
    expect(action).not.toHaveProperty('data');
  });

  test.each<[string, Button]>([
    ['a link that leads into a program', { label: 'x', link: 'javascript:alert(1)' }],
    ['a pointer that does not fit', { label: 'x', does: 'a.b', about: 'x'.repeat(2001) }],
  ])('with %s is left out', (_, button) => {
    expect(drawn(button)).toMatchObject(rich(run('–')));
  });

  test('is one of six in a row at most', () => {
    const buttons = Array.from({ length: 14 }, (_, index): Button => ({ label: String(index), does: 'a.b' }));
    const sets = bodyOf({ kind: 'buttons', buttons });
    expect(sets.map((set) => (set.type === 'ActionSet' ? set.actions.length : 0))).toEqual([6, 6, 2]);
  });
});

test('what does not fit is cut where everybody sees it, and what can be done next stays', () => {
  const items = Array.from({ length: 130 }, (_, index) => ({ words: `Item ${index}` }));
  const last: Part = { kind: 'buttons', buttons: [{ label: 'Log a visit', opens: 'visits.log' }] };
  const [list, more, buttons] = bodyOf({ kind: 'list', items }, last);
  expect(list?.type === 'Container' && list.items).toHaveLength(100);
  expect(more).toMatchObject(rich(run('… and 30 more')));
  expect(buttons).toMatchObject({ type: 'ActionSet' });

  const parts = Array.from(
    { length: 900 },
    (_, index): Part => ({ kind: 'words', words: `${index}`.padEnd(100, 'x') }),
  );
  const body = bodyOf(...parts, last);
  expect(body.at(-4)).toMatchObject(rich(run('…')));
  expect(body.at(-1)).toMatchObject({ type: 'ActionSet' });
});
