/** A conversation: messages in order, replies under their message, what each offers. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { SandboxFile, SandboxMessage } from '../protocol.ts';
import { shortcut } from './acts.ts';
import { drawBlocks } from './blocks.ts';
import { drawReply } from './composer.ts';
import { drawMenu } from './menu.ts';
import { drawAvatar } from './people.ts';
import { change, personOf, state } from './store.ts';
import { drawMrkdwn } from './text.ts';
import { dayOf, format, now } from './times.ts';
import { say } from './words.ts';

const at = (message: SandboxMessage) => Number(message.ts) * 1000;

/** How many messages stand on the page at once; each press of "earlier" adds as many. */
const HANDFUL = 100;
let shown = HANDFUL;
let heightBefore = 0;

function showEarlier(): void {
  heightBefore = document.querySelector('#log')?.scrollHeight ?? 0;
  change(() => {
    shown += HANDFUL;
  });
}

/** The log of a channel. */
export function drawMessages(channel: string): TemplateResult {
  const all = (state.snapshot?.messages ?? []).filter((message) => message.channel === channel);
  all.sort((one, other) => Number(one.ts) - Number(other.ts));
  const stands = new Set(all.map(({ ts }) => ts));
  const isReply = ({ threadTs, ts }: SandboxMessage) =>
    threadTs !== undefined && threadTs !== ts && stands.has(threadTs);
  const everyRoot = all.filter((message) => !isReply(message));
  const roots = everyRoot.slice(-shown);
  const threads = Map.groupBy(all.filter(isReply), ({ threadTs }) => threadTs);
  return html`<div class="log" id="log" role="log" aria-live="polite" aria-relevant="additions" tabindex="0" aria-label=${say('messages')}>
    <div class="spring"></div>
    ${roots.length === 0 ? html`<p class="nothing">${say('nothingYet')}</p>` : nothing}
    ${
      everyRoot.length > roots.length
        ? html`<p class="nothing"><button type="button" class="button" @click=${showEarlier}>${say('earlier')}</button></p>`
        : nothing
    }
    ${repeat(
      roots,
      ({ ts }) => `${channel} ${ts}`,
      (root, index) => {
        const before = roots[index - 1];
        const newDay = !before || dayOf(at(before)) !== dayOf(at(root));
        const replies = threads.get(root.ts) ?? [];
        return html`${newDay ? html`<div class="day"><span>${sayDay(at(root))}</span></div>` : nothing}${drawMessage(root)}
          ${replies.length > 0 ? html`<div class="replies">${replies.map(drawMessage)}</div>` : nothing}
          ${state.thread === `${channel} ${root.ts}` ? drawReply(channel, root.ts) : nothing}`;
      },
    )}
  </div>`;
}

function sayDay(moment: number): string {
  const days = Math.round((Date.parse(dayOf(now())) - Date.parse(dayOf(moment))) / 86_400_000);
  if (days === 0 || days === 1) return say(days === 0 ? 'today' : 'yesterday');
  return format(moment, { dateStyle: 'full' });
}

function drawMessage(message: SandboxMessage): TemplateResult {
  const isApp = message.user === state.snapshot?.app.botUserId;
  const author = personOf(message.user);
  const name = isApp ? (state.snapshot?.app.name ?? '') : (author?.realName ?? message.user);
  const time = format(at(message), { timeStyle: 'short' });
  const pinged = message.pings.some((ping) => ping === state.userId || ['here', 'channel', 'everyone'].includes(ping));
  return html`<article class="message ${message.ephemeral ? 'ephemeral' : ''} ${pinged ? 'pinged' : ''}" data-ts=${message.ts} aria-label="${name}, ${time}">
    ${drawAvatar(message.user, name, isApp)}
    <div class="content">
      ${message.ephemeral ? html`<p class="only-you">${say('onlyYou')}</p>` : nothing}
      <div class="head"><strong>${name}</strong>${isApp ? html`<span class="badge">${say('app')}</span>` : nothing}
        <time title=${format(at(message), { dateStyle: 'full', timeStyle: 'medium' })}>${time}</time></div>
      ${
        message.blocks.length > 0
          ? drawBlocks({ in: 'message', channel: message.channel, ts: message.ts }, message.blocks)
          : drawMrkdwn(message.text)
      }
      ${message.files?.length ? html`<div class="shared">${message.files.map(drawFile)}</div>` : nothing}
      ${message.edited ? html`<span class="edited">${say('edited')}</span>` : nothing}
    </div>
    ${message.ephemeral ? nothing : drawOffers(message)}
  </article>`;
}

const drawFile = (file: SandboxFile): TemplateResult =>
  file.mimetype.startsWith('image/')
    ? html`<a href=${file.href} target="_blank" rel="noopener"><img src=${file.href} alt=${file.name} loading="lazy"></a>`
    : html`<a class="file" href=${file.href} download=${file.name}>📄 ${file.name}</a>`;

function drawOffers(message: SandboxMessage): TemplateResult {
  const { channel, ts } = message;
  const root = message.threadTs ?? ts;
  const items = (state.snapshot?.shortcuts ?? [])
    .filter(({ type }) => type === 'message')
    .map(({ name, callbackId }) => ({ label: name, act: () => shortcut(callbackId, { channel, ts }) }));
  const reply = () => {
    change((now) => {
      now.thread = `${channel} ${root}`;
    });
    setTimeout(() => document.querySelector<HTMLElement>('.reply input')?.focus());
  };
  return html`<div class="offers">
    <button type="button" class="icon" aria-label=${say('reply')} title=${say('reply')} @click=${reply}>↩</button>
    ${drawMenu(`menu-${channel}-${ts}`, { label: say('more'), face: '⋮', items, empty: say('noShortcuts') })}
  </div>`;
}

let shownPlace = '';
let wasAtEnd = true;

/** Before drawing: is the person reading the newest message? */
export function noteScroll(): void {
  const log = document.querySelector('#log');
  wasAtEnd = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 80;
}

/** After drawing: stay with the newest message, unless the person has scrolled up to read. */
export function settleScroll(): void {
  const log = document.querySelector('#log');
  const place = JSON.stringify([state.place, state.userId, state.snapshot !== null]);
  if (log && heightBefore > 0) log.scrollTop += log.scrollHeight - heightBefore;
  else if (log && (wasAtEnd || place !== shownPlace)) log.scrollTop = log.scrollHeight;
  heightBefore = 0;
  if (place !== shownPlace) shown = HANDFUL;
  shownPlace = place;
}
