import { describe, expect, it } from 'vitest';
import { movableClock } from '../clock.ts';
import { createLog } from '../log.ts';
import { inPlainText } from './card.ts';
import type { Directory, Recognised } from './directory.ts';
import { createDispatch } from './dispatch.ts';
import type { Drafts } from './drafts.ts';
import * as field from './form.ts';
import type { FormState, Gesture, What } from './gesture.ts';
import { gather } from './registry.ts';
import { nothing, type Reply, tell } from './reply.ts';
import { ask, handles, type Slice } from './slice.ts';

class Gone extends Error {}

const member: Recognised = {
  known: true,
  locale: 'en',
  me: {
    organizationId: 'o1',
    id: 'p1',
    name: 'Ann',
    timeZone: 'Asia/Shanghai',
    workspaceId: 'w1',
    administrator: false,
    observer: false,
    manages: [],
    memberOf: [],
    mayAdminister: false,
  },
  organization: { id: 'o1', name: 'Example', timeZone: 'UTC', currency: 'EUR', isSetUp: true },
};

const label = 'chat.form.more';
const form = {
  name: 'test.form',
  title: label,
  save: label,
  fields: { note: field.text({ label, max: 20, required: true }), owner: field.person({ label }) },
} as const;

function setUp(options: { who?: Recognised; fails?: Error; deadline?: number } = {}) {
  const kept: FormState[] = [];
  const submitted: unknown[] = [];
  const perhaps = async (reply: Reply): Promise<Reply> => {
    if (options.fails) throw options.fails;
    return reply;
  };
  const slice: Slice = {
    name: 'test',
    commands: [
      {
        words: ['log', '记录'],
        help: label,
        run: (call, rest) => perhaps(tell(`${call.me.name} ${call.today} ${rest}`)),
      },
      { words: ['setup', '设置'], help: label, beforeSetUp: true, run: () => perhaps(tell('set up')) },
      { words: ['slow', '慢'], help: label, run: () => new Promise<Reply>(() => undefined) },
    ],
    openers: [{ name: 'test.open', run: async () => ask({ form, id: 'f1', initial: { owner: 'p1' } }) }],
    actions: [{ name: 'test.do', run: (_, about) => perhaps(tell(`did ${about}`)) }],
    forms: [
      handles({
        form,
        keepsDraft: true,
        submit: async (_, answers) => {
          submitted.push(answers);
          return perhaps(tell('saved'));
        },
      }),
    ],
    finders: [
      {
        name: 'test.find',
        find: async (_, query) => [{ title: query, card: { body: [{ kind: 'words', words: 'for all' }] } }],
      },
    ],
    lookUps: [{ source: 'things', find: async (_, query) => [{ value: '1', label: query }] }],
  };
  const directory: Directory = {
    recognise: async () => options.who ?? member,
    personIds: async (_, users) =>
      new Map(users.map((user) => [user, ['UBOT', 'gone'].includes(user) ? null : `person of ${user}`])),
    userIds: async (_organization, _workspace, ids) => new Map(ids.map((id) => [id, `user of ${id}`])),
    colleagues: async (_, ids) => new Map(ids.filter((id) => id !== 'gone').map((id) => [id, `Name of ${id}`])),
    profileChanged: async () => undefined,
    workspaceRemoved: async () => undefined,
  };
  const drafts: Drafts = {
    keep: async (_organization, _person, state) => void kept.push(state),
    offer: async () => null,
    offerAgain: async () => undefined,
    take: async () => null,
    drop: async () => undefined,
  };
  const dispatch = createDispatch({
    registry: gather([slice]),
    directory,
    drafts,
    clock: movableClock(),
    log: createLog('silent'),
    isUnavailable: (error) => error instanceof Gone,
    ...(options.deadline ? { deadline: options.deadline } : {}),
  });
  const send = async (what: What, manner: Partial<Gesture['manner']> = {}) => {
    const gesture: Gesture = {
      id: 'g1',
      from: { platform: 'fake', workspace: 'W', user: 'U' },
      place: { kind: 'direct' },
      manner: { address: '/kam ', colleagues: 'users', ...manner },
      what,
      profile: async () => null,
      file: async () => new Uint8Array(),
    };
    return (await dispatch(gesture)).reply;
  };
  return { send, kept, submitted };
}

const words = (reply: Reply) => (reply.reply === 'show' || reply.reply === 'home' ? inPlainText(reply.card) : reply);
const state = (answers: FormState['answers']): FormState => ({
  form: 'test.form',
  formId: 'f1',
  about: {},
  without: [],
  expanded: false,
  answers,
});

describe('dispatch', () => {
  it('calls the command with the person and their day', async () => {
    expect(words(await setUp().send({ did: 'said', words: 'log Acme' }))).toMatch(/^Ann \d{4}-\d\d-\d\d Acme$/);
  });

  it('answers unknown words and names with what there is', async () => {
    const { send } = setUp();
    expect(words(await send({ did: 'said', words: 'weather' }))).toContain('“weather”');
    for (const what of [
      { did: 'pressed', action: 'nobody.knows' },
      { did: 'opened', opener: 'nobody.knows' },
      { did: 'started', shortcut: 'nobody_knows' },
    ] as const)
      expect(words(await send(what))).toContain('can’t find that');
    expect(await send({ did: 'submitted', ...state({}), form: 'nobody.knows' })).toMatchObject({
      reply: 'fix',
      notice: expect.stringContaining('no longer open'),
    });
  });

  it('tells outsiders no, in the form of each gesture, and runs nothing', async () => {
    const { send, submitted, kept } = setUp({ who: { known: false, locale: 'zh-CN' } });
    const no = 'KAM 仅供本工作区的正式成员使用。';
    expect(words(await send({ did: 'said', words: 'log x' }))).toBe(no);
    expect(words(await send({ did: 'visitedHome' }))).toBe(no);
    expect(await send({ did: 'lookedUp', source: 'things', query: 'a' })).toEqual({ reply: 'options', options: [] });
    expect(await send({ did: 'submitted', ...state({ note: 'x' }) })).toMatchObject({ reply: 'fix', notice: no });
    expect(await send({ did: 'closed', ...state({ note: 'x' }) })).toEqual(nothing);
    expect([submitted, kept]).toEqual([[], []]);
  });

  it('says who should set it up, until then', async () => {
    const { send } = setUp({ who: { ...member, organization: { ...member.organization, isSetUp: false } } });
    expect(words(await send({ did: 'said', words: 'log x' }))).toContain('/kam setup');
    expect(words(await send({ did: 'said', words: 'setup' }))).toBe('set up');
  });

  it('turns chosen users into people before judging, and people into users before asking', async () => {
    const { send, submitted } = setUp();
    await send({ did: 'submitted', ...state({ note: 'x', owner: 'U7' }) });
    expect(submitted).toEqual([{ note: 'x', owner: 'person of U7' }]);
    expect(await send({ did: 'opened', opener: 'test.open' })).toMatchObject({
      asked: { initial: { owner: 'user of p1' } },
    });
  });

  it('takes people as they are where forms name people of ours, and puts their names into what is asked', async () => {
    const { send, submitted } = setUp();
    const manner = { colleagues: 'people' } as const;
    await send({ did: 'submitted', ...state({ note: 'x', owner: 'p7' }) }, manner);
    expect(submitted).toEqual([{ note: 'x', owner: 'p7' }]);
    const stranger = await send({ did: 'submitted', ...state({ note: 'x', owner: 'gone' }) }, manner);
    expect(stranger).toMatchObject({ problems: { owner: expect.stringContaining('full members') } });
    expect(await send({ did: 'opened', opener: 'test.open' }, manner)).toMatchObject({
      asked: { initial: { owner: 'p1' }, options: { owner: [{ value: 'p1', label: 'Name of p1' }] } },
    });
  });

  it('says commands as they are typed there', async () => {
    const { send } = setUp({ who: { ...member, organization: { ...member.organization, isSetUp: false } } });
    expect(words(await send({ did: 'said', words: 'log x' }, { address: '' }))).toContain('with setup');
    const help = setUp();
    expect(words(await help.send({ did: 'said', words: 'help' }))).toContain('/kam log');
  });

  it('finds what may be shown to others', async () => {
    const { send } = setUp();
    const card = { body: [{ kind: 'words', words: 'for all' }] } as const;
    expect(await send({ did: 'searched', finder: 'test.find', query: 'ac' })).toEqual({
      reply: 'found',
      results: [{ title: 'ac', card }],
    });
    expect(await send({ did: 'searched', finder: 'nobody.knows', query: 'ac' })).toEqual({
      reply: 'found',
      results: [],
    });
  });

  it('does not take guests and bots for colleagues', async () => {
    const { send, submitted } = setUp();
    expect(await send({ did: 'submitted', ...state({ note: 'x', owner: 'UBOT' }) })).toMatchObject({
      reply: 'fix',
      problems: { owner: expect.stringContaining('full members') },
    });
    expect(submitted).toEqual([]);
  });

  it('sends answers back that need another look', async () => {
    const { send, submitted } = setUp();
    expect(await send({ did: 'submitted', ...state({ note: 'x'.repeat(21) }) })).toMatchObject({
      reply: 'fix',
      problems: { note: expect.stringContaining('21') },
    });
    expect(submitted).toEqual([]);
  });

  it('keeps what was in a form that is closed, and nothing of an empty one', async () => {
    const { send, kept } = setUp();
    await send({ did: 'closed', ...state({}) });
    await send({ did: 'closed', ...state({ note: 'half' }) });
    expect(kept.map((draft) => draft.answers)).toEqual([{ note: 'half' }]);
  });

  it('turns a surprise into one sentence with a code, keeping the answers', async () => {
    const { send, kept } = setUp({ fails: new Error('a bug') });
    expect(words(await send({ did: 'said', words: 'log x' }))).toMatch(/nothing was changed.*KAM-[0-9A-F]{6}/);
    const reply = await send({ did: 'submitted', ...state({ note: 'typed' }) });
    expect(reply).toMatchObject({ reply: 'fix', problems: {}, notice: expect.stringMatching(/still here.*KAM-/) });
    expect(kept.map((draft) => draft.answers)).toEqual([{ note: 'typed' }]);
  });

  it('says that the database is gone, and does not try to write there', async () => {
    const { send, kept } = setUp({ fails: new Gone() });
    expect(await send({ did: 'submitted', ...state({ note: 'typed' }) })).toMatchObject({
      notice: expect.stringContaining('can’t reach its database'),
    });
    expect(kept).toEqual([]);
  });

  it('answers within its deadline', async () => {
    expect(words(await setUp({ deadline: 30 }).send({ did: 'said', words: 'slow' }))).toContain(
      'can’t reach its database',
    );
  });
});
