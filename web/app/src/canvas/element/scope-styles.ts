import { css } from 'lit';

/** Containers: for each with its header, try with its two lanes. */
export const scopeStyles = css`
  .node.scope {
    z-index: 0;
    background: color-mix(in srgb, var(--surface) 55%, var(--canvas));
    border: 1px solid var(--edge-idle);
    border-radius: var(--r-scope);
    box-shadow: none;
  }
  .node.scope.is-selected {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  .node.scope.is-running {
    border-color: var(--running-mark);
  }
  .node.scope.is-failed {
    border-color: var(--danger-mark);
  }
  .node.scope.is-problem {
    border-color: var(--warning-mark);
  }
  .scope-head {
    display: flex;
    align-items: center;
    gap: 8px;
    height: 39px;
    padding: 0 8px 0 10px;
  }
  .scope-head .node-title {
    flex: none;
    max-width: 60%;
  }
  .scope-head .grow {
    flex: 1;
  }
  .scope-meta {
    font-size: 12px;
    color: var(--text-3);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    min-width: 0;
  }
  .is-problem > .scope-head .scope-meta {
    color: var(--warning);
  }
  .lanes {
    position: absolute;
    box-sizing: border-box;
    border: 1px solid var(--border);
    border-radius: 10px;
    background: var(--canvas);
    pointer-events: none;
  }
  .lane {
    position: absolute;
    top: 0;
    bottom: 0;
    box-sizing: border-box;
    padding: 8px 12px 0;
    font-size: 12px;
    font-weight: var(--w-medium);
    color: var(--text-2);
  }
  .lane > span {
    display: flex;
    align-items: center;
    gap: 5px;
    height: 18px;
  }
  .lane + .lane {
    border-left: 1px dashed var(--edge-idle);
  }
  .lane .i {
    width: 13px;
    height: 13px;
    color: var(--text-3);
  }
  .empty-slot {
    position: absolute;
    z-index: 1;
    display: grid;
    place-items: center;
    box-sizing: border-box;
    border: 1px dashed var(--control);
    border-radius: var(--r-card);
    background: none;
    color: var(--text-2);
    font: inherit;
    font-size: 12px;
    font-weight: var(--w-medium);
    padding: 0;
    pointer-events: auto;
  }
  .empty-slot:hover {
    border-color: var(--accent);
    color: var(--accent);
  }
  .chip {
    position: absolute;
    z-index: 4;
    transform: translate(-50%, -50%);
    height: 20px;
    padding: 0 7px;
    display: inline-flex;
    align-items: center;
    gap: 4px;
    border-radius: 10px;
    background: var(--canvas);
    border: 1px solid var(--border);
    font-size: 12px;
    font-weight: var(--w-medium);
    color: var(--text-2);
    white-space: nowrap;
    pointer-events: none;
  }
`;

/** The canvas itself and what floats on it. */
export const surfaceStyles = css`
  :host {
    position: relative;
    display: block;
    overflow: hidden;
    min-width: 0;
    min-height: 0;
    background: var(--canvas);
    color: var(--text);
    font: var(--w-regular) var(--fs-13) / var(--lh) var(--font);
    letter-spacing: -0.003em;
    contain: strict;
  }
  .canvas {
    position: absolute;
    inset: 0;
    overflow: hidden;
    touch-action: none;
  }
  .grid {
    position: absolute;
    inset: -32px;
    background-image: radial-gradient(circle, var(--dot) 1px, transparent 1.25px);
    background-size: 16px 16px;
    will-change: transform;
    pointer-events: none;
  }
  .canvas.is-panning {
    cursor: grabbing;
  }
  .canvas.is-far .grid {
    display: none;
  }
  .view {
    position: absolute;
    left: 0;
    top: 0;
    width: 0;
    height: 0;
    transform-origin: 0 0;
  }
  .far {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
    visibility: hidden;
  }
  .canvas.is-far .far {
    visibility: visible;
  }
  .marquee {
    position: absolute;
    z-index: 8;
    border: 1px solid var(--accent);
    background: color-mix(in srgb, var(--accent-tint) 55%, transparent);
    border-radius: 3px;
    pointer-events: none;
  }
  .ghost {
    position: absolute;
    z-index: 7;
    box-sizing: border-box;
    width: var(--node-w);
    height: var(--node-h);
    border: 1px dashed var(--accent);
    border-radius: var(--r-card);
    background: var(--accent-tint);
    opacity: 0.7;
    pointer-events: none;
  }
  .add {
    position: absolute;
    z-index: 5;
    width: 22px;
    height: 22px;
    margin: -11px 0 0 -11px;
    padding: 0;
    border-radius: 50%;
    display: grid;
    place-items: center;
    background: var(--surface);
    border: 1.5px solid var(--edge);
    color: var(--text-2);
  }
  .add::after {
    content: '';
    position: absolute;
    inset: -3px;
    border-radius: 50%;
  }
  .add:hover,
  .add.is-hot {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
  }
  .hint {
    position: absolute;
    z-index: 6;
    display: inline-flex;
    align-items: center;
    gap: 8px;
    height: 28px;
    padding: 0 8px;
    border-radius: var(--r-control);
    background: light-dark(#1b2330, #e6eaf0);
    color: light-dark(#ffffff, #1b2330);
    font-size: var(--fs-12);
    font-weight: var(--w-medium);
    white-space: nowrap;
    pointer-events: none;
  }
  .hint kbd {
    font: inherit;
    min-width: 18px;
    height: 18px;
    line-height: 16px;
    text-align: center;
    box-sizing: border-box;
    border: 1px solid light-dark(rgb(255 255 255 / 0.3), rgb(27 35 48 / 0.3));
    border-radius: 4px;
  }
  .node-tools {
    position: absolute;
    display: flex;
    gap: 0;
    padding: 2px;
    border-radius: 7px;
    background: var(--raised);
    box-shadow: var(--shadow-float);
    z-index: 6;
    transform: translate(-100%, -100%);
  }
  .node-tools button,
  .zoom button {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    padding: 0;
    border: 0;
    border-radius: var(--r-pill);
    background: none;
    color: var(--text-2);
  }
  .node-tools button:hover,
  .zoom button:hover {
    background: var(--hover);
    color: var(--text);
  }
  .zoom {
    position: absolute;
    z-index: var(--z-tool);
    right: 12px;
    bottom: 12px;
    display: flex;
    align-items: center;
    width: 152px;
    height: 34px;
    padding: 0 4px;
    box-sizing: border-box;
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: var(--r-card);
    box-shadow: var(--shadow-rest);
  }
  .zoom .num {
    flex: 1;
    text-align: center;
    font-size: 12px;
    font-weight: var(--w-medium);
    color: var(--text-2);
    font-variant-numeric: tabular-nums;
  }
  button:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 1px;
  }
`;
