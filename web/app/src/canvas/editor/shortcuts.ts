import type { CursorMove } from '@patchbay/canvas-core';

/** What a key on the canvas does. */
export type CanvasCommand =
  | { readonly kind: 'cursor'; readonly move: CursorMove; readonly isExtending: boolean }
  | { readonly kind: 'nudge'; readonly x: number; readonly y: number }
  | { readonly kind: 'edge'; readonly by: 1 | -1 }
  | { readonly kind: CommandName };

/** Commands without data. */
export type CommandName =
  | 'open'
  | 'toggle'
  | 'select-all'
  | 'add-after'
  | 'add-before'
  | 'connect'
  | 'delete'
  | 'duplicate'
  | 'undo'
  | 'redo'
  | 'find'
  | 'test-run'
  | 'test-step'
  | 'tidy'
  | 'fit'
  | 'zoom-100'
  | 'zoom-in'
  | 'zoom-out'
  | 'outline'
  | 'next-problem'
  | 'disable'
  | 'shortcuts'
  | 'escape';

/** One row of the shortcut sheet. */
export interface Shortcut {
  readonly keys: string;
  readonly words: string;
}

/** The sheet, by topic. */
export const shortcutSheet: readonly { readonly title: string; readonly rows: readonly Shortcut[] }[] = [
  {
    title: 'Move about',
    rows: [
      { keys: '↑ ↓', words: 'Previous, next step along the wires' },
      { keys: '← →', words: 'Between branches' },
      { keys: 'Home End', words: 'Start, end of the branch' },
      { keys: 'Ctrl Home', words: 'Trigger' },
      { keys: '[ ]', words: 'Through the wires of the step' },
      { keys: 'F6', words: 'Palette, canvas, panel, drawer' },
      { keys: 'N', words: 'Next problem' },
      { keys: 'Ctrl F', words: 'Find in the flow' },
      { keys: 'O', words: 'Outline' },
    ],
  },
  {
    title: 'Build',
    rows: [
      { keys: 'A or +', words: 'Add a step after this one, or into the wire' },
      { keys: 'Shift A', words: 'Add a step before' },
      { keys: 'C', words: 'Connect to another step' },
      { keys: 'Enter', words: 'Open the step; Escape comes back' },
      { keys: 'Space', words: 'Select or unselect' },
      { keys: 'Shift arrows', words: 'Extend the selection' },
      { keys: 'Alt arrows', words: 'Move on the grid; with Shift five times as far' },
      { keys: 'D', words: 'Disable or enable' },
      { keys: 'Delete', words: 'Remove the steps or the wire' },
    ],
  },
  {
    title: 'Edit',
    rows: [
      { keys: 'Ctrl X C V', words: 'Cut, copy, paste' },
      { keys: 'Ctrl D', words: 'Duplicate' },
      { keys: 'Ctrl A', words: 'Select all' },
      { keys: 'Ctrl Z', words: 'Undo' },
      { keys: 'Ctrl Shift Z', words: 'Redo' },
      { keys: 'Shift Alt T', words: 'Tidy up' },
    ],
  },
  {
    title: 'See and run',
    rows: [
      { keys: '1', words: 'Fit' },
      { keys: '0', words: '100 %' },
      { keys: 'Ctrl + −', words: 'Zoom' },
      { keys: 'Ctrl Enter', words: 'Test run' },
      { keys: 'Shift Enter', words: 'Test this step' },
      { keys: '?', words: 'This sheet' },
    ],
  },
];

const arrows: Record<string, { move: CursorMove; x: number; y: number }> = {
  ArrowUp: { move: 'up', x: 0, y: -1 },
  ArrowDown: { move: 'down', x: 0, y: 1 },
  ArrowLeft: { move: 'left', x: -1, y: 0 },
  ArrowRight: { move: 'right', x: 1, y: 0 },
};

const plain: Record<string, CommandName> = {
  Enter: 'open',
  ' ': 'toggle',
  '+': 'add-after',
  a: 'add-after',
  c: 'connect',
  Delete: 'delete',
  Backspace: 'delete',
  '1': 'fit',
  '0': 'zoom-100',
  o: 'outline',
  n: 'next-problem',
  d: 'disable',
  '?': 'shortcuts',
  Escape: 'escape',
};

const withControl: Record<string, CommandName> = {
  a: 'select-all',
  d: 'duplicate',
  z: 'undo',
  y: 'redo',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  f: 'find',
  Enter: 'test-run',
};

const snapPx = 8;

/** Reads a key press on the canvas; undefined leaves it to the browser. Tab is never taken. */
export function canvasCommand(event: KeyboardEvent): CanvasCommand | undefined {
  const isControl = event.ctrlKey || event.metaKey;
  const arrow = arrows[event.key];
  if (arrow !== undefined) return arrowCommand(event, arrow);
  if (event.key === 'Home') return { kind: 'cursor', move: isControl ? 'trigger' : 'branch-start', isExtending: false };
  if (event.key === 'End') return { kind: 'cursor', move: 'branch-end', isExtending: false };
  if (event.altKey) return event.shiftKey && event.code === 'KeyT' ? { kind: 'tidy' } : undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return isControl ? controlCommand(event, key) : plainCommand(event, key);
}

function controlCommand(event: KeyboardEvent, key: string): CanvasCommand | undefined {
  return event.shiftKey && key === 'z' ? { kind: 'redo' } : named(withControl[key]);
}

function plainCommand(event: KeyboardEvent, key: string): CanvasCommand | undefined {
  if (event.shiftKey && key === 'a') return { kind: 'add-before' };
  if (event.shiftKey && key === 'Enter') return { kind: 'test-step' };
  if (key === '[' || key === ']') return { kind: 'edge', by: key === ']' ? 1 : -1 };
  return named(plain[key]);
}

const named = (kind: CommandName | undefined): CanvasCommand | undefined => (kind === undefined ? undefined : { kind });

function arrowCommand(event: KeyboardEvent, arrow: { move: CursorMove; x: number; y: number }): CanvasCommand {
  if (!event.altKey) return { kind: 'cursor', move: arrow.move, isExtending: event.shiftKey };
  const distance = snapPx * (event.shiftKey ? 5 : 1);
  return { kind: 'nudge', x: arrow.x * distance, y: arrow.y * distance };
}
