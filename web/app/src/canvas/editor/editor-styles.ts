import { css } from 'lit';

/** The editor page: own top bar, palette, canvas, panel, drawer. */
export const editorStyles = css`
  :host {
    display: grid;
    grid-template: var(--topbar) minmax(0, 1fr) / minmax(0, 1fr);
    height: 100%;
    min-width: 0;
    min-height: 0;
  }
  .topbar {
    grid-row: 1;
  }
  .name {
    height: 28px;
    max-width: 320px;
    min-width: 60px;
    field-sizing: content;
    padding: 0 5px;
    margin: 0 -2px 0 -5px;
    border: 1px solid transparent;
    border-radius: 5px;
    background: none;
    font: var(--w-strong) var(--fs-13) / 1 var(--font);
    text-overflow: ellipsis;
  }
  .name:hover {
    border-color: var(--hairline);
  }
  .name:focus {
    border-color: var(--accent);
    outline: 1px solid var(--accent);
  }
  .bar-tabs {
    align-self: stretch;
    margin-left: 12px;
    border: 0;
  }
  .bar-tabs > * {
    height: 47px;
  }
  .bar-tabs > :hover {
    color: var(--text);
    text-decoration: none;
  }
  .saved {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--text-3);
    font-size: 12px;
    margin-right: 6px;
    white-space: nowrap;
  }
  .saved.is-bad {
    color: var(--danger);
  }
  .editor {
    display: grid;
    grid-template: minmax(0, 1fr) auto / 208px minmax(0, 1fr) 0;
    min-height: 0;
    min-width: 0;
  }
  .editor.has-panel {
    grid-template-columns: 208px minmax(0, 1fr) 500px;
  }
  .editor.has-narrow-panel {
    grid-template-columns: 208px minmax(0, 1fr) 400px;
  }
  .left {
    grid-row: 1 / 3;
    grid-column: 1;
    display: flex;
    flex-direction: column;
    background: var(--surface);
    border-right: 1px solid var(--hairline);
    min-height: 0;
  }
  .left pb-tabs {
    flex: none;
    --pb-tabs-inset: 12px;
  }
  .pal-foot {
    display: flex;
    align-items: center;
    gap: 7px;
    height: 40px;
    padding: 0 16px;
    border-top: 1px solid var(--hairline);
    color: var(--text-2);
    font-weight: 500;
    flex: none;
  }
  .stage {
    grid-row: 1;
    grid-column: 2;
    position: relative;
    min-width: 0;
    min-height: 0;
  }
  pb-flow-canvas {
    position: absolute;
    inset: 0;
  }
  .panel {
    grid-row: 1 / 3;
    grid-column: 3;
    border-left: 1px solid var(--hairline);
    min-height: 0;
  }
  .panel.is-loading {
    padding: 16px;
    background: var(--surface);
  }
  .drawer {
    grid-row: 2;
    grid-column: 2;
    min-width: 0;
  }
  .tools {
    position: absolute;
    z-index: var(--z-tool);
    left: 12px;
    top: 12px;
    display: flex;
    flex-direction: column;
    gap: 2px;
    padding: 3px;
    background: var(--surface);
    border: 1px solid var(--border);
    border-radius: var(--r-card);
    box-shadow: var(--shadow-rest);
  }
  .tools .btn-icon {
    width: 30px;
    height: 30px;
  }
  .tools .btn[disabled] {
    background: none;
    opacity: 0.55;
  }
  .tools hr {
    border: 0;
    border-top: 1px solid var(--hairline);
    margin: 2px 3px;
    align-self: stretch;
  }
  .find-bar {
    position: absolute;
    z-index: var(--z-tool);
    left: 60px;
    top: 12px;
    width: 260px;
    display: flex;
    gap: 4px;
    background: var(--surface);
    border-radius: var(--r-control);
  }
  .stage-note {
    position: absolute;
    z-index: var(--z-tool);
    left: 50%;
    bottom: 16px;
    transform: translateX(-50%);
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 6px 8px 6px 12px;
    background: var(--raised);
    border-radius: var(--r-card);
    box-shadow: var(--shadow-float);
    white-space: nowrap;
  }
  .page-in {
    max-width: 1100px;
  }
  .slim {
    display: none;
  }
  @media (max-width: 1100px) {
    .editor,
    .editor.has-panel,
    .editor.has-narrow-panel {
      grid-template-columns: 0 minmax(0, 1fr) 0;
    }
    .editor.has-panel,
    .editor.has-narrow-panel {
      grid-template-columns: 0 minmax(0, 1fr) 384px;
    }
    .editor.is-palette-shown {
      grid-template-columns: 208px minmax(0, 1fr) 0;
    }
    .editor:not(.is-palette-shown) .left {
      display: none;
    }
    .editor.is-palette-shown .panel {
      display: none;
    }
    .wide {
      display: none;
    }
    .slim {
      display: inline-flex;
    }
  }
`;
