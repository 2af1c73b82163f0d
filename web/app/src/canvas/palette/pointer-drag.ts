/** What a drag tells. Positions are those of the window. */
export interface PointerDragOptions {
  /** Made when the drag really starts; follows the pointer. */
  readonly ghost: () => HTMLElement;
  readonly onMove: (at: { clientX: number; clientY: number }) => void;
  readonly onDrop: (at: { clientX: number; clientY: number }) => void;
  /** The drag ended without a drop (Escape, or the system took the pointer). */
  readonly onCancel: () => void;
}

const threshold = 5;

/** Drags something with mouse, pen or touch. A press that does not move stays a click. */
export function startPointerDrag(start: PointerEvent, options: PointerDragOptions): void {
  if (start.button !== 0) return;
  const listening = new AbortController();
  const { signal } = listening;
  let ghost: HTMLElement | undefined;
  const finish = (): void => {
    listening.abort();
    ghost?.remove();
    document.documentElement.style.removeProperty('cursor');
  };
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== start.pointerId) return;
    const distance = Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY);
    if (ghost === undefined && distance < threshold) return;
    if (ghost === undefined) {
      ghost = options.ghost();
      Object.assign(ghost.style, { position: 'fixed', left: '0', top: '0', pointerEvents: 'none', zIndex: '60' });
      document.body.append(ghost);
      document.documentElement.style.cursor = 'grabbing';
    }
    event.preventDefault();
    ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
    options.onMove(event);
  };
  const drop = (event: PointerEvent): void => {
    if (event.pointerId !== start.pointerId) return;
    const wasDragged = ghost !== undefined;
    finish();
    if (!wasDragged) return;
    swallowClick();
    options.onDrop(event);
  };
  const cancel = (): void => {
    if (ghost !== undefined) options.onCancel();
    finish();
  };
  window.addEventListener('pointermove', move, { signal, passive: false });
  window.addEventListener('pointerup', drop, { signal });
  window.addEventListener('pointercancel', cancel, { signal });
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape') cancel();
    },
    { signal },
  );
}

/** The click that a browser sends after a drag belongs to the drag. */
function swallowClick(): void {
  const stop = (event: Event): void => {
    event.stopPropagation();
    event.preventDefault();
  };
  window.addEventListener('click', stop, { capture: true, once: true });
  setTimeout(() => {
    window.removeEventListener('click', stop, { capture: true });
  });
}
