import { css } from 'lit';

/** Panel of a step: head, tabs, form beside the data. */
export const panelStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    background: var(--surface);
  }
  .ph-head {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 12px 8px 6px 16px;
    flex: none;
  }
  .ph-head > .grow {
    margin-left: 6px;
  }
  .title {
    width: 100%;
    min-width: 0;
    height: 26px;
    margin-left: -5px;
    padding: 0 4px;
    border: 1px solid transparent;
    border-radius: 5px;
    background: none;
    font-size: var(--fs-14);
    font-weight: var(--w-strong);
    letter-spacing: -0.006em;
    text-overflow: ellipsis;
  }
  .title:hover {
    border-color: var(--hairline);
  }
  .title:focus {
    border-color: var(--accent);
    outline: 1px solid var(--accent);
  }
  .key {
    flex: none;
    max-width: 160px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  pb-tabs {
    flex: none;
    --pb-tabs-inset: 16px;
  }
  .binds {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
    padding: 14px 16px 16px;
    border-bottom: 1px solid var(--hairline);
    flex: none;
  }
  .split {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 212px;
    flex: 1;
    min-height: 0;
  }
  .data-switch {
    display: none;
    align-self: flex-start;
    margin: 8px 12px 0;
  }
  pb-data-panel {
    border-left: 1px solid var(--hairline);
  }
  .form {
    padding: 4px 16px 24px;
    display: flex;
    flex-direction: column;
    gap: 14px;
    scrollbar-width: thin;
  }
  .form > * {
    flex: none;
  }
  .form.is-padded {
    padding-top: 16px;
  }
  .sec {
    display: flex;
    align-items: center;
    height: 24px;
    margin: 8px 0 -6px;
    font-size: 12px;
    font-weight: 600;
    color: var(--text-2);
  }
  .sec .small {
    font-weight: 400;
  }
  .fold {
    margin-top: 2px;
  }
  .fold summary {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 32px;
    font-weight: 500;
    list-style: none;
    cursor: default;
    border-radius: 5px;
  }
  .fold summary::-webkit-details-marker {
    display: none;
  }
  .fold summary .i {
    color: var(--text-3);
    margin-left: -2px;
  }
  .fold[open] > summary .i {
    transform: rotate(90deg);
  }
  .fold-body {
    display: flex;
    flex-direction: column;
    gap: 14px;
    padding: 6px 0 4px;
  }
  .case {
    display: flex;
    flex-direction: column;
    gap: 10px;
    padding: 10px 12px 12px;
    border: 1px solid var(--border);
    border-radius: var(--r-card);
  }
  .case .row {
    align-items: flex-end;
    gap: 2px;
  }
  .blk {
    border-top: 1px solid var(--hairline);
    padding-top: 12px;
  }
  .blk > .row {
    min-height: 24px;
    margin-bottom: 6px;
  }
  .result {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 10px 12px;
    border-radius: var(--r-card);
    background: var(--sunken);
  }
  .result.is-bad {
    align-items: flex-start;
    background: var(--danger-tint);
  }
  .code {
    display: block;
    padding: 8px 10px;
    border-radius: 6px;
    background: var(--sunken);
    font: 12px/18px var(--mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .two {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
  }
  @media (max-width: 1100px) {
    .split {
      grid-template-columns: minmax(0, 1fr);
    }
    .data-switch {
      display: inline-flex;
    }
    .split > pb-data-panel:not(.is-shown) {
      display: none;
    }
    .split.is-data > .form {
      display: none;
    }
    .binds {
      padding-bottom: 12px;
    }
  }
`;
