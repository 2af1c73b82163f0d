import { css } from 'lit';

/** The run page: top bar, cause, timeline, painted canvas, step detail. */
export const runStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
    min-width: 0;
    min-height: 0;
  }
  .topbar {
    flex: none;
    height: var(--topbar);
  }
  .loading {
    padding: 48px;
  }
  .cause {
    flex: none;
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 12px 16px;
    background: color-mix(in srgb, var(--danger-tint) 45%, var(--surface));
    border-bottom: 1px solid var(--danger-line);
    box-shadow: inset 3px 0 0 var(--danger-mark);
  }
  .cause > .g {
    align-self: flex-start;
    margin: 3px 0 0 4px;
  }
  .cause .lead {
    font-size: 14px;
    line-height: 22px;
  }
  .cause p {
    line-height: 22px;
    overflow-wrap: anywhere;
  }
  .cause .pill {
    margin: 0 2px;
    height: 20px;
  }
  .runv {
    flex: 1;
    display: grid;
    grid-template-columns: 356px minmax(0, 1fr);
    grid-template-rows: minmax(0, 1fr);
    min-height: 0;
  }
  .runv.has-right {
    grid-template-columns: 356px minmax(0, 1fr) 400px;
  }
  .left {
    display: flex;
    flex-direction: column;
    min-height: 0;
    background: var(--surface);
    border-right: 1px solid var(--hairline);
  }
  .left-head {
    padding: 10px 12px 8px 16px;
    flex: none;
  }
  .meta {
    padding: 12px 16px 16px;
    border-top: 1px solid var(--hairline);
    font-size: 12px;
    gap: 6px 16px;
    flex: none;
  }
  .meta dd {
    min-width: 0;
  }
  .meta .btn-tiny {
    margin: -4px 0;
  }
  .right {
    border-left: 1px solid var(--hairline);
    min-height: 0;
  }
  .stage {
    position: relative;
    min-width: 0;
    min-height: 0;
  }
  pb-flow-canvas {
    position: absolute;
    inset: 0;
  }
  .timeline-switch {
    display: none;
    position: absolute;
    left: 12px;
    top: 12px;
    z-index: var(--z-tool);
  }
  @media (max-width: 1100px) {
    .wide {
      display: none;
    }
    .runv {
      grid-template-columns: minmax(0, 1fr);
    }
    .runv.has-right {
      grid-template-columns: minmax(0, 1fr) 372px;
    }
    .runv.is-timeline {
      grid-template-columns: 356px minmax(0, 1fr);
    }
    .runv:not(.is-timeline) .left,
    .runv.is-timeline .right {
      display: none;
    }
    .timeline-switch {
      display: inline-flex;
    }
  }
`;
