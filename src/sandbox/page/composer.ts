/** Where the person types: messages, commands with completion, replies in a thread; the "+" with the shortcuts. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { send, shortcut } from './acts.ts';
import { type Offer, offeredPeople, offers } from './completion.ts';
import { drawMenu } from './menu.ts';
import { change, state } from './store.ts';
import { say } from './words.ts';

/** What is typed and not sent yet, by channel or thread; and the offer under the arrow keys. */
const drafts = new Map<string, string>();
let active = -1;
let hidden = false;

const write = (key: string, text: string): void =>
  change(() => {
    drafts.set(key, text);
    active = text.includes(' ') && text.endsWith(' ') ? -1 : 0;
    hidden = false;
  });

async function dispatch(channel: string, key: string, threadTs?: string): Promise<void> {
  const text = (drafts.get(key) ?? '').trimEnd();
  if (!text.trim()) return;
  write(key, '');
  // What did not arrive comes back, unless the person has begun something new.
  if (!(await send(channel, text, threadTs)) && !drafts.get(key)) write(key, text);
}

function keys(channel: string, key: string, found: Offer[]) {
  return (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const offer = found[event.key === 'Tab' ? Math.max(0, active) : active];
    if (found.length > 0 && step) {
      event.preventDefault();
      return change(() => {
        active = active < 0 ? (step > 0 ? 0 : found.length - 1) : (active + step + found.length) % found.length;
      });
    }
    if (offer && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) {
      event.preventDefault();
      return write(key, offer.text);
    }
    if (event.key === 'Escape' && found.length > 0) {
      return change(() => {
        hidden = true;
      });
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      return dispatch(channel, key);
    }
  };
}

/** The composer under a conversation. */
export function drawComposer(channel: string, placeName: string): TemplateResult {
  const text = drafts.get(channel) ?? '';
  const people = (state.snapshot?.users ?? []).filter(({ id }) => id !== state.userId);
  const found = hidden ? [] : [...offers(text, state.snapshot?.commands ?? []), ...offeredPeople(text, people)];
  const label = say('message', { place: placeName });
  const items = (state.snapshot?.shortcuts ?? [])
    .filter(({ type }) => type === 'global')
    .map(({ name, callbackId }) => ({
      label: html`<span aria-hidden="true">⚡ </span>${name}`,
      act: () => shortcut(callbackId),
    }));
  const submit = (event: Event) => {
    event.preventDefault();
    return dispatch(channel, channel);
  };
  return html`<form class="composer" @submit=${submit}>
    ${found.length > 0 ? drawOffers(channel, found) : nothing}
    ${drawMenu('menu-shortcuts', { label: say('shortcuts'), face: '+', items, empty: say('noShortcuts') })}
    <textarea id="composer" rows="1" aria-label=${label} placeholder=${label} .value=${live(text)} autocomplete="off"
      aria-autocomplete="list" aria-controls=${found.length > 0 ? 'offers' : nothing}
      aria-activedescendant=${found[active] ? `offer-${active}` : nothing}
      @input=${(event: Event) => write(channel, (event.target as HTMLTextAreaElement).value)}
      @keydown=${keys(channel, channel, found)}></textarea>
    <button class="icon send" aria-label=${say('send')} title=${say('send')} ?disabled=${!text.trim()}>➤</button>
  </form>`;
}

function drawOffers(key: string, found: Offer[]): TemplateResult {
  const take = (offer: Offer) => {
    write(key, offer.text);
    document.querySelector<HTMLElement>('#composer')?.focus();
  };
  return html`<div id="offers" class="offers-list" role="listbox" aria-label=${say('commands')}>${found.map(
    (offer, at) => html`<div id="offer-${at}" role="option" aria-selected=${at === active}
      @mousedown=${(event: Event) => event.preventDefault()} @click=${() => take(offer)}>
      <strong>${offer.shown}</strong>${offer.about ? html`<small>${offer.about}</small>` : nothing}</div>`,
  )}</div>`;
}

/** The line for a reply, under the thread's messages. */
export function drawReply(channel: string, threadTs: string): TemplateResult {
  const key = `${channel} ${threadTs}`;
  const stop = () =>
    change((now) => {
      now.thread = null;
    });
  const submit = (event: Event) => {
    event.preventDefault();
    return dispatch(channel, key, threadTs);
  };
  return html`<form class="reply" @submit=${submit}>
    <input aria-label=${say('reply')} placeholder=${say('replyTo')} autocomplete="off" .value=${live(drafts.get(key) ?? '')}
      @input=${(event: Event) => write(key, (event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && stop()}>
    <button class="button">${say('send')}</button>
    <button type="button" class="icon" aria-label=${say('cancelReply')} @click=${stop}>✕</button></form>`;
}
