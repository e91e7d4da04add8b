/** The app's modals: one dialog showing the top of the stack, and the question an element may ask. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { closeView, submit } from './acts.ts';
import { drawBlocks } from './blocks.ts';
import { readView, state, topView } from './store.ts';
import { drawText, plainOf } from './text.ts';
import { drawToasts } from './toasts.ts';
import { say } from './words.ts';

/** Both dialogs; they stay in the document, so that closing them gives the focus back. */
export function drawModal(): TemplateResult {
  const open = topView();
  const cancel = (event: Event) => {
    event.preventDefault();
    return closeView();
  };
  return html`<dialog id="modal" aria-labelledby="modal-title" @cancel=${cancel}>${
    open ? keyed(open.id, drawView(open.id)) : nothing
  }</dialog>${drawAsked()}`;
}

function drawView(viewId: string): TemplateResult {
  const open = topView();
  const view = readView(open?.view ?? {});
  const depth = state.snapshot?.views.length ?? 0;
  const busy = state.busy.has(viewId);
  const trouble = state.troubles.get(viewId);
  const send = (event: Event) => {
    event.preventDefault();
    return submit();
  };
  const close = view.close ? plainOf(view.close) : say(view.submit ? 'cancel' : 'close');
  return html`<form novalidate @submit=${send} data-view=${viewId} aria-busy=${busy}>
    <header>
      ${depth > 1 ? html`<button type="button" class="icon" aria-label=${say('back')} @click=${() => closeView()}>←</button>` : nothing}
      <h2 id="modal-title">${plainOf(view.title)}</h2>
      <button type="button" class="icon" aria-label=${depth > 1 ? say('closeAll') : say('close')} @click=${() => closeView(depth > 1)}>✕</button>
    </header>
    <div class="view">${drawBlocks({ in: 'view', viewId }, view.blocks)}</div>
    <footer>
      <p class="trouble" role="alert">${trouble ?? nothing}</p>
      <button type="button" class="button" @click=${() => closeView()}>${close}</button>
      ${
        view.submit
          ? html`<button type="submit" class="button primary" ?disabled=${busy || view.submit_disabled}>${
              busy ? html`<span class="spinner" role="status" aria-label=${say('sending')}></span>` : nothing
            }${plainOf(view.submit)}</button>`
          : nothing
      }
    </footer>
  </form>${drawToasts()}`;
}

function drawAsked(): TemplateResult {
  const { asked } = state;
  const cancel = (event: Event) => {
    event.preventDefault();
    asked?.answer(false);
  };
  return html`<dialog id="asked" role="alertdialog" aria-labelledby="asked-title" aria-describedby="asked-text" @cancel=${cancel}>${
    asked
      ? html`<header><h2 id="asked-title">${plainOf(asked.confirm.title)}</h2></header>
        <div class="view" id="asked-text">${drawText(asked.confirm.text)}</div>
        <footer><button type="button" class="button" @click=${() => asked.answer(false)}>${plainOf(asked.confirm.deny)}</button>
        <button type="button" class="button ${asked.confirm.style === 'danger' ? 'danger' : 'primary'}" @click=${() => asked.answer(true)}>${plainOf(asked.confirm.confirm)}</button></footer>`
      : nothing
  }</dialog>`;
}

let focused: string | undefined;

/** Opens and closes the dialogs as the state wants them, and puts the focus into a view that has just come. */
export function settleDialogs(): void {
  const open = topView();
  settle('modal', open !== undefined);
  settle('asked', state.asked !== null);
  if (open && focused !== open.id) {
    const form = document.querySelector<HTMLElement>('#modal form');
    const fields = [...(form?.querySelectorAll<HTMLElement>('.view :is(input, textarea, button)') ?? [])];
    const wanted = wantedId(open.view);
    const first = fields.find((field) => wanted && field.closest(`[data-block="${CSS.escape(wanted)}"]`)) ?? fields[0];
    (first ?? form?.querySelector<HTMLElement>('footer button'))?.focus();
  }
  focused = open?.id;
}

const wantedId = (view: Record<string, unknown>): string | undefined =>
  readView(view).blocks?.find((block) => block.element?.focus_on_load)?.block_id;

function settle(id: string, wanted: boolean): void {
  const dialog = document.querySelector<HTMLDialogElement>(`#${id}`);
  if (wanted && !dialog?.open) dialog?.showModal();
  if (!wanted && dialog?.open) dialog.close();
}
