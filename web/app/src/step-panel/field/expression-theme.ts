import { EditorView } from '@codemirror/view';

/** Makes the editor look like the input it stands in. */
export const editorTheme = EditorView.theme({
  '&': { flex: '1', minWidth: '0', background: 'transparent', color: 'inherit' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '12px', lineHeight: '22px', letterSpacing: '0' },
  '.cm-content': { padding: '3px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-placeholder': { color: 'var(--text-3)', fontFamily: 'var(--font)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { background: 'var(--accent-tint)' },
  '.pill': { verticalAlign: 'middle', fontFamily: 'var(--font)', margin: '0 1px' },
  '.cm-tooltip': {
    background: 'var(--raised)',
    color: 'var(--text)',
    border: '0',
    borderRadius: 'var(--r-card)',
    boxShadow: 'var(--shadow-float)',
    zIndex: 'var(--z-menu)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font)',
    maxHeight: '280px',
    padding: '4px',
    minWidth: '240px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '8px',
    alignItems: 'center',
    minHeight: '28px',
    padding: '0 8px',
    borderRadius: '5px',
    fontSize: '13px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--pressed)', color: 'var(--text)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600', color: 'var(--accent)' },
  '.cm-completionDetail': { marginLeft: 'auto', fontStyle: 'normal', color: 'var(--text-3)', fontSize: '12px' },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 10px', maxWidth: '260px', fontSize: '12px', lineHeight: '1.4' },
});
