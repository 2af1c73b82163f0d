import { css } from 'lit';

/** The content of the import dialog. */
export const importStyles = css`
  .is-large {
    --pb-dialog-width: 980px;
  }
  .reading {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 40px 16px;
    border: 1px solid var(--border);
    border-radius: var(--r-card);
  }
  .reading .g {
    width: 16px;
    height: 16px;
    color: var(--running-mark);
  }
  .note {
    margin-top: 14px;
  }
  .facts {
    gap: 4px 16px;
    margin-bottom: 12px;
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  .warnings,
  .gone {
    margin-bottom: 12px;
  }
  summary {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    cursor: default;
    list-style: none;
    font-weight: var(--w-medium);
    border-radius: var(--r-pill);
  }
  .warnings summary {
    color: var(--warning);
  }
  .warnings ul {
    max-height: 140px;
    overflow: auto;
    padding-left: 20px;
    color: var(--text-2);
    line-height: 20px;
  }
  .filters > pb-search {
    flex: 1;
  }
  .pick {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 280px;
    gap: 16px;
    height: min(420px, 46vh);
    margin-bottom: 14px;
  }
  .left {
    display: flex;
    flex-direction: column;
    gap: 4px;
    min-height: 0;
  }
  .left > pb-checkbox {
    padding-inline: 13px;
  }
  pb-import-list {
    flex: 1;
  }
  .detail {
    overflow: auto;
    scrollbar-width: thin;
    padding: 12px 14px;
    border-radius: var(--r-card);
    background: var(--sunken);
    overflow-wrap: anywhere;
  }
  .detail > * + * {
    margin-top: 6px;
  }
  .about {
    line-height: var(--lh);
  }
  .help.warn {
    display: flex;
    gap: 4px;
    color: var(--warning);
  }
  .over {
    padding-top: 8px;
  }
  .params li,
  .changes li {
    line-height: 20px;
  }
  .diff {
    display: block;
    font: 12px / 18px var(--mono);
    letter-spacing: 0;
  }
  del {
    display: block;
    color: var(--danger);
    text-decoration: line-through;
  }
  ins {
    display: block;
    color: var(--success);
    text-decoration: none;
  }
  .chosen {
    margin-left: auto;
    align-self: center;
  }
  @media (max-width: 800px) {
    .pick {
      grid-template-columns: minmax(0, 1fr);
      height: auto;
    }
    pb-import-list {
      height: 320px;
      flex: none;
    }
  }
`;
