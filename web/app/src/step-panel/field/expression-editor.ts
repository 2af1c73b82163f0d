import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  completionStatus,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState, Prec, RangeSetBuilder, type Extension } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  ViewPlugin,
  WidgetType,
  keymap,
  placeholder,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view';
import { parsePill, splitTemplate } from '@patchbay/flow-model/expression';
import { completeExpression } from './expression-completion.ts';
import { editorTheme } from './expression-theme.ts';
import type { FieldScope } from './field-scope.ts';
import { pillWords } from './pill.ts';

/** What an editor is made from. */
export interface ExpressionEditorOptions {
  readonly parent: HTMLElement;
  readonly root: ShadowRoot;
  readonly kind: 'formula' | 'template';
  readonly source: string;
  readonly label: string;
  readonly describedBy: string;
  readonly isMultiline: boolean;
  readonly scope: () => FieldScope;
  readonly onChange: (source: string) => void;
  readonly onBlur: () => void;
}

/** A mounted editor. */
export interface ExpressionEditor {
  readonly source: string;
  focus(): void;
  /** Puts a reference at the cursor. */
  insert(reference: string): void;
  destroy(): void;
}

/** Mounts CodeMirror for a formula or for text with data; pills are atomic. */
export function mountExpressionEditor(options: ExpressionEditorOptions): ExpressionEditor {
  const view = new EditorView({
    parent: options.parent,
    root: options.root,
    state: EditorState.create({
      doc: options.source,
      selection: { anchor: options.source.length },
      extensions: extensionsOf(options),
    }),
  });
  return {
    get source() {
      return view.state.doc.toString();
    },
    focus: () => {
      view.focus();
    },
    insert: (reference) => {
      const text = options.kind === 'template' && !isInsideBraces(view) ? `{{ ${reference} }}` : reference;
      view.dispatch(view.state.replaceSelection(text));
      view.focus();
    },
    destroy: () => {
      view.destroy();
    },
  };
}

function extensionsOf(options: ExpressionEditorOptions): Extension {
  return [
    history(),
    closeBrackets(),
    autocompletion({
      override: [completeExpression(options.kind, options.scope)],
      icons: false,
      maxRenderedOptions: 60,
    }),
    Prec.high(keymap.of(keysOf(options))),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': options.label,
      'aria-multiline': String(options.isMultiline),
      ...(options.describedBy === '' ? {} : { 'aria-describedby': options.describedBy }),
    }),
    placeholder(options.kind === 'formula' ? 'Formula, for example trigger.qty * 2' : 'Text; type {{ for data'),
    pills(options),
    editorTheme,
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.onChange(update.state.doc.toString());
    }),
    EditorView.domEventHandlers({
      blur: () => {
        options.onBlur();
      },
    }),
    options.isMultiline ? [] : singleLine,
  ];
}

/** Tab always leaves the field. Enter accepts a completion, else it is a new line only where lines make sense. */
function keysOf(options: ExpressionEditorOptions) {
  return [
    { key: 'Tab', run: (view: EditorView) => completionStatus(view.state) === 'active' && acceptCompletion(view) },
    { key: 'Enter', run: (view: EditorView) => acceptCompletion(view) || !options.isMultiline },
    { key: 'Ctrl-Space', run: startCompletion },
  ];
}

/** Pasted line breaks become spaces. */
const singleLine = EditorState.transactionFilter.of((transaction) =>
  transaction.docChanged && transaction.newDoc.lines > 1
    ? [transaction, { changes: joinLines(transaction.newDoc.toString()), sequential: true }]
    : transaction,
);

function joinLines(text: string): { from: number; to: number; insert: string }[] {
  return [...text.matchAll(/\r?\n/g)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    insert: ' ',
  }));
}

function isInsideBraces(view: EditorView): boolean {
  const before = view.state.sliceDoc(0, view.state.selection.main.head);
  const open = before.lastIndexOf('{{');
  return open !== -1 && before.indexOf('}}', open) === -1;
}

class PillWidget extends WidgetType {
  readonly formula: string;
  readonly scope: FieldScope;

  constructor(formula: string, scope: FieldScope) {
    super();
    this.formula = formula;
    this.scope = scope;
  }

  override eq(other: PillWidget): boolean {
    return other.formula === this.formula && other.scope === this.scope;
  }

  override toDOM(): HTMLElement {
    const pill = parsePill(this.formula);
    const unknown = { from: '', name: this.formula, isBroken: true, isOptional: false };
    const words = pill === undefined ? unknown : pillWords(pill, this.scope);
    const tone = words.isBroken ? ' pill-broken' : words.isOptional ? ' pill-maybe' : '';
    const element = document.createElement('span');
    element.className = `pill${tone}`;
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', `data: ${words.from}, ${words.name}`);
    const from = document.createElement('span');
    from.className = 'from';
    from.textContent = words.from;
    element.append(from, words.name);
    return element;
  }
}

/** Shows references as pills; the cursor steps over them and Backspace takes one away. */
function pills(options: ExpressionEditorOptions): Extension {
  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = decorate(view, options);
      }

      update(update: ViewUpdate): void {
        if (update.docChanged || update.selectionSet || update.viewportChanged)
          this.decorations = decorate(update.view, options);
      }
    },
    {
      decorations: (value) => value.decorations,
      provide: (self) => EditorView.atomicRanges.of((view) => view.plugin(self)?.decorations ?? Decoration.none),
    },
  );
  return plugin;
}

function decorate(view: EditorView, options: ExpressionEditorOptions): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const source = view.state.doc.toString();
  const { head } = view.state.selection.main;
  for (const range of pillRanges(source, options.kind)) {
    // What is being typed stays text until the cursor leaves it.
    if (head > range.from && (head < range.to || options.kind === 'formula')) continue;
    builder.add(range.from, range.to, Decoration.replace({ widget: new PillWidget(range.formula, options.scope()) }));
  }
  return builder.finish();
}

function pillRanges(source: string, kind: 'formula' | 'template'): { from: number; to: number; formula: string }[] {
  if (kind === 'formula') {
    const isWhole = source.includes('.') && parsePill(source.trim()) !== undefined && !/[.?]$/.test(source.trim());
    return isWhole ? [{ from: 0, to: source.length, formula: source.trim() }] : [];
  }
  try {
    return splitTemplate(source).flatMap((part) =>
      part.kind === 'formula' && parsePill(part.formula.trim()) !== undefined
        ? [{ from: part.start - 2, to: part.start + part.formula.length + 2, formula: part.formula.trim() }]
        : [],
    );
  } catch {
    return [];
  }
}
