import { MessageActivityInput } from '@microsoft/teams.api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adaptiveCard, type Json } from '../support/teams/activities.ts';
import { cardWith, openStranger, type Stranger } from '../support/teams/stranger.ts';
import { expectSent, factsOf, TeamsMember, textOf } from '../support/teams/teams-member.ts';

let stranger: Stranger;
let teams: Stranger['teams'];
let heard: Stranger['heard'];
beforeEach(async () => {
  stranger = await openStranger();
  ({ teams, heard } = stranger);
});
afterEach(() => stranger.close());

const anna = () => new TeamsMember(teams, 'U0BECKER');
const tom = () => new TeamsMember(teams, 'U0CARTER');
/** What the last press sent. */
const sentData = () => (heard.at(-1)?.value as { action: { data: Json } } | undefined)?.action.data;

describe('what a person reads', () => {
  const card = cardWith([
    { type: 'TextBlock', text: 'A **bold** [link](https://a.example) \\*as it is\\*' },
    {
      type: 'RichTextBlock',
      inlines: [
        { type: 'TextRun', text: 'Owner: ', weight: 'Bolder' },
        { type: 'TextRun', text: '陈伟 **' },
      ],
    },
    { type: 'FactSet', facts: [{ title: 'Date:', value: '23 Nov' }] },
    { type: 'Container', isVisible: false, items: [{ type: 'TextBlock', text: 'hidden' }] },
    { type: 'ColumnSet', columns: [{ type: 'Column', items: [{ type: 'TextBlock', text: 'beside' }] }] },
    { type: 'Input.Text', id: 'note', label: 'What happened' },
  ]);

  it('are the visible texts of a card, and its facts', () => {
    expect(textOf(card).split('\n')).toEqual([
      'A bold link *as it is*',
      'Owner: 陈伟 **',
      'Date: 23 Nov',
      'beside',
      'What happened',
    ]);
    expect(factsOf(card)).toEqual({ Owner: '陈伟 **', Date: '23 Nov' });
  });
});

/** One input of each kind, and a button that sends them. */
const form = (rest: Json[] = [], save: Json = {}): Json =>
  cardWith(
    [
      {
        type: 'Input.Text',
        id: 'note',
        label: 'What happened',
        isRequired: true,
        maxLength: 10,
        errorMessage: 'Say what',
      },
      { type: 'Input.Number', id: 'score', label: 'Score', min: 1, max: 5, errorMessage: 'From 1 to 5' },
      {
        type: 'Input.Date',
        id: 'day',
        label: 'Date',
        value: '2026-11-23',
        max: '2026-11-30',
        errorMessage: 'Too late',
      },
      { type: 'Input.Toggle', id: 'first', label: 'First', title: 'First visit' },
      {
        type: 'Input.ChoiceSet',
        id: 'kind',
        label: 'Kind',
        choices: [
          { title: 'On\u200a site', value: 'v' },
          { title: 'Call', value: 'c' },
        ],
        value: 'v',
      },
      {
        type: 'Input.ChoiceSet',
        id: 'with',
        label: 'With',
        isMultiSelect: true,
        choices: [
          { title: 'Tom', value: 't' },
          { title: 'Sofia', value: 's' },
        ],
      },
      {
        type: 'Input.ChoiceSet',
        id: 'account',
        label: 'Customer',
        style: 'filtered',
        choices: [{ title: 'Brandt', value: 'b' }],
        'choices.data': { type: 'Data.Query', dataset: 'accounts' },
      },
      ...rest,
    ],
    {
      actions: [
        { type: 'Action.Execute', title: 'Save', verb: 'save', style: 'positive', data: { carried: 1 }, ...save },
        { type: 'Action.Execute', title: 'Cancel', verb: 'cancel', data: { carried: 2 }, associatedInputs: 'none' },
      ],
    },
  );

describe('how a person answers', () => {
  const filled = { note: 'Met', day: '2026-11-23', first: 'false', kind: 'v', carried: 1 };
  it.each<[string, string | string[] | boolean, Json, unknown]>([
    ['What happened', 'Called', { note: 'Called' }, 'Called'],
    ['Score', '4', { score: '4' }, '4'],
    ['Date', '2026-11-24', { day: '2026-11-24' }, '2026-11-24'],
    ['First', true, { first: 'true' }, true],
    ['Kind', 'Call', { kind: 'c' }, 'Call'],
    ['Kind', 'On site', { kind: 'v' }, 'On site'],
    ['With', ['Tom', 'Sofia'], { with: 't,s' }, ['Tom', 'Sofia']],
    ['Customer', 'Brandt', { account: 'b' }, 'Brandt'],
    ['Date', '', { day: '' }, undefined],
  ])('%s: %j', async (label, value, data, held) => {
    await stranger.show(form());
    const her = anna();
    await her.fill('What happened', 'Met');
    await her.fill(label, value);
    expect(her.answer(label)).toEqual(held);
    expectSent(await her.submit());
    expect(sentData()).toEqual({ ...filled, ...data });
  });

  it('finds choices while typing, and falls back to those of the card', async () => {
    await stranger.show(form());
    const her = anna();
    expect(await her.suggestions('Customer', 'bra')).toEqual(['Brandt']);
    const results = [{ title: 'Brandt & Co', value: 'b2' }];
    stranger.answers({
      body: { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } },
    });
    expect(await her.suggestions('Customer', 'bra')).toEqual(['Brandt & Co', 'Brandt']);
    await her.fill('Customer', 'Brandt & Co');
    expect(her.answer('Customer')).toBe('Brandt & Co');
    expect(heard.at(-1)).toMatchObject({
      name: 'application/search',
      value: { queryText: 'Brandt & Co', queryOptions: { skip: 0, top: 15 }, dataset: 'accounts' },
    });
    await expect(her.fill('Kind', 'Letter')).rejects.toThrow('no choice "Letter"');
  });

  it.each([
    ['nothing', {}, 'Say what'],
    ['too many words', { 'What happened': 'x'.repeat(11) }, 'Say what'],
    ['a number out of bounds', { 'What happened': 'Met', Score: '6' }, 'From 1 to 5'],
    ['no number', { 'What happened': 'Met', Score: 'four' }, 'From 1 to 5'],
    ['a day out of bounds', { 'What happened': 'Met', Date: '2026-12-01' }, 'Too late'],
  ])('is kept back by the client for %s', async (_, answers, problem) => {
    await stranger.show(form());
    const her = anna();
    for (const [label, value] of Object.entries(answers)) await her.fill(label, String(value));
    expect(await her.submit()).toEqual({ sent: false, said: [problem] });
    expect(her.problems).toEqual([problem]);
    expect(heard).toEqual([]);
    expectSent(await her.cancel());
    expect(sentData()).toEqual({ carried: 2 });
  });

  it('unfolds what is hidden, and folds it again', async () => {
    const more = {
      type: 'Action.ToggleVisibility',
      title: 'More',
      targetElements: ['details', { elementId: 'unfold', isVisible: false }],
    };
    const hidden = { type: 'Input.Text', id: 'mood', label: 'Mood' };
    await stranger.show(
      form([
        { type: 'ActionSet', id: 'unfold', actions: [more] },
        { type: 'Container', id: 'details', isVisible: false, items: [hidden] },
      ]),
    );
    const her = anna();
    expect(her.questions).not.toContain('Mood');
    await her.more();
    expect(her.questions).toContain('Mood');
    expect(her.buttons).toEqual(['Save', 'Cancel']);
  });
});

describe('what a press brings', () => {
  const saved = cardWith([{ type: 'TextBlock', text: 'Saved' }]);
  const wrong = 'Something went wrong. Please try again.';
  it.each<[string, { status?: number; body?: unknown }, { text?: string; toasts?: string[]; errors?: string[] }]>([
    ['a card', { body: { statusCode: 200, type: adaptiveCard, value: saved } }, { text: 'Saved' }],
    [
      'words',
      { body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Noted' } },
      { toasts: ['Noted'] },
    ],
    [
      'an error',
      { body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'x', message: 'No' } } },
      { errors: ['No'] },
    ],
    ['a failure', { status: 500 }, { errors: [wrong] }],
    ['something else', { body: { hello: 1 } }, { errors: [wrong] }],
    ['nothing', {}, {}],
  ])('%s', async (_, given, { text = 'Press', toasts = [], errors = [] }) => {
    await stranger.show(
      cardWith([{ type: 'TextBlock', text: 'Press' }], {
        actions: [{ type: 'Action.Execute', title: 'Undo', verb: 'undo', data: { a: 1 } }],
      }),
    );
    stranger.answers(given);
    const her = anna();
    await her.press('Undo');
    expect(heard[0]).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: her.lastMessage.id,
      value: { action: { type: 'Action.Execute', verb: 'undo', title: 'Undo', data: { a: 1 } }, trigger: 'manual' },
    });
    expect([her.lastMessage.text, her.toasts, her.errors]).toEqual([text, toasts, errors]);
  });

  it('a card that only who pressed sees, until the bot rewrites the message', async () => {
    const card = cardWith([{ type: 'TextBlock', text: 'Open' }], {
      actions: [{ type: 'Action.Execute', title: 'Close', data: {} }],
    });
    const id = await stranger.show(card, 'C0EUROPE');
    stranger.answers({ body: { statusCode: 200, type: adaptiveCard, value: saved } });
    const [her, him] = [anna(), tom()];
    await her.press('Close');
    expect([her.lastMessage.text, him.lastMessage.text]).toEqual(['Saved', 'Open']);
    her.reload();
    expect(her.lastMessage.text).toBe('Open');
    await her.press('Close');
    await stranger.conversations.updateActivity(
      teams.tenant.place('C0EUROPE').id,
      id,
      new MessageActivityInput('Done'),
    );
    expect([her.lastMessage.text, him.lastMessage.text]).toEqual(['Done', 'Done']);
  });

  it('a question first, where the button asks', async () => {
    const yes = { type: 'Action.Execute', title: 'Yes, remove', data: { yes: 1 }, associatedInputs: 'none' };
    const card = cardWith([{ type: 'TextBlock', text: 'Really?' }], { actions: [yes] });
    await stranger.show(cardWith([], { actions: [{ type: 'Action.ShowCard', title: 'Remove', card }] }));
    const her = anna();
    await her.press('Remove');
    expect([her.asked, heard.length]).toEqual(['Really?', 0]);
    await her.press('Remove');
    expect(her.asked).toBeNull();
    await her.press('Remove');
    expectSent(await her.confirm());
    expect(sentData()).toEqual({ yes: 1 });
  });

  it('a message, where the button is an Action.Submit', async () => {
    await stranger.show(
      cardWith([{ type: 'Input.Text', id: 'note', label: 'Note' }], {
        actions: [{ type: 'Action.Submit', title: 'Send', data: { a: 1 } }],
      }),
    );
    const her = anna();
    await her.fill('Note', 'x');
    await her.submit();
    expect(heard[0]).toMatchObject({ type: 'message', value: { a: 1, note: 'x' }, replyToId: her.messages[0]?.id });
    expect(heard[0]).not.toHaveProperty('text');
  });
});

describe('the message extension', () => {
  const dialog = (...body: Json[]): Json => {
    const actions = [{ type: 'Action.Submit', title: 'Save', data: { kept: 1 } }];
    const card = {
      contentType: adaptiveCard,
      content: cardWith([{ type: 'Input.Text', id: 'note', label: 'Note' }, ...body], { actions }),
    };
    return { task: { type: 'continue', value: { title: 'Log a visit', card } } };
  };

  it('asks in a dialog, again while something is wrong, and ends with words', async () => {
    stranger.answers({ body: dialog() });
    const her = anna();
    expectSent(await her.openExtension('logVisit'));
    expect([her.dialog?.title, her.questions]).toEqual(['Log a visit', ['Note']]);
    expect(heard[0]).toMatchObject({
      name: 'composeExtension/fetchTask',
      value: { commandId: 'logVisit', commandContext: 'compose' },
    });
    stranger.answers({ body: dialog({ type: 'TextBlock', text: 'Say more', color: 'attention' }) });
    await her.fill('Note', 'x');
    expectSent(await her.submit());
    expect(heard[1]).toMatchObject({
      name: 'composeExtension/submitAction',
      value: { commandId: 'logVisit', data: { kept: 1, note: 'x' } },
    });
    expect(her.problems).toEqual(['Say more']);
    stranger.answers({ body: { task: { type: 'message', value: 'Saved' } } });
    await her.submit();
    expect([her.dialog, her.toasts]).toEqual([null, ['Saved']]);
  });

  it('takes the message along that it is used on, and is told nothing when the dialog is closed', async () => {
    await tom().say('Brandt called & wants <b>a price</b>', 'C0EUROPE');
    stranger.answers({ body: dialog() });
    const her = anna();
    expectSent(await her.openExtension('logVisit', { onMessage: 'Brandt called' }));
    expect(heard[0]?.value).toMatchObject({
      commandContext: 'message',
      messagePayload: {
        body: { contentType: 'html', content: '<div>Brandt called &amp; wants &lt;b&gt;a price&lt;/b&gt;</div>' },
        from: { user: { displayName: 'Tom Carter', id: teams.tenant.person('U0CARTER').aadObjectId } },
      },
    });
    expect(await her.cancel()).toEqual({ sent: false, said: [] });
    expect([her.dialog, heard.length]).toEqual([null, 1]);
  });

  it('finds cards, which are posted where others read them', async () => {
    const content = cardWith([{ type: 'TextBlock', text: 'Brandt Maschinenbau' }]);
    const preview = {
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: { title: 'Brandt', text: 'Stuttgart' },
    };
    const attachments = [{ contentType: adaptiveCard, content, preview }];
    stranger.answers({ body: { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } } });
    const [her, him] = [anna(), tom()];
    const [found] = await her.searchExtension('bra');
    expect(heard[0]?.value).toMatchObject({ commandId: 'findAccount', parameters: [{ name: 'name', value: 'bra' }] });
    expect(found).toMatchObject({ title: 'Brandt', text: 'Stuttgart' });
    her.insert(found?.card ?? {}, 'C0EUROPE');
    expect(him.lastMessage).toMatchObject({ from: 'U0BECKER', text: 'Brandt Maschinenbau' });
  });
});
