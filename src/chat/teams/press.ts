import { z } from 'zod';
import { carried, nameOf } from './form-state.ts';

/** A pointer to what a button is about; what is longer is not drawn as a button. */
export const longestAbout = 2000;
const about = z.string().max(longestAbout).exactOptional();

/** It stands on the person's own page, which is drawn again as that page. */
const page = z.literal(true).exactOptional();

/** It stands in a form, which makes way for what it opens. */
const inForm = z.literal(true).exactOptional();

/** What a button of ours says when it is pressed: it stands in the action's data under `kam`, beside the inputs. */
export const press = z.discriminatedUnion('do', [
  /** A card's button that does something. */
  z.object({ do: z.literal('does'), name: nameOf, about, page }),
  /** A card's button that opens a form. */
  z.object({ do: z.literal('opens'), name: nameOf, about, page, inForm }),
  z.object({ do: z.literal('save'), ...carried.shape }),
  z.object({ do: z.literal('cancel'), ...carried.shape }),
  /** The button beside a look-up: show what depends on its answer. */
  z.object({ do: z.literal('change'), field: nameOf, ...carried.shape }),
]);

export type Press = z.infer<typeof press>;

const pressed = z.object({ kam: press });

/** The press in an action's data; null when the button is none of ours, or not one as we draw them. */
export function readPress(data: unknown): Press | null {
  const read = pressed.safeParse(data);
  return read.success ? read.data.kam : null;
}
