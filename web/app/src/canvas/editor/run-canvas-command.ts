import type { PbFlowEditor } from './flow-editor.ts';
import { canvasCommand, type CanvasCommand } from './shortcuts.ts';

/**
 * Copy, cut and paste on the canvas come as events of the browser: they need no permission and no secure origin.
 * A selection of text elsewhere on the page is left alone.
 */
export function handleClipboard(editor: PbFlowEditor, event: ClipboardEvent): void {
  const { clipboardData: data } = event;
  if (data === null || !event.composedPath().includes(editor.canvas as EventTarget)) return;
  if (event.type === 'paste') {
    if (editor.canEdit) editor.actions.pasteText(data.getData('text/plain'));
    event.preventDefault();
    return;
  }
  const text = editor.actions.copyText();
  if (text === undefined) return;
  data.setData('text/plain', text);
  event.preventDefault();
  if (event.type === 'cut' && editor.canEdit) editor.actions.remove();
}

/** Reads a key press on the canvas and does what it says. Read-only users can move about and look. */
export function runCanvasCommand(editor: PbFlowEditor, event: KeyboardEvent): void {
  const isField = event
    .composedPath()
    .some((target) => target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]'));
  if (isField) return;
  const command = canvasCommand(event);
  const isButton = event.composedPath()[0] instanceof HTMLButtonElement;
  if (command === undefined || (isButton && (command.kind === 'open' || command.kind === 'toggle'))) return;
  if (!editor.canEdit && !harmless.has(command.kind)) return;
  if (command.kind === 'escape' && !clearSelection(editor)) return;
  event.preventDefault();
  event.stopPropagation();
  execute(editor, command);
}

const harmless: ReadonlySet<CanvasCommand['kind']> = new Set([
  'cursor',
  'open',
  'toggle',
  'select-all',
  'find',
  'fit',
  'zoom-100',
  'zoom-in',
  'zoom-out',
  'outline',
  'next-problem',
  'shortcuts',
  'escape',
  'edge',
] as const);

function clearSelection(editor: PbFlowEditor): boolean {
  const { selection } = editor.session.state.get();
  if (selection.keys.length === 0 && selection.edge === undefined) return false;
  editor.session.editor.select({ keys: [], cursor: editor.actions.cursor });
  return true;
}

function execute(editor: PbFlowEditor, command: CanvasCommand): void {
  switch (command.kind) {
    case 'cursor':
      editor.actions.moveCursor(command.move, command.isExtending);
      break;
    case 'nudge':
      editor.actions.nudge({ x: command.x, y: command.y });
      break;
    case 'edge':
      editor.actions.stepEdge(command.by);
      break;
    default:
      named(editor)[command.kind]?.();
  }
}

type NamedKind = Exclude<CanvasCommand['kind'], 'cursor' | 'nudge' | 'edge'>;
type Named = Partial<Record<NamedKind, () => void>>;

function named(editor: PbFlowEditor): Named {
  return { ...edits(editor), ...views(editor) };
}

/** Commands that change the flow. */
function edits(editor: PbFlowEditor): Named {
  const { actions } = editor;
  const focusCanvas = (): void => {
    void editor.updateComplete.then(() => editor.canvas?.focusCursor());
  };
  return {
    'add-after': () => {
      editor.openPicker(actions.placeAfterCursor);
    },
    'add-before': () => {
      editor.openPicker(actions.placeBeforeCursor);
    },
    connect: () => {
      editor.dialogs.showConnect(actions.cursor);
    },
    delete: () => {
      actions.remove();
    },
    duplicate: () => {
      actions.duplicate();
    },
    undo: () => {
      actions.undo();
      focusCanvas();
    },
    redo: () => {
      actions.redo();
      focusCanvas();
    },
    tidy: () => void actions.tidy(),
    disable: () => {
      actions.toggleDisabled();
    },
  };
}

/** Commands that only look, select or run. */
function views(editor: PbFlowEditor): Named {
  const { actions, canvas } = editor;
  return {
    open: () => void editor.openStep(actions.cursor, { isFocused: true }),
    toggle: () => {
      actions.toggle();
    },
    'select-all': () => {
      actions.selectAll();
    },
    find: () => {
      editor.findText ??= '';
    },
    'test-run': () => {
      editor.dialogs.startTest();
    },
    'test-step': () => void editor.testStep(actions.cursor),
    fit: () => canvas?.fit(),
    'zoom-100': () => canvas?.zoomTo(1),
    'zoom-in': () => canvas?.zoomTo(canvas.camera.zoom * 1.25),
    'zoom-out': () => canvas?.zoomTo(canvas.camera.zoom / 1.25),
    outline: () => {
      editor.showLeft('outline');
    },
    'next-problem': () => {
      editor.nextProblem();
    },
    shortcuts: () => {
      editor.dialogs.showShortcuts();
    },
  };
}
