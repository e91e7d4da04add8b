import { expect, test } from 'vitest';
import { actionLine } from '../../src/actions/cards.ts';
import type { Item } from '../../src/chat/card.ts';
import { helpCard } from '../../src/chat/help.ts';
import { waitingLine } from '../../src/home/parts.ts';
import { standingLine as planLine } from '../../src/meetings/prompt-cards.ts';
import { textIn } from '../../src/text/text.ts';
import { makeCall } from '../support/call.ts';

/** Each character of it is two units, behind an odd number of others: a plain cut goes through the middle of one. */
const name = `x${'👍'.repeat(60)}`;
const account = { id: '1', name };
const text = textIn('en');
const organization = {
  ...({ id: 'o', workspaceId: 'w', platform: 'slack', workspace: 'T', name: 'O', timeZone: 'Europe/Berlin' } as const),
  currency: 'EUR',
  isSetUp: true,
};
const me = { id: 'p', name: 'Anna', timeZone: 'Europe/Berlin', organizationId: 'o', workspaceId: 'w' };
const from = { platform: 'slack', workspace: 'T', enterprise: null, user: 'U' } as const;
const call = makeCall(organization, { ...me, administrator: false, observer: false, from });
const { today } = call;

const spoken = ({ buttons = [] }: Item) => buttons.map((button) => button.spoken ?? '');

test.each<[string, () => string[]]>([
  [
    'a next step',
    () =>
      spoken(
        actionLine(
          {
            organizationId: 'o',
            id: '1',
            text: name,
            account,
            owner: me,
            createdById: 'p',
            visitId: null,
            feedbackId: null,
            dueOn: null,
            state: 'open',
            belongs: { personIds: ['p'], teamIds: [] },
          },
          { text, today, me: call.me },
          { of: 'person', id: 'p' },
        ),
      ),
  ],
  ['a customer who waits', () => spoken(waitingLine({ ...account, class: 'core', lastVisitOn: null }, call, true))],
  [
    'an item of a plan',
    () =>
      spoken(
        planLine(
          {
            id: '1',
            date: today,
            account,
            text: '',
            state: 'planned',
            movedFromId: null,
            movedTo: null,
            visitId: null,
          },
          { promptId: '2', does: 'home.plan' },
          { text, today },
        ),
      ),
  ],
  ['a word that is no command', () => [JSON.stringify(helpCard([], call, name).body[0])]],
])('%s: what is too long ends visibly, and with a whole character', (_, said) => {
  const words = said();
  expect(words.length).toBeGreaterThan(0);
  for (const one of words) {
    expect(one).toContain('👍…');
    expect(one.isWellFormed()).toBe(true);
  }
});
