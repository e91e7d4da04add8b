import { contactOptions } from '../accounts/index.ts';
import type { Form, PlainAnswers } from '../chat/form.ts';
import type { Reply } from '../chat/reply.ts';
import { ask, type Call } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import type { Words } from '../text/words.ts';
import { quoted } from './cards.ts';
import { dimensionName } from './dimension.ts';
import type { FeedbackItem } from './feedback.ts';
import { answerForm, assignForm, closeForm, editForm } from './forms.ts';
import type { WithStores } from './needs.ts';

/** Asking about one feedback: to correct it, assign it, answer it or close it. */
export function createAsking({ accounts, dimensions }: Pick<WithStores, 'accounts' | 'dimensions'>) {
  /** Asks a form about one feedback, whose version the answers will be about. */
  async function askAbout(
    call: Call,
    one: FeedbackItem,
    form: Form,
    given: { id?: string; view: string | null; initial: PlainAnswers; intro?: Words },
  ): Promise<Reply> {
    const { text, me } = call;
    const intro: Words = [
      ...(given.intro === undefined ? [] : [given.intro, '\n']),
      { strong: one.account.name },
      ' · ',
      quoted(one.words, text, 300),
    ];
    const asked = {
      form,
      id: given.id ?? newId(),
      initial: given.initial,
      intro,
      about: {
        feedback: one.id,
        version: String(one.version),
        ...(given.view === null ? {} : { view: given.view }),
      },
    };
    if (form.name !== editForm.name) return ask(asked);
    const [contacts, all] = await Promise.all([
      accounts.contacts(me.organizationId, one.account.id),
      dimensions.all(me.organizationId),
    ]);
    const named = all.filter((dimension) => !dimension.archived || dimension.id === one.dimension?.id);
    const known =
      one.contact && !contacts.some(({ id }) => id === one.contact?.id) ? [{ ...one.contact, title: null }] : [];
    return ask({
      ...asked,
      options: {
        contact: contactOptions([...known, ...contacts].slice(0, 100)),
        dimension: named.map((dimension) => ({ value: dimension.id, label: dimensionName(dimension, text) })),
      },
      without: [
        ...(one.sourceLink === null ? [] : ['words']),
        ...(contacts.length + known.length === 0 ? ['contact'] : []),
        ...(one.state === 'open' ? [] : ['due']),
      ],
      expanded: true,
    });
  }

  const initialOf = (one: FeedbackItem, form: Form): PlainAnswers => {
    if (form.name === answerForm.name) return one.answer === null ? {} : { answer: one.answer };
    if (form.name === closeForm.name) return one.answer === null ? {} : { answer: one.answer };
    const due = one.dueOn === null ? {} : { due: one.dueOn.toString() };
    if (form.name === assignForm.name) return { ...(one.owner === null ? {} : { owner: one.owner.id }), ...due };
    return {
      words: one.words,
      kind: one.kind,
      severity: one.severity,
      saidOn: one.saidOn.toString(),
      ...due,
      ...(one.dimension === null ? {} : { dimension: one.dimension.id }),
      ...(one.contact === null ? {} : { contact: one.contact.id }),
    };
  };

  return { askAbout, initialOf };
}
