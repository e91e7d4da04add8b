/** Puts a list or a menu, which lives in the browser's top layer, beside the thing it belongs to. */

const GAP = 4;
const EDGE = 8;

/** Below the anchor when there is room, else above; `wide` makes it as wide as the anchor. Sizes are in pixels. */
export function floatBeside(popup: HTMLElement, anchor: Element, { wide = false, tallest = 320 } = {}): void {
  const box = anchor.getBoundingClientRect();
  const { innerHeight, innerWidth } = window;
  if (wide) popup.style.width = `${box.width}px`;
  const below = innerHeight - box.bottom - GAP - EDGE;
  const above = box.top - GAP - EDGE;
  popup.style.maxHeight = '';
  const height = Math.min(popup.scrollHeight + 2, tallest);
  const under = below >= height || below >= above;
  popup.style.maxHeight = `${Math.max(120, Math.min(tallest, under ? below : above))}px`;
  const top = under ? box.bottom + GAP : box.top - GAP - Math.min(height, above);
  popup.style.top = `${Math.max(EDGE, top)}px`;
  popup.style.left = `${Math.max(EDGE, Math.min(box.left, innerWidth - popup.offsetWidth - EDGE))}px`;
}

/** Shows every drawn list that is not shown yet, and keeps the shown ones at their place. */
export function floatLists(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[popover="manual"][data-anchor]')) {
    const anchor = document.getElementById(list.dataset.anchor ?? '');
    if (!anchor) continue;
    if (!list.matches(':popover-open')) list.showPopover();
    floatBeside(list, anchor, { wide: true });
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }
}
