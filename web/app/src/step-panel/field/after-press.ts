let isPressed = false;
const waiting = new Set<() => void>();

const release = (): void => {
  isPressed = false;
  for (const run of waiting) requestAnimationFrame(run);
  waiting.clear();
};
window.addEventListener('pointerdown', () => (isPressed = true), { capture: true });
window.addEventListener('pointerup', release, { capture: true });
window.addEventListener('pointercancel', release, { capture: true });

/**
 * Runs in the next frame in which no pointer is down. What changes height on blur must wait so long: else the button
 * under the pointer moves away between press and release, and the click is lost.
 */
export function afterPress(run: () => void): void {
  if (isPressed) waiting.add(run);
  else requestAnimationFrame(run);
}
