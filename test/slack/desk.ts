import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { onTestFinished } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import type { Directory } from '../../src/chat/directory.ts';
import { createDispatch } from '../../src/chat/dispatch.ts';
import type { Drafts } from '../../src/chat/drafts.ts';
import type { Asked } from '../../src/chat/form.ts';
import * as fields from '../../src/chat/form.ts';
import type { FormState, Gesture } from '../../src/chat/gesture.ts';
import type { Paint } from '../../src/chat/pictures/painter.ts';
import { palettePng } from '../../src/chat/pictures/palette-png.ts';
import { gather } from '../../src/chat/registry.ts';
import { nothing, type Reply, redraw, show, tell } from '../../src/chat/reply.ts';
import { connectSlack, readWorkspace, type SlackConnection } from '../../src/chat/slack/index.ts';
import type { PicturesStore, Uploaded } from '../../src/chat/slack/pictures-store.ts';
import { scopes } from '../../src/chat/slack/surface.ts';
import { ask, type Call, handles, type Slice } from '../../src/chat/slice.ts';
import { type MovableClock, movableClock } from '../../src/clock.ts';
import type { SlackConfig } from '../../src/config.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { nearestLocale } from '../../src/text/locale.ts';

export const signingSecret = 'a-secret-for-tests';
export const manifest = JSON.parse(readFileSync(new URL('../../manifests/slack.json', import.meta.url), 'utf8'));

const ada = { id: 'U0ADA', name: 'ada', realName: 'Ada Lovelace', email: 'ada@acme.example', locale: 'en-GB' };
const wang = { id: 'U0WANG', name: 'wang', realName: '王芳', email: 'wang@acme.example', locale: 'zh-CN' };
const guest = { id: 'U0GUEST', name: 'gus', realName: 'Gus', locale: 'en-GB', isGuest: true };

const workspace = {
  team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
  users: [ada, wang, guest].map((person) => ({ tz: 'Europe/Berlin', ...person })),
  channels: [
    { id: 'C0SALES', name: 'sales', members: ['U0ADA', 'U0WANG', 'U0GUEST', 'U0KAM'] },
    { id: 'C0ELSEWHERE', name: 'elsewhere', members: ['U0ADA', 'U0WANG'] },
  ],
};

/** One of every field, as a form that a slice could have. */
export const visitForm = {
  name: 'probe.visit',
  title: 'chat.help.title',
  save: 'chat.form.cancel',
  fields: {
    account: fields.lookUp({ label: 'chat.form.more', source: 'probe.accounts', changesForm: true, required: true }),
    contact: fields.oneOfGiven({ label: 'chat.form.more' }),
    note: fields.text({ label: 'chat.form.more', multiline: true, max: 3000 }),
    day: fields.date({ label: 'chat.form.more', detail: true }),
    colleagues: fields.people({ label: 'chat.form.more', max: 5, detail: true }),
    score: fields.number({ label: 'chat.form.more', min: 1, max: 5, detail: true }),
    second: fields.yesNo({ label: 'chat.form.more', tick: 'chat.form.more', detail: true }),
  },
} as const;

const contacts: Record<string, { value: string; label: string }[]> = {
  acme: [
    { value: 'helen', label: 'Helen' },
    { value: 'raj', label: 'Raj' },
  ],
  borg: [{ value: 'seven', label: 'Seven' }],
};

/** What happened at the desk, for the tests to look at. */
export interface Desk {
  sandbox: Sandbox;
  slack: SlackConnection;
  clock: MovableClock;
  gestures: Gesture[];
  submitted: Record<string, unknown>[];
  drafts: FormState[];
  /** What the log said. */
  lines: Record<string, unknown>[];
  /** What the next submission is answered with, and how charts are painted. */
  next: { submit?: () => Promise<Reply> | Reply; paint?: Paint };
  /** The pictures that the workspace is remembered to have, by what is seen on them. */
  pictures: Map<string, Uploaded>;
}

/** A sandbox and the real adapter with a small slice of its own behind it. */
export async function openDesk(mode: SlackConfig['mode'] = 'http', { fileProcessing = 0 } = {}): Promise<Desk> {
  const clock = movableClock();
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const sandbox = await startSandbox({
    port: 0,
    clock,
    workspace,
    fileProcessing,
    app: {
      id: 'A0KAM',
      name: 'KAM',
      botUserId: 'U0KAM',
      botToken: 'xoxb-kam',
      appToken: 'xapp-kam',
      signingSecret,
      scopes: [...scopes],
      manifest,
    },
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => sandbox.close());
  const made: Omit<Desk, 'slack'> = {
    sandbox,
    clock,
    gestures: [],
    submitted: [],
    drafts: [],
    lines,
    next: {},
    pictures: new Map(),
  };
  const dispatch = createDispatch({
    registry: gather([slice(made)], async () => home(made)),
    directory: directory(),
    drafts: keeping(made.drafts),
    clock,
    log,
    isUnavailable: () => false,
  });
  const botToken = 'xoxb-kam';
  const slack = await connectSlack({
    config: {
      slack: mode === 'http' ? { mode, botToken, signingSecret } : { mode, botToken, appToken: 'xapp-kam' },
      slackApiUrl: sandbox.apiUrl,
      host: '127.0.0.1',
      port: 0,
    },
    workspace: await readWorkspace({ botToken, apiUrl: sandbox.apiUrl, log }),
    pictures: { paint: async (chart) => (made.next.paint ?? grey)(chart), store: remembering(made.pictures) },
    dispatch: (gesture) => {
      made.gestures.push(gesture);
      return dispatch(gesture);
    },
    clock,
    log,
  });
  await slack.start();
  onTestFinished(() => slack.stop());
  if (slack.address !== null) sandbox.setRequestUrl(slack.address);
  return Object.assign(made, { slack });
}

const homeCard = (count: number): Card => ({
  title: `Home ${count}`,
  body: [{ kind: 'buttons', buttons: [{ label: 'Do', does: 'probe.do', about: 'home' }] }],
});
const home = (desk: Pick<Desk, 'submitted'>): Reply => ({ reply: 'home', card: homeCard(desk.submitted.length) });

export const card: Card = {
  title: 'A card',
  body: [
    {
      kind: 'words',
      words: ['<!channel> <@U0ADA> *bold* ', { strong: 'strong & <b>' }, { link: 'javascript:x', label: 'no' }],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Do', does: 'probe.do', about: 'it' },
        { label: 'Form', opens: 'probe.form', about: 'acme' },
      ],
    },
  ],
};

/** A card that draws and says the same figures. */
export const chartCard: Card = {
  title: 'Coverage',
  body: [
    {
      kind: 'chart',
      draw: 'lines',
      title: 'Coverage by week',
      categories: ['17 Nov', '24 Nov'],
      series: [{ name: 'Core', values: [80, 90] }],
      unit: 'percent',
      alternative: 'Core: 80% on 17 Nov, 90% on 24 Nov.',
    },
    { kind: 'buttons', buttons: [{ label: 'Chart', does: 'probe.chart' }] },
  ],
};

export const formFor = (initial: Record<string, unknown> = {}, more: Partial<Asked> = {}): Reply =>
  ask({ form: visitForm, id: uuid(), about: { source: 'test' }, initial, ...more });

function slice(desk: Omit<Desk, 'slack'>): Slice {
  const word = (one: string, run: (call: Call, rest: string) => Promise<Reply>) =>
    ({ words: [one, `${one}中`], help: 'chat.help.intro', run }) as const;
  return {
    name: 'probe',
    commands: [
      word('log', async (_, rest) => formFor(rest === '' ? {} : { note: rest, day: '2026-11-23' })),
      word('card', async () => show(card)),
      word('quiet', async () => nothing),
      word('chart', async () => show(chartCard)),
    ],
    shortcuts: [
      { name: 'log_visit', run: async () => formFor() },
      {
        name: 'log_visit_from_message',
        run: async (_, message) => formFor({ note: `${message?.text} ${message?.link}` }),
      },
    ],
    actions: [
      { name: 'probe.do', run: async (_, about) => redraw({ title: `Done: ${about}`, body: card.body }) },
      { name: 'probe.chart', run: async () => redraw({ ...chartCard, title: 'Coverage anew' }) },
      { name: 'probe.tell', run: async () => tell('told') },
    ],
    openers: [{ name: 'probe.form', run: async (_, about) => formFor({ note: about }) }],
    lookUps: [
      {
        source: 'probe.accounts',
        find: async (_, query) => [{ value: query.slice(0, 9), label: `Account ${query}`, detail: 'somewhere' }],
      },
    ],
    forms: [
      handles({
        form: visitForm,
        keepsDraft: true,
        submit: async (_, answers) => {
          desk.submitted.push(answers);
          return (await desk.next.submit?.()) ?? show({ title: 'Saved', body: card.body });
        },
        change: async (_, _field, answers, shown) =>
          ask({
            form: visitForm,
            ...shown,
            initial: answers,
            options: { contact: contacts[String(answers.account)] ?? [] },
          }),
      }),
    ],
  };
}

/** A picture of no chart at all. */
const grey: Paint = async () => palettePng({ width: 40, height: 30, rgba: new Uint8Array(40 * 30 * 4).fill(120) });

function remembering(pictures: Map<string, Uploaded>): PicturesStore {
  return {
    find: async (hash) => pictures.get(hash) ?? null,
    async keep(hash, file) {
      const kept = pictures.get(hash)?.file ?? file;
      pictures.set(hash, { file: kept, ready: false });
      return kept;
    },
    async isReady(file) {
      for (const [hash, one] of pictures) if (one.file === file) pictures.set(hash, { file, ready: true });
    },
    async forget(files) {
      for (const [hash, one] of pictures) if (files.includes(one.file)) pictures.delete(hash);
    },
  };
}

function directory(): Directory {
  return {
    async recognise(gesture) {
      const profile = await gesture.profile(gesture.from.user);
      const locale = nearestLocale(profile?.locale) ?? 'en';
      if (profile === null || profile.outsider) return { known: false, locale };
      return {
        known: true,
        locale,
        organization: { id: 'o', name: 'Acme', timeZone: 'UTC', currency: 'EUR', isSetUp: true },
        me: {
          organizationId: 'o',
          id: `person-${gesture.from.user}`,
          name: profile.name,
          timeZone: profile.timeZone ?? 'UTC',
          workspaceId: 'w',
          administrator: false,
          observer: false,
          manages: [],
          memberOf: [],
          mayAdminister: profile.mayAdminister,
        },
      };
    },
    personIds: async (_, users) => new Map(users.map((user) => [user, `person-${user}`])),
    userIds: async (_organization, _workspace, people) =>
      new Map(people.map((person) => [person, person.replace('person-', '')])),
    colleagues: async () => new Map(),
    profileChanged: async () => undefined,
    workspaceRemoved: async () => undefined,
  };
}

function keeping(drafts: FormState[]): Drafts {
  return {
    keep: async (_organization, _person, state) => void drafts.push(state),
    offer: async () => null,
    offerAgain: async () => undefined,
    take: async () => null,
    drop: async () => undefined,
  };
}
