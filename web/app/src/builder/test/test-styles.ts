import { css } from 'lit';

/** The three panes of the tab: what to test, with what, what came back. */
export const testStyles = css`
  .tgrid {
    display: grid;
    grid-template-columns: 264px 324px minmax(0, 1fr);
    min-height: calc(100vh - 172px);
  }
  .ops {
    display: flex;
    flex-direction: column;
    gap: 20px;
    padding: 16px 12px;
    background: var(--canvas);
    border-right: 1px solid var(--hairline);
    min-width: 0;
  }
  .credentials,
  .ops header {
    padding-inline: 4px;
  }
  .credentials header {
    padding: 0;
    margin-bottom: 8px;
  }
  .fields {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }
  .keep {
    display: flex;
    gap: 5px;
    margin-top: 8px;
  }
  .keep .i {
    margin-top: 2px;
  }
  .meter {
    display: flex;
    gap: 3px;
    height: 6px;
    margin: 10px 4px 14px;
  }
  .meter i {
    flex: 1;
    border-radius: 3px;
    background: var(--neutral-line);
  }
  .meter .is-passed {
    background: var(--success-mark);
  }
  .meter .is-failed {
    background: var(--danger-mark);
  }
  .meter .is-changed {
    background: var(--edge-idle);
  }
  .matrix {
    max-height: 560px;
    overflow: auto;
    scrollbar-width: thin;
    padding: 1px;
  }
  .matrix li {
    content-visibility: auto;
    contain-intrinsic-size: auto 36px;
  }
  .op {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 100%;
    height: 36px;
    padding: 0 10px;
    border-radius: var(--r-control);
  }
  .op:hover {
    background: var(--hover);
  }
  .op:focus-visible {
    outline-offset: -2px;
  }
  .op.is-on {
    background: var(--surface);
    box-shadow: inset 0 0 0 1px var(--border);
    font-weight: var(--w-medium);
  }
  .op .g {
    width: 14px;
    height: 14px;
    flex: none;
  }
  .op .i {
    color: var(--text-3);
  }
  .g-succeeded {
    color: var(--success-mark);
  }
  .g-failed {
    color: var(--danger-mark);
  }
  .g-problem {
    color: var(--warning-mark);
  }
  .g-retrying {
    color: var(--text-3);
  }
  .g-running {
    color: var(--running-mark);
  }
  .g {
    --knock: var(--surface);
  }
  .req {
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding: 20px 24px;
    border-right: 1px solid var(--hairline);
    min-width: 0;
  }
  .line {
    display: flex;
    gap: 4px;
    align-items: baseline;
    margin-top: 4px;
  }
  .line .path {
    overflow-wrap: anywhere;
  }
  .req .kbd {
    margin-left: 6px;
    background: none;
    color: inherit;
    border-color: color-mix(in srgb, var(--on-accent) 40%, transparent);
  }
  .res {
    display: flex;
    flex-direction: column;
    gap: 14px;
    padding: 20px 24px 32px;
    min-width: 0;
  }
  .res > header {
    min-height: 28px;
  }
  .call {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 36px;
    padding: 0 10px;
    border-radius: var(--r-control);
    background: var(--sunken);
  }
  .call .verb {
    min-width: 0;
  }
  .status {
    padding: 0 8px;
  }
  .verdict .g,
  .diff-head .g {
    width: 16px;
    height: 16px;
  }
  .diff-head {
    min-height: 32px;
  }
  .df {
    display: grid;
    grid-template-columns: 16px minmax(80px, 180px) minmax(0, 1fr) auto;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    border-bottom: 1px solid var(--hairline);
  }
  .df:last-child {
    border: 0;
  }
  .df .g {
    width: 14px;
    height: 14px;
  }
  .well {
    max-height: 480px;
    overflow: auto;
    scrollbar-width: thin;
    padding: 10px 12px;
    border-radius: var(--r-card);
    background: var(--sunken);
  }
  pre {
    margin: 0;
    font: 12px / 20px var(--mono);
    letter-spacing: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .headers summary {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    cursor: default;
    list-style: none;
    font-weight: var(--w-medium);
    border-radius: var(--r-pill);
  }
  .headers[open] summary .i {
    rotate: 90deg;
  }
  .headers dl {
    padding: 6px 0 4px;
    gap: 4px 16px;
  }
  .headers dd {
    overflow-wrap: anywhere;
  }
  .log button {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    min-height: 36px;
    padding: 0 10px;
    border-radius: var(--r-control);
  }
  .log button:hover,
  .log .is-on {
    background: var(--hover);
  }
  .log .is-bad {
    color: var(--danger);
  }
  @media (max-width: 1280px) {
    .tgrid {
      grid-template-columns: 232px minmax(0, 1fr);
    }
    .ops {
      grid-row: 1 / span 2;
    }
    .req {
      border-right: 0;
      border-bottom: 1px solid var(--hairline);
    }
  }
  @media (max-width: 800px) {
    .tgrid {
      grid-template-columns: minmax(0, 1fr);
    }
    .ops {
      grid-row: auto;
      border-right: 0;
    }
  }
`;
