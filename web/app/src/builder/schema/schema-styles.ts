import { css } from 'lit';

/** The tree of fields as a quiet table: lines before boxes, inputs show their edge when they are used. */
export const schemaEditorStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    min-height: 28px;
    margin-bottom: 8px;
  }
  .head slot {
    display: block;
    margin-left: auto;
  }
  .top {
    display: flex;
    margin-bottom: 6px;
  }
  table {
    table-layout: fixed;
  }
  th {
    height: 30px;
    text-align: left;
    font-size: var(--fs-12);
    font-weight: var(--w-medium);
    color: var(--text-3);
    border-bottom: 1px solid var(--hairline);
    white-space: nowrap;
  }
  th:nth-child(1) {
    width: 34%;
  }
  th:nth-child(2) {
    width: 24%;
  }
  th:nth-child(3) {
    width: 84px;
  }
  th:nth-child(5) {
    width: 58px;
  }
  td {
    height: 32px;
    padding: 0 6px 0 0;
    border-bottom: 1px solid var(--hairline);
  }
  .fcell > div {
    display: flex;
    align-items: center;
    gap: 6px;
    padding-left: calc(var(--d) * 18px);
  }
  .fcell .i {
    color: var(--text-2);
  }
  .fold {
    display: inline-grid;
    place-items: center;
    width: 24px;
    height: 24px;
    margin: 0 -4px 0 -6px;
    flex: none;
    border-radius: var(--r-pill);
  }
  .cell {
    width: 100%;
    min-width: 0;
    height: 26px;
    padding: 0 6px;
    border: 1px solid transparent;
    border-radius: 4px;
    background: none;
    text-overflow: ellipsis;
  }
  .cell:hover {
    border-color: var(--control);
  }
  .cell:focus {
    border-color: var(--focus);
    background: var(--surface);
  }
  .cell::placeholder {
    color: var(--text-3);
    opacity: 1;
  }
  select.cell {
    color: var(--text-2);
  }
  option {
    background: var(--raised);
    color: var(--text);
  }
  .types {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .needed input {
    width: 16px;
    height: 16px;
    margin: 4px 6px;
    accent-color: var(--accent);
  }
  .about {
    width: 45%;
    text-align: right;
    line-height: 18px;
    padding: 4px 0 4px 12px;
  }
  .is-read {
    table-layout: auto;
    border-top: 1px solid var(--hairline);
  }
  .acts {
    text-align: right;
    white-space: nowrap;
    padding-right: 0;
  }
  .act {
    display: inline-grid;
    place-items: center;
    width: 26px;
    height: 26px;
    border-radius: var(--r-pill);
    color: var(--text-2);
  }
  .act:hover {
    background: var(--hover);
    color: var(--text);
  }
  .add {
    margin-top: 8px;
  }
  .none {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 12px 0;
    border-top: 1px solid var(--hairline);
  }
  .none p {
    flex: 1;
  }
  .problem {
    margin-top: 6px;
  }
`;
