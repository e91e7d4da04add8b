/** Short sentences at the edge: notices of the sandbox, and what went wrong. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { dismiss, state } from './store.ts';
import { say } from './words.ts';

/** The sentences and, while it lasts, that the line is broken. */
export const drawToasts = (): TemplateResult => html`<div class="toasts" aria-live="polite">
  ${state.connected ? nothing : html`<div class="toast bad">${say('disconnected')}</div>`}
  ${repeat(
    state.toasts,
    ({ id }) => id,
    ({
      id,
      text,
      bad,
    }) => html`<div class=${bad ? 'toast bad' : 'toast'} role=${bad ? 'alert' : 'status'}><span>${text}</span>
      <button type="button" class="icon" aria-label=${say('dismiss')} @click=${() => dismiss(id)}>✕</button></div>`,
  )}
</div>`;
