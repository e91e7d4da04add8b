import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, missing, notFound, type Reply, redraw, refuseForm } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Words } from '../text/words.ts';
import { type FigureName, type Figures, isFigure, type TakesFigures } from './figures.ts';
import type { KeptDigest, Posted } from './kept-store.ts';
import { postedCard } from './posted-cards.ts';
import { previewCard } from './preview.ts';
import { type Remark, remarkable } from './remark.ts';
import { type RemarkAnswers, remarkForm } from './remark-forms.ts';
import type { RemarkSaved, RemarkStore } from './remark-store.ts';

interface RemarkingNeeds {
  store: RemarkStore;
  figures: Pick<TakesFigures, 'ofPeople'>;
  nudge: Nudge;
}

/** What a form has seen: of each figure's remark the version. */
const aboutOf = ({ id }: KeptDigest, versions: ReadonlyMap<string, number>): Record<string, string> => ({
  ...Object.fromEntries([...versions].map(([figure, version]) => [figure, String(version)])),
  digest: id,
});

/** What a person can do with their own part: say a word on a figure, change it, take it back. */
export function createRemarking({
  store,
  figures,
  nudge,
}: RemarkingNeeds): Required<Pick<Slice, 'actions' | 'openers' | 'forms'>> {
  /** A week of a team of theirs, and the figure that is meant. Who is in the team has a part in it, and nobody else. */
  async function pointed(call: Call, about: string | undefined) {
    const [id, figure, version] = (about ?? '').split(' ');
    if (!isPointer(id) || (figure !== undefined && !isFigure(figure)) || call.me.observer) return null;
    const digest = await store.find(call.me.organizationId, id);
    return digest && call.me.memberOf.includes(digest.team.id) ? { digest, figure, version: Number(version) } : null;
  }

  /** The figures of their own; undefined: they have none there any more. */
  const mineOf = async ({ me, now }: Call, { team, week }: KeptDigest) => {
    const { organizationId, id } = me;
    const asked = { organizationId, teamId: team.id, period: week, asOf: now, personIds: [id] };
    return (await figures.ofPeople(asked)).get(id);
  };

  const own = async ({ me }: Call, digest: KeptDigest): Promise<Remark[]> =>
    (await store.of(me.organizationId, digest.id)).filter(({ person }) => person.id === me.id);

  async function open(call: Call, about: string | undefined): Promise<Reply> {
    const found = await pointed(call, about);
    if (found === null) return notFound(call);
    const { digest, figure } = found;
    const { me, text } = call;
    const [mine, remarks, versions] = await Promise.all([
      mineOf(call, digest),
      own(call, digest),
      store.versions(me.organizationId, digest.id, me.id),
    ]);
    if (mine === undefined) return notFound(call);
    const before = remarks.find((remark) => remark.figure === figure);
    return ask({
      form: remarkForm,
      id: newId(),
      about: aboutOf(digest, versions),
      initial: { ...(figure === undefined ? {} : { figure }), ...(before ? { words: before.words } : {}) },
      options: { figure: optionsOf(call, mine, remarks) },
      intro: text.words('digest.remark.intro', { team: { strong: digest.team.name } }),
    });
  }

  /** A figure that has a remark can be chosen though it cannot be said any more. */
  function optionsOf({ text }: Call, mine: Figures, remarks: readonly Remark[]) {
    const names = new Set<FigureName>([...remarkable(mine), ...remarks.map((remark) => remark.figure)]);
    return [...names].map((name) => ({ value: name, label: text.plain(`digest.figure.${name}`) }));
  }

  async function submit(call: Call, answers: RemarkAnswers, shown: Shown): Promise<Reply> {
    const { figure, words } = answers;
    const { text } = call;
    if (!isFigure(figure)) return fix({ figure: text.plain('chat.form.notAnOption') });
    const found = await pointed(call, shown.about.digest);
    const mine = found === null ? undefined : await mineOf(call, found.digest);
    if (found === null || mine === undefined) return refuseForm(missing, call);
    const { digest } = found;
    const remark = { figure, words, requestKey: shown.id, seen: Number(shown.about[figure] ?? 0) };
    const saved = await save(call, digest, remark);
    if (saved.became === 'gone') return refuseForm(missing, call);
    if (saved.became === 'saved') return drawn(call, digest, mine, text.words('digest.remark.saved'));
    const what = { figure: text.plain(`digest.figure.${figure}`) };
    return ask({
      form: remarkForm,
      id: shown.id,
      initial: { figure, words },
      about: { ...shown.about, [figure]: String(saved.version) },
      options: { figure: optionsOf(call, mine, await own(call, digest)) },
      intro:
        saved.words === null
          ? text.words('digest.remark.takenBack', what)
          : text.words('digest.remark.changed', { ...what, words: saved.words }),
    });
  }

  async function remove(call: Call, about: string | undefined): Promise<Reply> {
    const found = await pointed(call, about);
    const mine = found?.figure === undefined ? undefined : await mineOf(call, found.digest);
    if (found?.figure === undefined || mine === undefined) return notFound(call);
    const { digest, figure, version } = found;
    const saved = await save(call, digest, { figure, words: null, requestKey: call.id, seen: version });
    if (saved.became === 'gone') return notFound(call);
    // What was written since that button was drawn stays.
    return drawn(call, digest, mine, saved.became === 'saved' ? call.text.words('digest.remark.removed') : undefined);
  }

  async function save(
    call: Call,
    digest: KeptDigest,
    remark: { figure: FigureName; words: string | null; seen: number; requestKey: string },
  ): Promise<RemarkSaved> {
    const { organizationId, id: personId } = call.me;
    const whole = { ...remark, organizationId, digestId: digest.id, personId, at: call.now };
    const saved = await store.save(whole, redrawn(call));
    if (digest.posted !== null && saved.became === 'saved') nudge();
    return saved;
  }

  async function drawn(call: Call, digest: KeptDigest, figures: Figures, said: Words | undefined): Promise<Reply> {
    const { id: digestId, team, postAt, posted } = digest;
    const seen = { digestId, team, figures, postAt, posted: posted !== null, remarks: await own(call, digest) };
    return redraw(previewCard(seen, call.text, said));
  }

  /** The post, as it stands, with the remarks that there are now. */
  const redrawn =
    ({ now }: Call) =>
    async (digest: KeptDigest & { posted: Posted }, remarks: readonly Remark[]) => {
      const { id, team, posted } = digest;
      const card = postedCard({ team, ...posted }, remarks);
      const of = { thing: 'digest', id, card: 'post' };
      const content = { do: 'redraw', of, card } as const;
      const key = `digest:${id}:${newId()}`;
      const { organizationId } = team;
      return outboxRow({ organizationId, key, to: { whereItStands: true }, content }, now) satisfies OutboxRow;
    };

  return {
    actions: [{ name: 'digest.unremark', run: remove }],
    openers: [{ name: 'digest.remark', run: open }],
    forms: [handles({ form: remarkForm, submit })],
  };
}
