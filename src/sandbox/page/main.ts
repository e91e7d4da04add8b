/** The page: who, where, and the frame around what the other files draw. */
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { openApp } from './acts.ts';
import { drawBlocks } from './blocks.ts';
import { follow, isShown, people } from './client.ts';
import { drawClock } from './clock.ts';
import { drawComposer } from './composer.ts';
import { floatLists } from './float.ts';
import { drawMessages, noteScroll, settleScroll } from './messages.ts';
import { drawModal, settleDialogs } from './modal.ts';
import { drawPicker, drawSwitch } from './people.ts';
import { drawer, drawSidebar } from './sidebar.ts';
import { change, onChange, type Place, readView, state, toast } from './store.ts';
import { drawToasts } from './toasts.ts';
import { locale, say } from './words.ts';

const REMEMBERED = 'kam-sandbox-user';

function go(place: Place): void {
  change((now) => {
    now.place = place;
    now.drawer = false;
    for (const channel of now.unread) if (isShown(channel)) now.unread.delete(channel);
  });
  const hash = place.at === 'channel' ? place.channel : place.tab;
  history.replaceState(null, '', `${location.pathname}${location.search}#${hash}`);
  if (place.at === 'app' && state.snapshot) void openApp(place.tab);
  document.querySelector<HTMLElement>('#composer')?.focus();
}

const placeOf = (hash: string): Place =>
  hash === 'home' || hash === 'messages' ? { at: 'app', tab: hash } : { at: 'channel', channel: hash };

function become(id: string): void {
  localStorage.setItem(REMEMBERED, id);
  const address = new URL(location.href);
  address.searchParams.set('user', id);
  history.replaceState(null, '', address);
  change((now) => {
    now.userId = id;
    now.snapshot = null;
    now.answers.clear();
    now.unread.clear();
    now.thread = null;
  });
  follow(id);
}

let greeted = '';

/** A page that comes up on the app's tab has opened it, as a click would. */
function greetApp(): void {
  const { place, snapshot, userId } = state;
  if (!snapshot || greeted === userId) return;
  greeted = userId ?? '';
  if (place.at === 'app') void openApp(place.tab);
}

function titleOf({ place, snapshot }: typeof state): string {
  if (place.at === 'app') return snapshot?.app.name ?? '';
  const channel = snapshot?.channels.find(({ id }) => id === place.channel);
  return channel ? `#${channel.name}` : '';
}

/** The place shown, which must exist for this person. */
function settlePlace(): void {
  const { place, snapshot } = state;
  if (!snapshot || place.at === 'app') return;
  const channels = snapshot.channels.filter(({ kind }) => kind === 'channel');
  if (channels.some(({ id }) => id === place.channel)) return;
  state.place = channels[0] ? { at: 'channel', channel: channels[0].id } : { at: 'app', tab: 'messages' };
}

function drawPlace(): TemplateResult {
  const { place, snapshot } = state;
  if (!snapshot) return html`<main class="place"></main>`;
  if (place.at === 'channel') {
    const channel = snapshot.channels.find(({ id }) => id === place.channel);
    return html`<main class="place" aria-labelledby="place-name">
      <header><h1 id="place-name"><span class="hash">#</span>${channel?.name}</h1><p>${channel?.topic}</p></header>
      ${drawMessages(place.channel)}${drawComposer(place.channel, `#${channel?.name ?? ''}`)}</main>`;
  }
  const direct = snapshot.channels.find(({ kind }) => kind === 'direct');
  const tab = (
    name: 'home' | 'messages',
  ) => html`<button type="button" role="tab" id="tab-${name}" aria-controls="panel"
    aria-selected=${place.tab === name} tabindex=${place.tab === name ? 0 : -1} @click=${() => go({ at: 'app', tab: name })}>${say(name)}</button>`;
  const arrows = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = place.tab === 'home' ? 'messages' : 'home';
    go({ at: 'app', tab: other });
    setTimeout(() => document.querySelector<HTMLElement>(`#tab-${other}`)?.focus());
  };
  return html`<main class="place" aria-labelledby="place-name">
    <header><h1 id="place-name">${snapshot.app.name}</h1>
      <div class="tabs" role="tablist" @keydown=${arrows}>${tab('home')}${tab('messages')}</div></header>
    <div id="panel" class="panel" role="tabpanel" aria-labelledby="tab-${place.tab}">${
      place.tab === 'home'
        ? drawHome()
        : html`${drawMessages(direct?.id ?? '')}${direct ? drawComposer(direct.id, snapshot.app.name) : nothing}`
    }</div></main>`;
}

function drawHome(): TemplateResult {
  const home = state.snapshot?.home;
  return html`<div class="home" tabindex="0">${
    home ? drawBlocks({ in: 'home' }, readView(home).blocks) : html`<p class="nothing">${say('homeEmpty')}</p>`
  }</div>`;
}

const drawBar = (): TemplateResult => html`<header class="bar">
  <button type="button" class="icon burger" aria-label=${say(state.drawer ? 'closeMenu' : 'menu')} aria-expanded=${state.drawer} aria-controls="sidebar" @click=${() => drawer(!state.drawer)}>☰</button>
  <span class="workspace">${say('workspace')}</span>${drawClock()}${drawSwitch(become)}</header>`;

const drawPage = (): TemplateResult =>
  state.userId
    ? html`<div class=${state.drawer ? 'frame drawn' : 'frame'} @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && state.drawer && drawer(false)}>
        ${drawBar()}${drawSidebar(go)}${drawPlace()}</div>${drawModal()}${drawToasts()}`
    : html`${drawPicker(become)}${drawToasts()}`;

const root = document.querySelector<HTMLElement>('#page');
onChange(() => {
  settlePlace();
  noteScroll();
  document.documentElement.lang = locale().startsWith('zh') ? 'zh-CN' : 'en';
  document.title = [titleOf(state), say('workspace')].filter(Boolean).join(' · ');
  if (root) render(drawPage(), root);
  settleDialogs();
  floatLists();
  settleScroll();
  greetApp();
});

// The clock in the bar walks on by itself.
setInterval(() => change(() => {}), 15_000);

try {
  const everyone = await people();
  const wanted = new URLSearchParams(location.search).get('user') ?? localStorage.getItem(REMEMBERED);
  change((now) => {
    now.people = everyone;
    if (location.hash) now.place = placeOf(location.hash.slice(1));
    else now.place = { at: 'channel', channel: '' };
  });
  if (wanted && everyone.some(({ id }) => id === wanted)) become(wanted);
} catch (error) {
  toast(String(error), true);
}
