/** Draws every select as one combobox: type to narrow or search, arrows and Enter, chips for several. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { ifDefined } from 'lit-html/directives/if-defined.js';
import { live } from 'lit-html/directives/live.js';
import { chosen } from './answers.ts';
import type { Option, OptionGroup } from './block-kit.ts';
import { type Field, fill, given, idOf, keyOf } from './fields.ts';
import { type Looking, lookUp, optionsOf, stopLooking } from './look-up.ts';
import { change, personOf, state } from './store.ts';
import { drawText, plainOf } from './text.ts';
import { say } from './words.ts';

const looking = new Map<string, Looking>();

const rest: Looking = { open: false, query: '', active: -1, found: null };

const isMany = (field: Field) => field.element.type.startsWith('multi_');

/** What is chosen, with the words to show for it. */
function picked(field: Field): Option[] {
  return chosen(given(field)).map((one) => {
    if (typeof one !== 'string') return one;
    const name = personOf(one)?.realName ?? state.snapshot?.channels.find(({ id }) => id === one)?.name ?? one;
    return { text: { type: 'plain_text', text: name }, value: one };
  });
}

function choose(field: Field, option: Option): Promise<void> {
  const ids = /users|channels|conversations/.test(field.element.type);
  const as = (one: Option) => (ids ? one.value : one);
  if (!isMany(field)) {
    close(field);
    return fill(field, as(option));
  }
  set(field, { ...(looking.get(keyOf(field)) ?? rest), query: '' });
  const before = picked(field);
  const without = before.filter(({ value }) => value !== option.value);
  const room = before.length < (field.element.max_selected_items ?? Number.POSITIVE_INFINITY);
  const after = without.length < before.length ? without : room ? [...before, option] : before;
  return fill(field, after.map(as));
}

function set(field: Field, next: Looking): void {
  change(() => looking.set(keyOf(field), next));
}

function close(field: Field): void {
  if (!looking.get(keyOf(field))?.open) return;
  stopLooking();
  set(field, rest);
}

/** The option `step` further, round the ends. */
function next(active: number, step: number, count: number): number {
  if (count === 0) return -1;
  return active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count;
}

function open(field: Field, query = ''): void {
  lookUp(field, query, looking.get(keyOf(field)) ?? rest, (next) => set(field, next));
}

function keys(field: Field, flat: Option[], now: Looking) {
  return (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!now.open) return open(field);
      return set(field, { ...now, active: next(now.active, step, flat.length) });
    }
    const at = flat[now.active];
    if (event.key === 'Enter') {
      event.preventDefault();
      if (now.open && at) return choose(field, at);
      if (!now.open) open(field);
    }
    if (event.key === 'Escape' && now.open) {
      // Only the list closes, not the modal around it.
      event.preventDefault();
      event.stopPropagation();
      close(field);
    }
    const last = picked(field).at(-1);
    if (event.key === 'Backspace' && isMany(field) && !now.query && last) return choose(field, last);
  };
}

/** A select of any kind. */
export function drawChoice(field: Field): TemplateResult {
  const id = idOf(field);
  const now = looking.get(keyOf(field)) ?? rest;
  const chosenNow = picked(field);
  const single = isMany(field) ? undefined : chosenNow[0];
  const groups = now.open ? optionsOf(field, now) : [];
  const flat = groups.flatMap((group) => group.options);
  const shown = now.open ? now.query : plainOf(single?.text);
  const hint = single && now.open ? plainOf(single.text) : plainOf(field.element.placeholder) || say('choose');
  const active = flat[now.active];
  const leave = (event: FocusEvent) => {
    if (!(event.currentTarget as HTMLElement).contains(event.relatedTarget as Node | null)) close(field);
  };
  return html`<div class="choice" id="${id}-box" @focusout=${leave}>
    ${isMany(field) ? chosenNow.map((option) => drawChip(field, option)) : nothing}
    <input id=${id} role="combobox" type="text" autocomplete="off" aria-autocomplete="list" aria-expanded=${now.open}
      aria-controls="${id}-list" aria-activedescendant=${ifDefined(now.open && active ? `${id}-${now.active}` : undefined)}
      aria-labelledby=${ifDefined(field.labelledBy)} aria-label=${ifDefined(field.label ?? (field.labelledBy ? undefined : hint))}
      aria-describedby=${ifDefined(field.describedBy)} aria-invalid=${field.wrong} aria-required=${field.required ?? false}
      placeholder=${isMany(field) && chosenNow.length > 0 ? '' : hint} .value=${live(shown)}
      @click=${() => !now.open && open(field)} @keydown=${keys(field, flat, now)}
      @input=${(event: Event) => open(field, (event.target as HTMLInputElement).value)}>
    ${single ? html`<button type="button" class="clear" aria-label=${say('clear')} @click=${() => fill(field, null)}>×</button>` : nothing}
    <span class="caret" aria-hidden="true"></span>
    ${now.open ? drawList(field, groups, flat, now, new Set(chosenNow.map(({ value }) => value))) : nothing}
  </div>`;
}

const drawChip = (
  field: Field,
  option: Option,
): TemplateResult => html`<span class="chip">${plainOf(option.text)}<button
  type="button" aria-label=${say('remove', { name: plainOf(option.text) })} @click=${() => choose(field, option)}>×</button></span>`;

function drawList(field: Field, groups: OptionGroup[], flat: Option[], now: Looking, chosenNow: Set<string>) {
  const id = idOf(field);
  const remote = field.element.type.includes('external');
  const lacking = (field.element.min_query_length ?? 3) - now.query.length;
  const status =
    remote && now.found === null && lacking > 0
      ? say('typeMore', { n: lacking })
      : remote && now.found === null
        ? (now.trouble ?? say('searching'))
        : flat.length === 0
          ? say('noMatches')
          : '';
  const drawOption = (option: Option) => {
    const at = flat.indexOf(option);
    return html`<div role="option" id="${id}-${at}" class=${chosenNow.has(option.value) ? 'chosen' : ''} aria-selected=${at === now.active}
      @mousedown=${(event: Event) => event.preventDefault()} @click=${() => choose(field, option)}>${drawText(option.text)}${
        option.description ? html`<small>${drawText(option.description)}</small>` : nothing
      }</div>`;
  };
  return html`<div id="${id}-list" class="list" popover="manual" role="listbox" data-anchor="${id}-box" aria-labelledby=${ifDefined(field.labelledBy)}
    aria-label=${ifDefined(field.label)} aria-multiselectable=${isMany(field)} @mousedown=${(event: Event) => event.preventDefault()}>
    ${groups.map((group) =>
      group.label.text
        ? html`<div role="group" aria-label=${plainOf(group.label)}><div class="group" aria-hidden="true">${plainOf(group.label)}</div>${group.options.map(drawOption)}</div>`
        : group.options.map(drawOption),
    )}
    ${status ? html`<div class="none" role="status">${status}</div>` : nothing}
  </div>`;
}
