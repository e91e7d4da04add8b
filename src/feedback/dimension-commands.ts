import { type Answers, type Form, text as textField } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, notFound, type Reply, redraw, show, tell } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { may } from '../people/index.ts';
import type { Words } from '../text/words.ts';
import { type Dimension, dimensionName, isTaken, longestDimension, mostDimensions } from './dimension.ts';
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

  async function save(call: Call, { name: typed }: Answers<typeof dimensionForm.fields>, shown: Shown): Promise<Reply> {
    const { me, text } = call;
    if (!mayChange(call)) return { reply: 'fix', problems: {}, notice: text.plain('feedback.dimensions.notAllowed') };
    const name = typed.replaceAll(/\s+/gu, ' ');
    const all = await store.all(me.organizationId);
    const { dimension, was = null } = shown.about;
    const id = dimension ?? shown.id;
    if (!isPointer(id)) return notFound(call);
    if (isTaken(name, all, text, id)) return fix({ name: text.plain('feedback.dimensions.taken', { name }) });
    if (dimension === undefined) {
      const asked = all.filter((one) => !one.archived && one.id !== id).length;
      if (asked >= mostDimensions)
        return fix({ name: text.plain('feedback.dimensions.full', { max: mostDimensions }) });
      await store.add(me.organizationId, { id, name });
      return redraw(await card(call, text.words('feedback.dimensions.added', { name: { strong: name } })));
    }
    const before = all.find((one) => one.id === id);
    if (before === undefined) return notFound(call);
    const isSame = name === dimensionName(before, text);
    if (!isSame && !(await store.rename(me.organizationId, id, was, name)))
      return fix({ name: text.plain('feedback.dimensions.changed', { name: dimensionName(before, text) }) });
    return redraw(await card(call, text.words('feedback.dimensions.renamed', { name: { strong: name } })));
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
          const all = await store.all(me.organizationId);
          if (!one.archived) return undefined;
          const asked = all.filter(({ archived }) => !archived).length;
          if (asked >= mostDimensions) return text.words('feedback.dimensions.full', { max: mostDimensions });
          const name = dimensionName(one, text);
          if (isTaken(name, all, text, one.id)) return text.words('feedback.dimensions.taken', { name });
          await store.restore(me.organizationId, one.id);
          return text.words('feedback.dimensions.back', named(one, call));
        }),
      },
    ],
    forms: [handles({ form: dimensionForm, submit: save })],
  };
  return { slice, settings };
}
