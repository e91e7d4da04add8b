/** The sandbox's clock in the bar, and the buttons that move it. */
import { html, type TemplateResult } from 'lit-html';
import { moveClock } from './acts.ts';
import { drawMenu } from './menu.ts';
import { state } from './store.ts';
import { city, format, minutesUntilMorning, now } from './times.ts';
import { say } from './words.ts';

const STEPS = [
  { key: 'hour', minutes: () => 60 },
  { key: 'tomorrow', minutes: () => minutesUntilMorning(now()) },
  { key: 'day', minutes: () => 24 * 60 },
  { key: 'week', minutes: () => 7 * 24 * 60 },
] as const;

/** The time here, the zone, the buttons; a menu where there is no room for them. */
export function drawClock(): TemplateResult {
  const items = STEPS.map(({ key, minutes }) => ({ label: say(key), act: () => moveClock(minutes()) }));
  const time = format(now(), { weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  return html`<div class="clock" role="group" aria-label=${say('clock')}>
    <span class="time"><time>${time}</time> <small>${city(state.snapshot?.me.timeZone ?? '')}</small></span>
    <span class="steps">${items.map(({ label, act }) => html`<button type="button" class="step" @click=${act}>${label}</button>`)}</span>
    <span class="steps-menu">${drawMenu('menu-clock', { label: say('moveClock'), face: '⏩', items })}</span>
  </div>`;
}
