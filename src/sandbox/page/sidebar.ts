/** Channels and the app, at the side; a drawer where the page is narrow. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { drawAvatar } from './people.ts';
import { change, type Place, state } from './store.ts';
import { say } from './words.ts';

const samePlace = (one: Place, other: Place): boolean =>
  one.at === 'app' ? other.at === 'app' : other.at === 'channel' && one.channel === other.channel;

/** The list; `go` takes the person to a place. */
export function drawSidebar(go: (place: Place) => void): TemplateResult {
  const { snapshot } = state;
  const direct = snapshot?.channels.find(({ kind }) => kind === 'direct');
  const entry = (place: Place, unread: boolean, face: unknown) => {
    const here = samePlace(place, state.place);
    return html`<li><button type="button" class=${unread ? 'entry unread' : 'entry'} aria-current=${here ? 'page' : 'false'} @click=${() => go(place)}>
      ${face}${unread ? html`<span class="dot" role="img" aria-label=${say('unread')}></span>` : nothing}</button></li>`;
  };
  const appName = snapshot?.app.name ?? '';
  const app: Place = { at: 'app', tab: direct && state.unread.has(direct.id) ? 'messages' : 'home' };
  return html`<nav class="sidebar" id="sidebar" aria-label=${say('channels')}>
    <h2>${say('channels')}</h2>
    <ul>${(snapshot?.channels ?? [])
      .filter(({ kind }) => kind === 'channel')
      .map(({ id, name }) =>
        entry(
          { at: 'channel', channel: id },
          state.unread.has(id),
          html`<span class="hash" aria-hidden="true">#</span><span>${name}</span>`,
        ),
      )}</ul>
    <h2>${say('apps')}</h2>
    <ul>${entry(app, direct !== undefined && state.unread.has(direct.id), html`${drawAvatar('app', appName, true)}<span>${appName}</span>`)}</ul>
  </nav>${state.drawer ? html`<div class="shade" @click=${() => drawer(false)}></div>` : nothing}`;
}

/** Opens or shuts the drawer, and takes the focus along. */
export function drawer(open: boolean): void {
  change((now) => {
    now.drawer = open;
  });
  const target = open ? '.sidebar [aria-current="page"]' : '.burger';
  requestAnimationFrame(() => document.querySelector<HTMLElement>(target)?.focus());
}
