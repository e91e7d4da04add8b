import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ExecuteAction, IValidationEvent } from 'adaptivecards';
import type { Page } from 'playwright-core';
import { teamsHostConfig } from './host-config.ts';
import { markdownToHtml } from './markdown.ts';

/** What a pressed button would send to the bot: its data with the inputs beside it, as strings. */
export interface Sent {
  /** Of an Action.Execute; nothing of an Action.Submit. */
  verb: string | null;
  data: Record<string, unknown>;
}

declare global {
  // What the page knows, for the functions that run in it.
  var AdaptiveCards: typeof import('adaptivecards');
  var sentByCard: Sent[];
  var readMarkdown: (text: string) => string;
}

const library = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
const looks = readFileSync(new URL('./card.css', import.meta.url), 'utf8');

/**
 * Shows a card as Microsoft's own renderer does, in a host like Teams on the desktop. Throws what the renderer has to
 * complain about. A page shows one card at a time.
 */
export async function renderCard(page: Page, card: object): Promise<void> {
  if (!(await page.evaluate(() => 'AdaptiveCards' in globalThis))) {
    await page.setContent(`<!doctype html><meta charset="utf-8"><style>${looks}</style><main id="card"></main>`);
    await page.addScriptTag({ path: library });
    await page.addScriptTag({ content: `globalThis.readMarkdown = ${markdownToHtml.toString()};` });
  }
  const complaints = await page.locator('#card').evaluate(
    (place, { shown, config }) => {
      const { AdaptiveCard, HostConfig, SerializationContext, ChoiceSetInput, Versions } = globalThis.AdaptiveCards;
      globalThis.sentByCard = [];
      AdaptiveCard.onProcessMarkdown = (text, result) => {
        result.outputHtml = globalThis.readMarkdown(text);
        result.didProcess = true;
      };
      const drawn = new AdaptiveCard();
      drawn.hostConfig = new HostConfig(config);
      drawn.onExecuteAction = (action) => {
        const { data, verb } = action as ExecuteAction;
        globalThis.sentByCard.push({ verb: verb ?? null, data: { ...data } });
      };
      const context = new SerializationContext(Versions.v1_5);
      drawn.parse(shown, context);
      const events: IValidationEvent[] = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at));
      const found = [...events, ...drawn.validateProperties().validationEvents]
        // Teams looks choices up in cards of version 1.5 too, and needs none beforehand.
        .filter(({ message }) => !message.includes('choices.data'))
        // Teams draws charts; the library is a client that does not, and takes what stands in their place.
        .filter(({ message }) => !message.startsWith('Unknown element type "Chart.'))
        .filter(({ source }) => !(source instanceof ChoiceSetInput && source.choicesData !== undefined))
        .map(({ message }) => message);
      place.replaceChildren(drawn.render() ?? 'nothing was drawn');
      for (const input of drawn.getAllInputs()) {
        if (!(input instanceof ChoiceSetInput) || input.style !== 'filtered' || input.isMultiSelect) continue;
        // The library shows the value that a filtered input starts with; Teams shows what it is called.
        const chosen = input.choices.find(({ value }) => value === input.defaultValue)?.title;
        const box = input.renderedElement?.querySelector('input');
        if (box && chosen !== undefined) box.value = chosen;
      }
      return found;
    },
    { shown: card, config: teamsHostConfig },
  );
  if (complaints.length > 0) throw new Error(`Adaptive Cards: ${complaints.join('; ')}`);
}

/** What the buttons pressed since the card was shown would send. */
export function sentBy(page: Page): Promise<Sent[]> {
  return page.evaluate(() => globalThis.sentByCard);
}
