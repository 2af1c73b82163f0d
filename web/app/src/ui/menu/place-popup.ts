/** Where a popup stands against its anchor. */
export interface PopupPlace {
  readonly align?: 'start' | 'end';
  /** Makes the popup as wide as the anchor. */
  readonly isMatchingWidth?: boolean;
  /** Gap in px. */
  readonly gap?: number;
}

/** Places an open popover under its anchor, or above when there is no room, and keeps it inside the window. */
export function placePopup(anchor: Element, popup: HTMLElement, place: PopupPlace = {}): void {
  const gap = place.gap ?? 4;
  const box = anchor.getBoundingClientRect();
  if (place.isMatchingWidth) popup.style.width = `${box.width}px`;
  popup.style.maxHeight = `${window.innerHeight - 16}px`;
  const { offsetWidth: width, offsetHeight: height } = popup;
  const isBelow = box.bottom + gap + height <= window.innerHeight - 8 || box.top < height + gap;
  const top = isBelow ? Math.min(box.bottom + gap, window.innerHeight - height - 8) : box.top - gap - height;
  const left = place.align === 'end' ? box.right - width : box.left;
  popup.style.top = `${Math.max(8, top)}px`;
  popup.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
}
