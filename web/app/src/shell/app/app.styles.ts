import { css } from 'lit';

/** Styles of the shell that are not in `shell.css`. */
export const appStyles = css`
  :host {
    display: block;
    height: 100%;
  }
  .skip {
    position: fixed;
    top: 8px;
    left: 8px;
    z-index: var(--z-toast);
    translate: 0 -60px;
  }
  .skip:focus {
    translate: 0 0;
  }
  .brand {
    color: var(--text);
  }
  .brand:hover,
  .rail a:hover {
    text-decoration: none;
  }
  .brand:focus-visible,
  .rail a:focus-visible {
    outline-offset: -2px;
  }
  main {
    outline: none;
    display: block;
  }
  .editor {
    grid-column: 2;
    grid-row: 1 / 3;
    min-width: 0;
    min-height: 0;
    background: var(--surface);
  }
  .is-narrow .brand span,
  .is-narrow .rail a > span:not(.pip) {
    display: block;
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .bare {
    height: 100%;
    overflow: auto;
    background: var(--surface);
  }
  .pip.warn {
    background: var(--warning-mark);
  }
  /* Below the top bar: what is said there about saving can still be read and pressed. */
  .lost {
    position: fixed;
    inset: 56px 16px auto;
    width: fit-content;
    margin-inline: auto;
    z-index: var(--z-toast);
    box-shadow: var(--shadow-float);
  }
  .tenant {
    font-weight: var(--w-medium);
  }
  @media (max-width: 640px) {
    .topbar {
      padding: 0 8px;
    }
  }
`;
