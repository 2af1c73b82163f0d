import { css } from 'lit';

/** The table of parameters; cells show their edge when they are used. */
export const parameterStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  table {
    table-layout: fixed;
  }
  .table th:nth-child(1) {
    width: 20%;
  }
  .table th:nth-child(2) {
    width: 92px;
  }
  .table th:nth-child(3) {
    width: 104px;
  }
  .table th:nth-child(4) {
    width: 84px;
  }
  .table th:nth-child(5) {
    width: 14%;
  }
  .table th:nth-child(7) {
    width: 36px;
  }
  .table td,
  .table th {
    padding: 0 8px 0 0;
  }
  .table tbody tr:hover td {
    background: none;
  }
  .cell {
    width: 100%;
    min-width: 0;
    height: 28px;
    padding: 0 6px;
    margin-left: -6px;
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
  .cell.link {
    color: var(--accent);
    overflow: hidden;
    white-space: nowrap;
  }
  option {
    background: var(--raised);
    color: var(--text);
  }
  .needed input {
    width: 16px;
    height: 16px;
    margin: 4px 0;
    accent-color: var(--accent);
    vertical-align: middle;
  }
  .about {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .table .wrong {
    height: auto;
    padding: 2px 0 8px;
  }
  .table .schema {
    height: auto;
    padding: 12px 0 16px 16px;
    white-space: normal;
  }
  .add {
    margin-top: 10px;
  }
  .empty {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 14px 0 6px;
  }
`;
