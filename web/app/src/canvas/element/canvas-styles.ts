import { css } from 'lit';

/** Everything drawn on the canvas: wires, nodes, ports, scopes, tools. One sheet for the one shadow root (mockups/README.md). */
export const wireStyles = css`
  .wires {
    position: absolute;
    overflow: visible;
    width: 1px;
    height: 1px;
    z-index: var(--z-edge);
    pointer-events: none;
  }
  .wire {
    fill: none;
    stroke: var(--edge);
    stroke-width: 1.5;
  }
  .tip {
    fill: var(--edge);
    stroke: none;
  }
  .wire-hit {
    fill: none;
    stroke: transparent;
    stroke-width: 14;
    pointer-events: stroke;
  }
  .is-error .wire {
    stroke-dasharray: 5 4;
  }
  .is-idle .wire {
    stroke: var(--edge-idle);
    stroke-dasharray: 3 4;
  }
  .is-idle .tip {
    fill: var(--edge-idle);
  }
  .is-taken .wire {
    stroke: var(--text-2);
  }
  .is-taken .tip {
    fill: var(--text-2);
  }
  .is-live .wire {
    stroke: var(--running-mark);
  }
  .is-live .tip {
    fill: var(--running-mark);
  }
  .is-bad .wire {
    stroke: var(--danger-mark);
  }
  .is-bad .tip {
    fill: var(--danger-mark);
  }
  .is-hot .wire {
    stroke: var(--accent);
    stroke-width: 2;
  }
  .is-hot .tip {
    fill: var(--accent);
  }
  .wire-draft {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2;
  }
  .wire-draft.is-refused {
    stroke: var(--danger-mark);
    stroke-dasharray: 4 4;
  }
`;

/** Node: 200 x 56; tile 28, title 13/600, operation 12, one glyph. */
export const nodeStyles = css`
  .node {
    position: absolute;
    left: 0;
    top: 0;
    z-index: var(--z-node);
    display: block;
    box-sizing: border-box;
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: var(--r-card);
    box-shadow: var(--shadow-rest);
    user-select: none;
    -webkit-user-select: none;
    touch-action: none;
    cursor: default;
  }
  .node-main {
    display: flex;
    align-items: center;
    gap: 9px;
    height: calc(var(--node-h) - 2px);
    padding: 0 11px;
  }
  .node-text {
    flex: 1;
    min-width: 0;
  }
  .node-title {
    font-size: 13px;
    line-height: 18px;
    font-weight: var(--w-strong);
    letter-spacing: -0.006em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .node-update {
    position: absolute;
    top: -5px;
    right: -5px;
    width: 10px;
    height: 10px;
    border: 2px solid var(--surface);
    border-radius: 50%;
    background: var(--accent);
  }
  .node-sub {
    font-size: 12px;
    line-height: 16px;
    color: var(--text-2);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .node-terminal {
    border-radius: 28px;
  }
  .node-terminal .tile {
    border-radius: 50%;
  }
  .node-terminal .node-main {
    padding: 0 16px 0 13px;
  }
  .node-ports {
    display: flex;
    border-top: 1px solid var(--hairline);
    height: 27px;
  }
  .node-ports > div {
    flex: 1;
    display: block;
    line-height: 27px;
    text-align: center;
    font-size: 12px;
    font-weight: var(--w-medium);
    color: var(--text-2);
    min-width: 0;
    padding: 0 6px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .node-ports > div + div {
    border-left: 1px solid var(--hairline);
  }
  .port {
    position: absolute;
    width: var(--port);
    height: var(--port);
    margin: -5px 0 0 -5px;
    box-sizing: border-box;
    border-radius: 50%;
    background: var(--surface);
    border: 1.5px solid var(--edge);
    z-index: 3;
  }
  .port::after {
    content: '';
    position: absolute;
    inset: var(--hit-inset, -8.5px);
    border-radius: 50%;
  }
  :host(:not([readonly])) .port-out {
    cursor: crosshair;
  }
  .port-out:hover,
  .port.is-hot {
    border-color: var(--accent);
    background: var(--accent);
  }
  .node:hover {
    border-color: var(--control);
  }
  .node.is-selected {
    border-color: var(--accent);
    box-shadow:
      0 0 0 1px var(--accent),
      0 0 0 4px var(--accent-tint);
  }
  .node:focus {
    outline: none;
  }
  .node:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .node.is-dragged {
    cursor: grabbing;
    z-index: calc(var(--z-node) + 2);
  }
  .node.is-dimmed {
    opacity: 0.35;
  }
`;

/** State on a node: problems while editing, results while running. */
export const paintStyles = css`
  .g-pending {
    color: var(--text-3);
  }
  .node.is-problem {
    border-color: var(--warning-line);
  }
  .node.is-problem .node-sub {
    color: var(--warning);
  }
  .node.is-failed {
    border-color: var(--danger-mark);
    box-shadow: 0 0 0 1px var(--danger-mark);
  }
  .node.is-failed .node-sub {
    color: var(--danger);
  }
  .node.is-running {
    border-color: var(--running-mark);
  }
  .node.is-running .node-sub {
    color: var(--running);
  }
  .node.is-retrying {
    border-color: var(--warning-mark);
  }
  .node.is-retrying .node-sub {
    color: var(--warning);
  }
  .node.is-waiting {
    border-color: var(--running-line);
  }
  .node.is-problem.is-selected,
  .node.is-running.is-selected,
  .node.is-retrying.is-selected,
  .node.is-waiting.is-selected {
    border-color: var(--accent);
  }
  .node.is-failed.is-selected {
    box-shadow:
      0 0 0 1px var(--danger-mark),
      0 0 0 5px var(--accent-tint),
      0 0 0 6px var(--accent-line);
  }
  .node.is-skipped,
  .node.is-cancelled,
  .node.is-pending,
  .node.is-disabled {
    background: var(--canvas);
    border-style: dashed;
    border-color: var(--edge-idle);
    box-shadow: none;
  }
  .node.is-skipped.is-selected,
  .node.is-cancelled.is-selected,
  .node.is-pending.is-selected,
  .node.is-disabled.is-selected {
    border-color: var(--accent);
    box-shadow: 0 0 0 4px var(--accent-tint);
  }
  .is-skipped .node-title,
  .is-cancelled .node-title,
  .is-pending .node-title,
  .is-disabled .node-title {
    color: var(--text-2);
    font-weight: var(--w-medium);
  }
  .is-skipped .node-sub,
  .is-cancelled .node-sub,
  .is-pending .node-sub,
  .is-disabled .node-sub {
    color: var(--text-3);
  }
  .is-skipped > .node-main .tile,
  .is-pending > .node-main .tile,
  .is-disabled > .node-main .tile {
    filter: saturate(0.25);
    opacity: 0.8;
  }
  .is-skipped .port,
  .is-pending .port {
    border-color: var(--edge-idle);
  }
  .is-disabled .node-title {
    text-decoration: line-through;
    text-decoration-color: var(--text-3);
  }
  .is-skipped .g,
  .is-pending .g {
    --knock: var(--canvas);
  }
`;
