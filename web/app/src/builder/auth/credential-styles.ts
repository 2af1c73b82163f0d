import { css } from 'lit';

/** Look of the table of credential fields. */
export const credentialStyles = css`
  :host {
    display: block;
    --pb-input-height: 28px;
    --control-h: 28px;
  }
  .line {
    display: grid;
    grid-template-columns: 24px minmax(0, 1.2fr) minmax(0, 1fr) 104px 60px 60px 28px;
    gap: 8px;
    align-items: center;
  }
  .more {
    grid-template-columns: 24px minmax(0, 2fr) minmax(0, 1fr) 28px;
    margin-top: 6px;
  }
  .heads {
    height: 32px;
    font-size: var(--fs-12);
    font-weight: var(--w-medium);
    color: var(--text-3);
    border-bottom: 1px solid var(--hairline);
  }
  li {
    padding: 10px 0;
    border-bottom: 1px solid var(--hairline);
  }
  .handle {
    display: grid;
    place-items: center;
    width: 24px;
    height: 28px;
    border-radius: var(--r-pill);
    color: var(--text-3);
    cursor: grab;
    touch-action: none;
  }
  .handle:hover {
    background: var(--pressed);
  }
  .handle:active {
    cursor: grabbing;
  }
  pb-checkbox {
    padding-left: 4px;
  }
  .none {
    padding: 8px 0;
  }
`;
