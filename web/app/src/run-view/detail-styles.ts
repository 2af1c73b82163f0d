import { css } from 'lit';

/** Step detail of the run view. */
export const detailStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    background: var(--surface);
  }
  .head {
    padding: 12px 8px 6px 16px;
    gap: 10px;
  }
  .strip {
    display: flex;
    padding: 0 16px;
    flex: none;
    border-bottom: 1px solid var(--hairline);
  }
  .strip .tabs {
    gap: 18px;
    border-bottom: 0;
  }
  .iteration {
    align-self: center;
    margin-left: auto;
  }
  .iteration select {
    border: 0;
    background: none;
    height: 24px;
    font-size: 12px;
    color: var(--text-2);
  }
  .ats {
    padding: 6px 8px;
    border-bottom: 1px solid var(--hairline);
  }
  .at {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 100%;
    height: 32px;
    padding: 0 8px;
    border-radius: 6px;
  }
  .at:hover {
    background: var(--hover);
  }
  .at.is-on {
    background: var(--accent-tint);
  }
  .at.is-on .g {
    --knock: var(--accent-tint);
  }
  .an {
    width: 10px;
    color: var(--text-3);
  }
  .at .cut {
    flex: 1;
  }
  .at .end {
    font-size: 12px;
  }
  .atime {
    width: 58px;
    text-align: right;
    font-size: 12px;
  }
  .blk {
    padding: 12px 16px 14px;
    border-bottom: 1px solid var(--hairline);
  }
  .blk:last-child {
    border: 0;
  }
  .blk > .row {
    height: 24px;
    margin-bottom: 6px;
  }
  .blk .btn-small {
    height: 24px;
    padding: 0 6px;
  }
  .bad-blk {
    display: grid;
    gap: 4px;
    background: color-mix(in srgb, var(--danger-tint) 45%, var(--surface));
  }
  .call {
    display: flex;
    align-items: center;
    gap: 8px;
    height: 36px;
    padding: 0 8px 0 10px;
    border-radius: 6px;
    background: var(--sunken);
  }
  .call .verb {
    min-width: 0;
  }
  .call .cut {
    flex: 1;
  }
  .call .badge {
    padding: 0 8px;
  }
  .hdrs {
    margin-top: 6px;
  }
  .hdr {
    display: grid;
    grid-template-columns: 132px minmax(0, 1fr);
    height: 24px;
    align-items: center;
    font: 12px/16px var(--mono);
    padding: 0 10px;
    letter-spacing: 0;
  }
  .hdr + .hdr {
    border-top: 1px solid var(--hairline);
  }
  .red {
    color: var(--text-3);
    display: flex;
    align-items: center;
    gap: 5px;
  }
  .quiet {
    padding: 12px 16px;
    color: var(--text-2);
  }
  .blk .quiet {
    padding: 0;
  }
  .bad {
    color: var(--danger);
  }
`;
