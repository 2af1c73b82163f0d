import { css } from 'lit';

/** Rows, bars and axis of the timeline. */
export const timelineStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    flex: 1;
  }
  .axis,
  .gr {
    display: grid;
    grid-template-columns: 156px minmax(0, 1fr) 60px;
    align-items: center;
    padding: 0 8px 0 16px;
  }
  .axis {
    height: 22px;
    border-bottom: 1px solid var(--hairline);
    flex: none;
  }
  .ticks {
    position: relative;
    height: 100%;
  }
  .ticks i {
    position: absolute;
    font: 400 12px/20px var(--font);
    color: var(--text-3);
    white-space: nowrap;
  }
  .gl {
    position: relative;
    padding: 4px 0;
  }
  .gr {
    height: 32px;
    position: relative;
  }
  .gr:hover {
    background: var(--hover);
  }
  .gr:focus-visible {
    outline-offset: -2px;
  }
  .gr.is-on {
    background: var(--accent-tint);
  }
  .gr.is-on::before {
    content: '';
    position: absolute;
    inset: 0 auto 0 0;
    width: 2px;
    background: var(--accent);
  }
  .gn {
    display: flex;
    align-items: center;
    gap: 6px;
    padding-left: calc(var(--d) * 14px);
    min-width: 0;
    padding-right: 8px;
  }
  .gn .g {
    width: 14px;
    height: 14px;
  }
  .gn .tw {
    display: grid;
    place-items: center;
    width: 12px;
    height: 24px;
    flex: none;
    color: var(--text-3);
    margin: 0 -2px 0 -6px;
  }
  .gr.is-on .gn {
    font-weight: 600;
  }
  .gr.is-on .g {
    --knock: var(--accent-tint);
  }
  .is-off .gn > .cut {
    color: var(--text-3);
  }
  .gd {
    text-align: right;
    font-size: 12px;
    color: var(--text-2);
    padding-right: 8px;
    white-space: nowrap;
  }
  .gt {
    position: relative;
    height: 100%;
    background-image: linear-gradient(90deg, var(--hairline) 1px, transparent 1px);
    background-size: var(--tick, 100%) 100%;
  }
  .gt.is-plain {
    background: none;
  }
  .gb {
    position: absolute;
    top: 11px;
    height: 10px;
    border-radius: 3px;
  }
  .gt em {
    font-style: normal;
    font-size: 12px;
    line-height: 32px;
    color: var(--text-3);
    padding-left: 6px;
  }
  .gb-succeeded {
    background: var(--success-mark);
  }
  .gb-failed {
    background: var(--danger-mark);
    border-radius: 2px;
  }
  .gb-retrying {
    background: var(--warning-mark);
    border-radius: 2px;
  }
  .gb-running {
    background: var(--running-mark);
    border-radius: 3px 0 0 3px;
  }
  .gb-waiting,
  .gb-cancelled {
    background: var(--neutral-tint);
    box-shadow: inset 0 0 0 1px var(--edge);
  }
  .gb-scope {
    top: 15px;
    height: 2px;
    border-radius: 1px;
    background: var(--edge);
  }
`;
