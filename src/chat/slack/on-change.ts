import { textIn } from '../../text/text.ts';
import type { Asked } from '../form.ts';
import { acknowledgement } from './acknowledge.ts';
import { type Adapter, gestureOf, modalOf, updateModal } from './adapter.ts';
import { formState, type OpenForm, redrawn } from './open-form.ts';
import type { BlockActions } from './payloads.ts';

/** An answer while the form is being filled in; some change what else is asked. */
export async function onChange(
  adapter: Adapter,
  pressed: BlockActions,
  open: OpenForm,
  { field, isLookUp }: { field: string; isLookUp: boolean },
  ack: () => Promise<void>,
): Promise<void> {
  const { formId, form: name } = open.carried;
  adapter.memory.heard(formId, open.answers);
  const form = adapter.memory.find(formId).asked?.form ?? adapter.formNamed(name);
  const widget = form?.fields[field]?.widget;
  // Of a form that this process knows nothing about, only a look-up can change what else is asked.
  const changesForm = form === undefined ? isLookUp : widget?.kind === 'lookUp' && widget.changesForm;
  if (!changesForm) return ack();
  const acknowledge = acknowledgement(
    ack,
    () => undefined,
    (error) => adapter.log.error({ err: error }, 'could not acknowledge'),
  );
  const asked = await askAnew(adapter, pressed, open, field, open.carried.expanded);
  await acknowledge.give();
  if (asked !== null) await redraw(adapter, pressed, open, asked);
}

/** "More details": the same form with all its fields. */
export async function expandForm(
  adapter: Adapter,
  pressed: BlockActions,
  open: OpenForm,
  ack: () => Promise<void>,
): Promise<void> {
  await ack();
  const asked =
    remembered(adapter, open) ?? (await askAnew(adapter, pressed, open, 'more', true)) ?? bare(adapter, open);
  if (asked !== null) await redraw(adapter, pressed, open, { ...asked, expanded: true });
}

/** The form as it was last drawn, when this process drew it. */
export function remembered(adapter: Adapter, open: OpenForm): Asked | null {
  const { asked } = adapter.memory.find(open.carried.formId);
  // What is answered now counts, also where an answer was taken away.
  return asked === undefined ? null : { ...asked, initial: open.answers };
}

async function askAnew(
  adapter: Adapter,
  pressed: BlockActions,
  open: OpenForm,
  field: string,
  expanded: boolean,
): Promise<Asked | null> {
  const from = { id: pressed.trigger_id, user: pressed.user.id, place: open.carried.origin };
  const what = { did: 'changed', field, ...formState(open), expanded } as const;
  const { reply } = await adapter.dispatch(gestureOf(adapter, from, what));
  return reply.reply === 'ask' ? reply.asked : null;
}

/** The form as far as it is known without its slice. */
function bare(adapter: Adapter, open: OpenForm): Asked | null {
  const { form: name, formId: id, about, without } = open.carried;
  const form = adapter.formNamed(name);
  if (form === undefined) return null;
  return { form, id, about, without, initial: open.answers, options: {}, expanded: true };
}

async function redraw(adapter: Adapter, pressed: BlockActions, open: OpenForm, asked: Asked): Promise<void> {
  if (!pressed.view) return;
  const { origin, locale, formId } = open.carried;
  const anew = asked.id === formId ? redrawn(asked, open) : { asked, resets: {} };
  const drawing = { origin, touched: true, resets: anew.resets };
  await updateModal(adapter, pressed.view, modalOf(adapter, anew.asked, textIn(locale).locale, drawing));
}
