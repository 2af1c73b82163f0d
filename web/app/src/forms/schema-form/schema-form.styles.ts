import { css } from 'lit';

/** Styles of `pb-schema-form`. */
export const schemaFormStyles = css`
  :host {
    display: block;
  }
  .fields {
    display: flex;
    flex-direction: column;
    gap: 16px;
  }
  .nested {
    margin: 0;
    padding: 2px 0 2px 14px;
    border: 0;
    border-left: 1px solid var(--hairline);
    min-width: 0;
  }
  .nested > legend {
    padding: 0;
    margin: 0 0 8px -14px;
    font-weight: var(--w-medium);
  }
  .list-row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 8px;
    align-items: start;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) auto;
    gap: 8px;
    align-items: start;
  }
  details > summary {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
    font-weight: var(--w-medium);
    cursor: default;
    list-style: none;
    border-radius: var(--r-pill);
  }
  details > summary::-webkit-details-marker {
    display: none;
  }
  details > summary > .i {
    color: var(--text-3);
    transition: rotate var(--t-fade);
  }
  details[open] > summary > .i {
    rotate: 90deg;
  }
  details > .fields {
    padding-top: 12px;
  }
`;
