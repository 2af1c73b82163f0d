import { closeBrackets } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState, StateEffect, StateField, type Extension } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  keymap,
  lineNumbers,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';

/** What a view of JSON text is made from. */
export interface CodeViewOptions {
  readonly parent: HTMLElement;
  readonly root: ShadowRoot;
  readonly text: string;
  readonly label: string;
  readonly describedBy: string;
  readonly isReadonly: boolean;
  readonly onChange: (text: string) => void;
}

/** A mounted view. */
export interface CodeView {
  readonly text: string;
  /** Replaces the whole text without telling `onChange`. */
  show(text: string): void;
  /** Marks a line (from 1) as wrong; undefined: none. */
  mark(line: number | undefined): void;
  focus(): void;
  destroy(): void;
}

/** Mounts CodeMirror on JSON. Tab leaves it, as any other field. */
export function mountCodeView(options: CodeViewOptions): CodeView {
  let isQuiet = false;
  const tell = EditorView.updateListener.of((update) => {
    if (update.docChanged && !isQuiet) options.onChange(update.state.doc.toString());
  });
  const view = new EditorView({
    parent: options.parent,
    root: options.root,
    state: EditorState.create({ doc: options.text, extensions: [extensionsOf(options), tell] }),
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    show(text) {
      isQuiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      isQuiet = false;
    },
    mark(line) {
      view.dispatch({ effects: markLine.of(line) });
    },
    focus() {
      view.focus();
    },
    destroy() {
      view.destroy();
    },
  };
}

function extensionsOf(options: CodeViewOptions): Extension {
  return [
    lineNumbers(),
    history(),
    closeBrackets(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    EditorState.readOnly.of(options.isReadonly),
    EditorView.contentAttributes.of({
      tabindex: '0',
      'aria-label': options.label,
      'aria-describedby': options.describedBy,
    }),
    wrongLine,
    colours,
    codeTheme,
  ];
}

const markLine = StateEffect.define<number | undefined>();
const wrongLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const effect = transaction.effects.find((one) => one.is(markLine));
    if (effect === undefined) return marks.map(transaction.changes);
    const number = effect.value;
    if (number === undefined || number < 1 || number > transaction.newDoc.lines) return Decoration.none;
    return Decoration.set([Decoration.line({ class: 'is-wrong' }).range(transaction.newDoc.line(number).from)]);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const marks = { key: 'k', text: 's', number: 'n', word: 'b' } as const;

function markOf(match: RegExpExecArray): Decoration {
  const [whole, text, colon] = match;
  const kind = text === undefined ? (/^[-\d]/.test(whole) ? 'number' : 'word') : colon === undefined ? 'text' : 'key';
  return Decoration.mark({ class: marks[kind] });
}

const matcher = new MatchDecorator({
  regexp: /("(?:[^"\\\n]|\\.)*")(\s*:)?|-?\b\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\b|\b(?:true|false|null)\b/g,
  decoration: markOf,
});

/** Colours of keys, texts, numbers and words: the same as in the JSON tree. */
const colours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }

    update(update: ViewUpdate): void {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const codeTheme = EditorView.theme({
  '&': { flex: '1', minWidth: '0', background: 'transparent', color: 'var(--text)', maxHeight: '420px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '12px', lineHeight: '20px', letterSpacing: '0' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)', minHeight: '120px' },
  '.cm-line': { padding: '0 8px 0 4px' },
  '.cm-gutters': { background: 'transparent', border: '0', color: 'var(--text-3)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { background: 'var(--accent-tint)' },
  '.k': { color: 'var(--text-2)' },
  '.s': { color: 'var(--success)' },
  '.n': { color: 'var(--running)' },
  '.b': { color: 'var(--warning)' },
  '.is-wrong': { background: 'var(--danger-tint)' },
});
