/** Who the visitor is: the first choice, and the switch in the bar. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { SandboxUser } from '../protocol.ts';
import { floatBeside } from './float.ts';
import { state } from './store.ts';
import { city, format, now } from './times.ts';
import { say } from './words.ts';

/** The first letter of a Latin name, the last two characters of a Chinese one, as people read names. */
const initials = (name: string): string =>
  /\p{Script=Han}/u.test(name)
    ? name.slice(-2)
    : name
        .split(/\s+/)
        .map((part) => part[0] ?? '')
        .slice(0, 2)
        .join('')
        .toUpperCase();

/** A coloured square with the initials; the same colour for the same person. */
export function drawAvatar(id: string, name: string, isApp = false): TemplateResult {
  const hue = [...id].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % 8;
  return html`<span class="avatar ${isApp ? 'of-app' : `hue-${hue}`}" aria-hidden="true">${initials(name)}</span>`;
}

const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language' });

const language = (tag: string): string =>
  new Intl.DisplayNames([tag], { type: 'language', languageDisplay: 'standard' }).of(tag.split('-')[0] ?? tag) ??
  LANGUAGES.of(tag) ??
  tag;

function drawPerson(user: SandboxUser, choose: (id: string) => void): TemplateResult {
  const hour = state.snapshot ? ` · ${format(now(), { timeStyle: 'short' }, user.timeZone)}` : '';
  const roles = [user.isAdmin ? say('admin') : '', user.isGuest ? say('guest') : ''].filter(Boolean);
  return html`<li><button type="button" class="person" data-user=${user.id} aria-current=${user.id === state.userId ? 'true' : 'false'} @click=${() => choose(user.id)}>
    ${drawAvatar(user.id, user.realName)}
    <span class="about"><strong>${user.realName}</strong>${roles.map((role) => html`<span class="badge">${role}</span>`)}
      <span class="title">${user.title}</span><small>${city(user.timeZone)}${hour} · ${language(user.locale)}</small></span>
  </button></li>`;
}

const drawPeople = (choose: (id: string) => void): TemplateResult =>
  html`<ul class="people">${state.people.filter((user) => !user.isBot).map((user) => drawPerson(user, choose))}</ul>`;

/** The first visit. */
export const drawPicker = (choose: (id: string) => void): TemplateResult => html`<main class="picker">
  <h1>${say('whoAreYou')}</h1><p>${say('tryThis')}</p>
  ${state.people.length > 0 ? drawPeople(choose) : html`<p>${say('noPeople')}</p>`}</main>`;

/** "You are …" in the bar. */
export function drawSwitch(choose: (id: string) => void): TemplateResult | typeof nothing {
  const me = state.snapshot?.me;
  if (!me) return nothing;
  const place = (event: ToggleEvent) => {
    const popup = event.target as HTMLElement;
    const button = document.querySelector('#you');
    if (event.newState === 'open' && button) requestAnimationFrame(() => floatBeside(popup, button, { tallest: 720 }));
  };
  const switchTo = (id: string) => {
    document.querySelector<HTMLElement>('#people')?.hidePopover();
    choose(id);
  };
  return html`<button type="button" id="you" class="you" popovertarget="people" aria-label="${say('youAre')} ${me.realName}. ${say('switchPerson')}">
      <span class="label">${say('youAre')}</span>${drawAvatar(me.id, me.realName)}<strong>${me.realName}</strong><span class="caret" aria-hidden="true"></span></button>
    <div id="people" class="menu" popover aria-label=${say('switchPerson')} @beforetoggle=${place}>${drawPeople(switchTo)}</div>`;
}
