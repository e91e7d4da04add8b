/** A button with a menu: overflow elements, "More actions", shortcuts, the clock on a narrow page. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { floatBeside } from './float.ts';

/** One line of a menu. */
export interface MenuItem {
  label: unknown;
  act: () => unknown;
}

function placeMenu(event: ToggleEvent): void {
  const menu = event.target as HTMLElement;
  const button = document.querySelector(`[popovertarget="${menu.id}"]`);
  if (event.newState !== 'open' || !button) return;
  // The size is known only once it is shown, still before the next picture.
  requestAnimationFrame(() => {
    floatBeside(menu, button);
    menu.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  });
}

function move(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLElement;
  const items = [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Tab') menu.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}

/** The button and its menu. `id` is unique on the page; `face` is what the button shows. */
export function drawMenu(
  id: string,
  { label, face, items, empty }: { label: string; face: unknown; items: MenuItem[]; empty?: string },
): TemplateResult {
  const choose = (item: MenuItem) => (event: Event) => {
    (event.target as HTMLElement).closest<HTMLElement>('[popover]')?.hidePopover();
    return item.act();
  };
  return html`<button type="button" class="icon" popovertarget=${id} aria-haspopup="menu" aria-label=${label} title=${label}>${face}</button>
    <div id=${id} class="menu" popover role="menu" aria-label=${label} @beforetoggle=${placeMenu} @keydown=${move}>
      ${items.map((item) => html`<button type="button" role="menuitem" tabindex="-1" @click=${choose(item)}>${item.label}</button>`)}
      ${items.length === 0 && empty ? html`<p>${empty}</p>` : nothing}
    </div>`;
}
