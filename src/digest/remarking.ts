import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, notFound, type Reply, redraw } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { type FigureName, isFigure, type TakesFigures } from './figures.ts';
import type { KeptDigest, Posted } from './kept-store.ts';
import { postedCard } from './posted-cards.ts';
import { previewCard } from './preview.ts';
import { type Remark, remarkable } from './remark.ts';
import { type RemarkAnswers, remarkForm } from './remark-forms.ts';
import type { RemarkStore } from './remark-store.ts';

interface RemarkingNeeds {
  store: RemarkStore;
  figures: Pick<TakesFigures, 'ofPeople'>;
  nudge: Nudge;
}

/** What a person can do with their own part: say a word on a figure, change it, take it back. */
export function createRemarking({
  store,
  figures,
  nudge,
}: RemarkingNeeds): Required<Pick<Slice, 'actions' | 'openers' | 'forms'>> {
  /** A week of a team of theirs, and the figure that is meant. Who is in the team has a part in it, and nobody else. */
  async function pointed(call: Call, about: string | undefined) {
    const [id, figure] = (about ?? '').split(' ');
    if (!isPointer(id) || (figure !== undefined && !isFigure(figure)) || call.me.observer) return null;
    const digest = await store.find(call.me.organizationId, id);
    return digest && call.me.memberOf.includes(digest.team.id) ? { digest, figure } : null;
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
    const { text } = call;
    const [mine, remarks] = await Promise.all([mineOf(call, digest), own(call, digest)]);
    if (mine === undefined) return notFound(call);
    // A figure that has a remark can be chosen though it cannot be said any more.
    const names = new Set<FigureName>([...remarkable(mine), ...remarks.map((remark) => remark.figure)]);
    const before = remarks.find((remark) => remark.figure === figure);
    return ask({
      form: remarkForm,
      id: newId(),
      about: { digest: digest.id },
      initial: { ...(figure === undefined ? {} : { figure }), ...(before ? { words: before.words } : {}) },
      options: { figure: [...names].map((name) => ({ value: name, label: text.plain(`digest.figure.${name}`) })) },
      intro: text.words('digest.remark.intro', { team: { strong: digest.team.name } }),
    });
  }

  async function submit(call: Call, answers: RemarkAnswers, shown: Shown): Promise<Reply> {
    const { figure, words } = answers;
    if (!isFigure(figure)) return fix({ figure: call.text.plain('chat.form.notAnOption') });
    return save(call, shown.about.digest, { figure, words, requestKey: shown.id });
  }

  async function remove(call: Call, about: string | undefined): Promise<Reply> {
    const found = await pointed(call, about);
    if (found?.figure === undefined) return notFound(call);
    return save(call, found.digest.id, { figure: found.figure, words: null, requestKey: call.id });
  }

  async function save(
    call: Call,
    about: string | undefined,
    remark: { figure: FigureName; words: string | null; requestKey: string },
  ): Promise<Reply> {
    const { me, now, text } = call;
    const found = await pointed(call, about);
    if (found === null) return notFound(call);
    const { digest } = found;
    const { organizationId, id: personId } = me;
    const saved = await store.save(
      { ...remark, organizationId, digestId: digest.id, personId, at: now },
      redrawn(call),
    );
    if (!saved) return notFound(call);
    if (digest.posted !== null) nudge();
    const mine = await mineOf(call, digest);
    if (mine === undefined) return notFound(call);
    const { id: digestId, team, postAt, posted } = digest;
    const seen = { digestId, team, figures: mine, postAt, posted: posted !== null, remarks: await own(call, digest) };
    return redraw(previewCard(seen, text, text.words(`digest.remark.${remark.words === null ? 'removed' : 'saved'}`)));
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
