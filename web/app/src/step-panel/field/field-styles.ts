import { css } from 'lit';

/** One field of the mapping form. */
export const fieldStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .field {
    gap: 6px;
  }
  .mode {
    display: inline-grid;
    place-items: center;
    min-width: 26px;
    height: 24px;
    margin: -3px 0;
    border-radius: 4px;
    color: var(--text-3);
  }
  .bare {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px;
    align-items: start;
  }
  .bare .mode {
    margin: 4px 0 0;
  }
  .bare > :only-child {
    grid-column: 1 / -1;
  }
  .label ::slotted([slot='label']) {
    flex: 1;
    min-width: 0;
  }
  .mode:hover {
    background: var(--hover);
    color: var(--text);
  }
  .mode i {
    font: italic 600 12px/1 var(--font);
  }
  .prev {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 16px;
    font-size: 12px;
    color: var(--text-2);
    margin-top: -1px;
  }
  .prev .i {
    color: var(--text-3);
  }
  .prev .t3 {
    margin-left: auto;
    white-space: nowrap;
  }
  .prev.bad {
    color: var(--danger);
  }
  .prev.bad .i {
    color: inherit;
  }
  .editor {
    flex: 1;
    min-width: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 3px;
    min-height: 30px;
    cursor: text;
    outline: none;
  }
  .editor .txt {
    font-family: var(--mono);
    font-size: var(--fs-12);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .input.is-expression {
    padding-right: 6px;
    height: auto;
  }
  .input textarea {
    width: 100%;
    border: 0;
    padding: 6px 0;
    background: none;
    outline: none;
    resize: vertical;
    min-height: 64px;
    line-height: var(--lh);
  }
  .input.is-drop {
    border-color: var(--accent);
    background: var(--accent-tint);
  }
  .clear {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    border-radius: 4px;
    color: var(--text-3);
    flex: none;
  }
  .clear:hover {
    background: var(--hover);
    color: var(--text);
  }
  .nest {
    display: flex;
    flex-direction: column;
    gap: 12px;
    margin-left: 1px;
    padding: 2px 0 2px 10px;
    border-left: 1px solid var(--border);
  }
  .item {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 28px;
    gap: 4px;
    align-items: start;
  }
  .pair .name {
    flex: 1;
    min-width: 0;
    height: 24px;
    margin-left: -5px;
    padding: 0 4px;
    border: 1px solid transparent;
    border-radius: 5px;
    background: none;
    font: var(--w-medium) var(--fs-13) / 1 var(--font);
  }
  .pair .name:hover {
    border-color: var(--hairline);
  }
  .pair .name:focus {
    border-color: var(--accent);
    outline: 1px solid var(--accent);
  }
  .issue {
    display: flex;
    align-items: flex-start;
    gap: 6px;
    font-size: 12px;
    line-height: 16px;
    color: var(--danger);
  }
  .issue.warn {
    color: var(--warning);
  }
  .issue .i {
    margin-top: 2px;
    flex: none;
  }
  .issue .fix {
    margin-left: auto;
    flex: none;
  }
  .code {
    font-family: var(--mono);
    font-size: var(--fs-12);
  }
  .json-text {
    width: 100%;
    min-height: 120px;
    font-family: var(--mono);
    font-size: 12px;
    line-height: 18px;
  }
`;
