import { css } from 'lit';

/** The list of operations at the left. */
export const operationListStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  pb-search {
    --pb-input-height: var(--control-h-small);
    margin-bottom: 8px;
  }
  .op {
    position: relative;
    display: flex;
    align-items: center;
    border-radius: var(--r-control);
    content-visibility: auto;
    contain-intrinsic-size: auto 44px;
  }
  .op:hover {
    background: var(--hover);
  }
  .op.is-on {
    background: var(--surface);
    box-shadow:
      0 0 0 1px var(--border),
      var(--shadow-rest);
    content-visibility: visible;
  }
  .op.is-drop {
    box-shadow: 0 -2px 0 var(--accent);
  }
  .pick {
    flex: 1;
    min-width: 0;
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 36px;
    padding: 4px 10px;
    border-radius: var(--r-control);
  }
  .pick:focus-visible {
    outline-offset: -2px;
  }
  .verb {
    min-width: 50px;
  }
  .words {
    flex: 1;
    min-width: 0;
    display: grid;
  }
  .is-on .words > :first-child {
    font-weight: var(--w-medium);
  }
  .about {
    line-height: 16px;
  }
  .state .g {
    width: 14px;
    height: 14px;
    display: block;
    --knock: var(--surface);
  }
  .is-passed {
    color: var(--success-mark);
  }
  .is-failed {
    color: var(--danger-mark);
  }
  .is-changed .g {
    color: var(--text-3);
  }
  .op pb-menu {
    position: absolute;
    right: 4px;
    background: inherit;
    opacity: 0;
  }
  .op:hover pb-menu,
  .op:focus-within pb-menu {
    opacity: 1;
    background: var(--surface);
    border-radius: var(--r-pill);
  }
  .op:hover .state,
  .op:focus-within .state {
    margin-right: 22px;
  }
  .nothing {
    padding: 12px 10px;
  }
`;
