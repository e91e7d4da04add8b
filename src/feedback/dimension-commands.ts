import { type Answers, type Form, text as textField } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, missing, notFound, notice, type Reply, redraw, refuseForm, show, tell } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { may } from '../people/index.ts';
import type { Words } from '../text/words.ts';
import { type Dimension, dimensionName, isTaken, longestDimension, mostDimensions, refusalOf } from './dimension.ts';
import { dimensionsCard } from './dimension-cards.ts';
import type { DimensionStore } from './dimension-store.ts';

/** What a dimension is called; a new one, or one that is there. */
const dimensionForm = {
  name: 'feedback.dimension',
  title: 'feedback.dimension.form.title',
  save: 'feedback.dimension.form.save',
  fields: {
    name: textField({
      label: 'feedback.dimension.form.name',
      hint: 'feedback.dimension.form.nameHint',
      max: longestDimension,
      required: true,
    }),
  },
} satisfies Form;

/** What administrators do to the list of what customers speak of. */
export function dimensionCommands({ store }: { store: DimensionStore }) {
  const mayChange = ({ me }: Call) => may(me, 'organization.change', { personIds: [], teamIds: [] });
  const notAllowed = ({ text }: Call) => tell(text.words('feedback.dimensions.notAllowed'));

  const card = async (call: Call, happened?: Words) =>
    dimensionsCard(await store.all(call.me.organizationId), call.text, happened);

  async function settings(call: Call): Promise<Reply> {
    return mayChange(call) ? show(await card(call)) : notAllowed(call);
  }

  async function open(call: Call, about: string | undefined): Promise<Reply> {
    if (!mayChange(call)) return notAllowed(call);
    if (about === undefined) return ask({ form: dimensionForm, id: newId() });
    const one = (await store.all(call.me.organizationId)).find(({ id }) => id === about);
    if (one === undefined) return notFound(call);
    return ask({
      form: dimensionForm,
      id: newId(),
      about: { dimension: one.id, ...(one.name === null ? {} : { was: one.name }) },
      initial: { name: dimensionName(one, call.text) },
    });
  }

  /** Why one cannot be asked under a name, among those that there are; null: it can. */
  const refused =
    (call: Call, id: string, name: string) =>
    (all: readonly Dimension[]): string | null => {
      const why = refusalOf({ id, name }, all, call.text);
      return why === null ? null : call.text.plain(`feedback.dimensions.${why}`, { name, max: mostDimensions });
    };

  /** The same of one that is there, and still called what the person saw. */
  const notRenamed =
    (call: Call, { id, was, name }: { id: string; was: string | null; name: string }) =>
    (all: readonly Dimension[]): string | null => {
      const { text } = call;
      const now = all.find((one) => one.id === id);
      if (now === undefined) return text.plain('chat.notFound');
      if (now.name !== was && now.name !== name)
        return text.plain('feedback.dimensions.changed', { name: dimensionName(now, text) });
      return isTaken(name, all, text, id) ? text.plain('feedback.dimensions.taken', { name }) : null;
    };

  async function save(call: Call, { name: typed }: Answers<typeof dimensionForm.fields>, shown: Shown): Promise<Reply> {
    const { me, text } = call;
    const { organizationId } = me;
    if (!mayChange(call)) return notice(text.plain('feedback.dimensions.notAllowed'));
    const name = typed.replaceAll(/\s+/gu, ' ');
    const { dimension, was = null } = shown.about;
    const id = dimension ?? shown.id;
    if (!isPointer(id)) return refuseForm(missing, call);
    const before = (await store.all(organizationId)).find((one) => one.id === dimension);
    // What keeps its name is not named: it goes on being called in each reader's language.
    const isSame = before !== undefined && name === dimensionName(before, text);
    const why =
      dimension === undefined
        ? await store.add(organizationId, { id, name }, refused(call, id, name))
        : isSame
          ? null
          : await store.rename(organizationId, { id, name }, notRenamed(call, { id, was, name }));
    if (why !== null) return fix({ name: why });
    const done = dimension === undefined ? 'added' : 'renamed';
    return redraw(await card(call, text.words(`feedback.dimensions.${done}`, { name: { strong: name } })));
  }

  /** A press on the list: done, and the list is drawn again where it stands. */
  const press =
    (done: (call: Call, one: Dimension, more: string | undefined) => Promise<Words | undefined>) =>
    async (call: Call, about: string | undefined): Promise<Reply> => {
      if (!mayChange(call)) return notAllowed(call);
      const [id, more] = about?.split(' ') ?? [];
      const one = (await store.all(call.me.organizationId)).find((dimension) => dimension.id === id);
      return one === undefined ? notFound(call) : redraw(await card(call, await done(call, one, more)));
    };

  const named = (one: Dimension, { text }: Call) => ({ name: { strong: dimensionName(one, text) } });

  const slice: Required<Pick<Slice, 'actions' | 'openers' | 'forms'>> = {
    openers: [{ name: 'feedback.dimension', run: open }],
    actions: [
      { name: 'feedback.settings', run: settings },
      {
        name: 'feedback.dimension.up',
        run: press(async ({ me }, one, after) => {
          if (isPointer(after)) await store.moveUp(me.organizationId, one.id, after);
          return undefined;
        }),
      },
      {
        name: 'feedback.dimension.archive',
        run: press(async (call, one) => {
          const gone = await store.archive(call.me.organizationId, one.id, call.now.toString());
          return call.text.words(`feedback.dimensions.${gone ? 'gone' : 'last'}`, named(one, call));
        }),
      },
      {
        name: 'feedback.dimension.restore',
        run: press(async (call, one) => {
          const { me, text } = call;
          if (!one.archived) return undefined;
          const name = dimensionName(one, text);
          const why = await store.restore(me.organizationId, one.id, refused(call, one.id, name));
          return why ?? text.words('feedback.dimensions.back', named(one, call));
        }),
      },
    ],
    forms: [handles({ form: dimensionForm, submit: save })],
  };
  return { slice, settings };
}
