/** Draws blocks, on whichever surface they stand. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { ifDefined } from 'lit-html/directives/if-defined.js';
import { repeat } from 'lit-html/directives/repeat.js';
import type { ActionPlace } from '../protocol.ts';
import { confirmed, press } from './acts.ts';
import { type Block, type Element, named, type Option, type RichPiece } from './block-kit.ts';
import { drawChoice } from './choices.ts';
import { type Field, idOf } from './fields.ts';
import { drawBoxes, drawFiles, drawTextInput, drawWhen } from './inputs.ts';
import { drawMenu } from './menu.ts';
import { safeUrl } from './mrkdwn.ts';
import { fieldKey, state } from './store.ts';
import { drawRich, drawText, plainOf } from './text.ts';
import { say } from './words.ts';

type Named = Block & { block_id: string };

/** All blocks of a surface. */
export const drawBlocks = (place: ActionPlace, blocks: readonly unknown[] | undefined): TemplateResult =>
  html`<div class="blocks">${repeat(
    named(blocks),
    (block) => `${block.type} ${block.block_id}`,
    (block) => drawBlock(place, block),
  )}</div>`;

function drawBlock(place: ActionPlace, block: Named): unknown {
  switch (block.type) {
    case 'section':
      return drawSection(place, block);
    case 'header':
      return html`<h3 class="header">${drawText(block.text)}</h3>`;
    case 'divider':
      return html`<hr>`;
    case 'image':
      return html`<figure>${block.title ? html`<figcaption>${drawText(block.title)}</figcaption>` : nothing}${drawImage(block)}</figure>`;
    case 'context':
      return html`<div class="context">${(block.elements ?? []).map((element) =>
        element.type === 'image'
          ? drawImage(element)
          : html`<span>${drawText(element as Named['text'] & Element)}</span>`,
      )}</div>`;
    case 'actions':
      return html`<div class="actions">${(block.elements ?? []).map((element) => drawElement(place, block, element))}</div>`;
    case 'input':
      return drawInput(place, block);
    case 'rich_text':
      return html`<div class="rich">${drawRich(block.elements as RichPiece[])}</div>`;
    case 'alert':
      return html`<div class="alert ${block.level ?? 'default'}" role="note">${drawText(block.text)}</div>`;
    default:
      return html`<p class="unknown">${say('unknownBlock', { type: block.type })}</p>`;
  }
}

function drawSection(place: ActionPlace, block: Named): TemplateResult {
  const { accessory } = block;
  return html`<div class="section"><div class="body">${block.text ? html`<div>${drawText(block.text)}</div>` : nothing}${
    block.fields
      ? html`<div class="pairs">${block.fields.map((field) => html`<div>${drawText(field)}</div>`)}</div>`
      : nothing
  }</div>${accessory ? html`<div class="accessory">${drawElement(place, block, accessory)}</div>` : nothing}</div>`;
}

/** Only pictures of this server and inline ones load; the alternative text stands for the others. */
function drawImage({ image_url, slack_file, alt_text }: Block | Element): TemplateResult {
  const own = slack_file?.id ? `/sandbox/files/${slack_file.id}` : slack_file?.url;
  return html`<img src=${ifDefined(image_url ?? own)} alt=${alt_text || say('brokenImage')} loading="lazy">`;
}

function drawInput(place: ActionPlace, block: Named): unknown {
  const { element } = block;
  if (!element) return nothing;
  const id = idOf({ place, blockId: block.block_id, element });
  const wrong = place.in === 'view' ? state.faults.get(place.viewId)?.get(block.block_id) : undefined;
  const described = [wrong ? `${id}-wrong` : '', block.hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  const field: Field = {
    place,
    blockId: block.block_id,
    element,
    dispatches: block.dispatch_action ?? false,
    labelledBy: `${id}-label`,
    required: !block.optional,
    wrong: wrong !== undefined,
    ...(described ? { describedBy: described } : {}),
  };
  const label = html`${drawText(block.label)}${block.optional ? html` <span class="optional">${say('optional')}</span>` : nothing}`;
  return html`<div class="input" data-block=${block.block_id}><label id="${id}-label" for=${id}>${label}</label>${drawField(field)}
    ${wrong ? html`<p id="${id}-wrong" class="wrong">${wrong}</p>` : nothing}
    ${block.hint ? html`<p id="${id}-hint" class="hint">${drawText(block.hint)}</p>` : nothing}</div>`;
}

function drawField(field: Field): unknown {
  const { type } = field.element;
  if (type.endsWith('_select')) return drawChoice(field);
  if (type === 'checkboxes' || type === 'radio_buttons') return drawBoxes(field);
  if (type === 'file_input') return drawFiles(field);
  if (/^(date|time|datetime)picker$/.test(type)) return drawWhen(field);
  if (/(plain_text|number|email_text|url_text)_input|number_input/.test(type)) return drawTextInput(field);
  return html`<p class="unknown">${say('unknownBlock', { type })}</p>`;
}

function drawElement(place: ActionPlace, block: Named, element: Element): unknown {
  switch (element.type) {
    case 'button':
      return drawButton(place, block, element);
    case 'overflow':
      return drawOverflow(place, block, element);
    case 'image':
      return drawImage(element);
    default: {
      const label = plainOf(element.accessibility_label ?? element.placeholder ?? block.text);
      return drawField({ place, blockId: block.block_id, element, dispatches: true, label, wrong: false });
    }
  }
}

function drawButton(place: ActionPlace, block: Named, element: Element): TemplateResult {
  const busy = state.busy.has(fieldKey(place, block.block_id, element.action_id ?? ''));
  const url = element.url ? safeUrl(element.url) : undefined;
  const click = async () => {
    if (!(await confirmed(element.confirm))) return;
    if (url) window.open(url, '_blank', 'noreferrer,noopener');
    await press(place, block.block_id, element);
  };
  return html`<button type="button" class="button ${element.style ?? ''}" aria-label=${ifDefined(element.accessibility_label)}
    aria-busy=${busy} data-action=${element.action_id ?? ''} @click=${click}>${plainOf(element.text)}</button>`;
}

function drawOverflow(place: ActionPlace, block: Named, element: Element): TemplateResult {
  const choose = async (option: Option) => {
    if (!(await confirmed(element.confirm))) return;
    const url = option.url ? safeUrl(option.url) : undefined;
    if (url) window.open(url, '_blank', 'noreferrer,noopener');
    await press(place, block.block_id, element, { selected_option: option });
  };
  const items = (element.options ?? []).map((option) => ({ label: drawText(option.text), act: () => choose(option) }));
  const id = `menu-${idOf({ place, blockId: block.block_id, element })}`;
  return drawMenu(id, { label: element.accessibility_label ?? say('more'), face: '⋯', items });
}
