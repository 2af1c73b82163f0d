import { css } from 'lit';

/** Layout of the editor of one operation. */
export const operationEditorStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 18px;
    padding: 20px 32px 40px;
    min-width: 0;
    container-type: inline-size;
  }
  .head {
    min-height: 32px;
  }
  .title {
    font-size: var(--fs-16);
    line-height: 24px;
    font-weight: var(--w-strong);
    letter-spacing: -0.01em;
  }
  .key {
    overflow: hidden;
    max-width: 240px;
    text-overflow: ellipsis;
    flex: 0 1 auto;
    min-width: 0;
  }
  .names {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 14px 16px;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .path {
    display: grid;
    grid-template-columns: 112px minmax(0, 1fr) 210px;
    gap: 8px;
    align-items: start;
  }
  .call {
    display: flex;
    gap: 8px;
    align-items: center;
    min-height: 36px;
    padding: 0 12px;
    border-radius: var(--r-control);
    background: var(--sunken);
    overflow-wrap: anywhere;
  }
  .var {
    color: var(--accent);
  }
  .note {
    align-items: center;
  }
  .panel {
    display: flex;
    flex-direction: column;
    gap: 14px;
    padding-top: 14px;
  }
  .below {
    padding-top: 24px;
  }
  .two {
    display: grid;
    grid-template-columns: minmax(0, 1.6fr) minmax(0, 1fr);
    gap: 32px;
    align-items: start;
  }
  .even {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }
  .panel > .response {
    grid-template-columns: minmax(0, 1fr);
  }
  .two > section > .h3 {
    margin-bottom: 8px;
  }
  .body-row {
    align-items: end;
    gap: 20px;
  }
  .body-row pb-select {
    width: 280px;
  }
  .sample-head {
    min-height: 28px;
    margin-bottom: 8px;
  }
  .well {
    background: var(--sunken);
    border-radius: var(--r-card);
    padding: 10px 12px;
    max-height: 420px;
    overflow: auto;
    scrollbar-width: thin;
  }
  .well + .help {
    margin-top: 8px;
  }
  @container (max-width: 760px) {
    .two {
      grid-template-columns: minmax(0, 1fr);
      gap: 20px;
    }
  }
  @container (max-width: 620px) {
    .path {
      grid-template-columns: 100px minmax(0, 1fr);
    }
    .path > :last-child {
      grid-column: 1 / -1;
    }
  }
  @media (max-width: 1180px) {
    :host {
      padding-inline: 24px;
    }
  }
`;
