/** Draws the fields that are not choices from a list: text, numbers, dates, boxes, files. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { ifDefined } from 'lit-html/directives/if-defined.js';
import { live } from 'lit-html/directives/live.js';
import type { SandboxFile } from '../protocol.ts';
import { chosen, entryOf } from './answers.ts';
import type { Option } from './block-kit.ts';
import { act } from './client.ts';
import { type Field, fill, given, idOf, keyOf } from './fields.ts';
import { change, state, toast } from './store.ts';
import { drawText, plainOf } from './text.ts';
import { say, sayError } from './words.ts';

const TYPES: Readonly<Record<string, string>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

const textOf = (field: Field): string => String(entryOf(given(field)) ?? '');

const dispatchesOn = (field: Field, moment: string): boolean =>
  field.dispatches &&
  (field.element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']).includes(moment);

/** A line or a box of text, with the room that is left when there is a limit. */
export function drawTextInput(field: Field): TemplateResult {
  const { element } = field;
  const id = idOf(field);
  const text = textOf(field);
  const type = (event: Event) =>
    fill(field, (event.target as HTMLInputElement).value, dispatchesOn(field, 'on_character_entered'));
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing || !dispatchesOn(field, 'on_enter_pressed')) return;
    if (element.multiline && event.shiftKey) return;
    event.preventDefault();
    return fill(field, text, true);
  };
  const placeholder = element.placeholder ? plainOf(element.placeholder) : undefined;
  const limit = element.max_length;
  const described = [field.describedBy, limit ? `${id}-room` : ''].filter(Boolean).join(' ') || undefined;
  const box = element.multiline
    ? html`<textarea id=${id} rows="4" .value=${live(text)} @input=${type} @keydown=${enter}
        placeholder=${ifDefined(placeholder)} ?required=${field.required} aria-invalid=${field.wrong}
        aria-describedby=${ifDefined(described)} aria-labelledby=${ifDefined(field.labelledBy)}
        aria-label=${ifDefined(field.label)}></textarea>`
    : html`<input id=${id} type=${TYPES[element.type] ?? 'text'} .value=${live(text)} @input=${type} @keydown=${enter}
        inputmode=${element.type === 'number_input' ? 'decimal' : 'text'} autocomplete="off"
        placeholder=${ifDefined(placeholder)} ?required=${field.required} aria-invalid=${field.wrong}
        aria-describedby=${ifDefined(described)} aria-labelledby=${ifDefined(field.labelledBy)}
        aria-label=${ifDefined(field.label)}>`;
  return html`${box}${limit ? drawRoom(`${id}-room`, limit - text.length, limit) : nothing}`;
}

function drawRoom(id: string, left: number, limit: number): TemplateResult {
  const near = left <= Math.max(20, limit / 10);
  const words = left < 0 ? say('tooLongBy', { n: -left }) : say('charactersLeft', { n: left });
  return html`<span id=${id} class=${left < 0 ? 'room over' : 'room'} ?hidden=${!near}>${words}</span>`;
}

/** A date, a time of day, or both; the browser's own picker. */
export function drawWhen(field: Field): TemplateResult {
  const both = field.element.type === 'datetimepicker';
  const value = entryOf(given(field));
  const shown = both && typeof value === 'number' ? localMinute(value) : String(value ?? '');
  const pick = (event: Event) => {
    const { value: picked } = event.target as HTMLInputElement;
    return fill(field, both && picked ? Math.floor(new Date(picked).getTime() / 1000) : picked);
  };
  return html`<input id=${idOf(field)} type=${TYPES[field.element.type] ?? 'text'} .value=${live(shown)} @change=${pick}
    ?required=${field.required} aria-invalid=${field.wrong} aria-describedby=${ifDefined(field.describedBy)}
    aria-labelledby=${ifDefined(field.labelledBy)} aria-label=${ifDefined(field.label)}>`;
}

const localMinute = (unix: number): string => {
  const at = new Date(unix * 1000);
  return new Date(unix * 1000 - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** Checkboxes or radio buttons. */
export function drawBoxes(field: Field): TemplateResult {
  const { element } = field;
  const many = element.type === 'checkboxes';
  const options = element.options ?? [];
  const picked = new Set((chosen(given(field)) as Option[]).map((option) => option.value));
  const pick = (option: Option, on: boolean) => {
    if (!many) return fill(field, option);
    return fill(
      field,
      options.filter(({ value }) => (value === option.value ? on : picked.has(value))),
    );
  };
  return html`<div id=${idOf(field)} class="boxes" role=${many ? 'group' : 'radiogroup'} aria-invalid=${field.wrong}
    aria-labelledby=${ifDefined(field.labelledBy)} aria-label=${ifDefined(field.label)}
    aria-describedby=${ifDefined(field.describedBy)}>${options.map(
      (option) => html`<label><input type=${many ? 'checkbox' : 'radio'} name=${idOf(field)} value=${option.value}
        .checked=${live(picked.has(option.value))}
        @change=${(event: Event) => pick(option, (event.target as HTMLInputElement).checked)}>
        <span>${drawText(option.text)}${option.description ? html`<small>${drawText(option.description)}</small>` : nothing}</span></label>`,
    )}</div>`;
}

/** Files: each is uploaded when chosen, and the answer holds their ids. */
export function drawFiles(field: Field): TemplateResult {
  const { element } = field;
  const files = entryOf(given(field)) as SandboxFile[];
  const busy = state.busy.has(`${keyOf(field)} upload`);
  const full = files.length >= (element.max_files ?? 10);
  const add = async (event: Event) => {
    const input = event.target as HTMLInputElement;
    const picked = [...(input.files ?? [])].slice(0, (element.max_files ?? 10) - files.length);
    change((now) => now.busy.add(`${keyOf(field)} upload`));
    const stored = await Promise.all(picked.map(store));
    input.value = '';
    change((now) => now.busy.delete(`${keyOf(field)} upload`));
    await fill(field, [...files, ...stored.filter((file) => file !== undefined)]);
  };
  return html`<div class="files">${files.map(
    (file) => html`<span class="chip">${file.name}<button type="button" aria-label=${say('remove', { name: file.name })}
      @click=${() =>
        fill(
          field,
          files.filter(({ id }) => id !== file.id),
        )}>×</button></span>`,
  )}<input id=${idOf(field)} type="file" ?multiple=${(element.max_files ?? 10) > 1} ?hidden=${full} ?disabled=${busy}
      accept=${ifDefined(element.filetypes?.map((type) => `.${type}`).join(','))} @change=${add}
      aria-invalid=${field.wrong} aria-labelledby=${ifDefined(field.labelledBy)} aria-label=${ifDefined(field.label)}
      aria-describedby=${ifDefined(field.describedBy)}>${busy ? html`<span role="status">${say('uploading')}</span>` : nothing}</div>`;
}

async function store(file: File): Promise<SandboxFile | undefined> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  const answer = await act({ do: 'upload', name: file.name, base64: url.slice(url.indexOf(',') + 1) });
  if (answer.ok) return answer.file;
  toast(say('failed', { error: sayError(answer) }), true);
  return undefined;
}
