import { css } from 'lit';

/** Look of cards of connectors: `.card` whose name is a link over all of it, a description of two lines and a foot. */
export const cardStyles = css`
  .card {
    --pad: 16px;
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    min-width: 0;
    padding: var(--pad) var(--pad) 0;
    border: 1px solid var(--border);
    border-radius: 8px;
    color: var(--text);
  }
  .card:hover,
  .card:focus-within {
    border-color: var(--control);
  }
  .top-row {
    align-items: flex-start;
    gap: 12px;
  }
  .open {
    color: inherit;
  }
  .open:hover {
    text-decoration: none;
  }
  .open::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: 8px;
  }
  .open:focus-visible {
    outline: none;
  }
  .open:focus-visible::after {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .description {
    margin: 12px 0 14px;
    line-height: 18px;
    height: 36px;
    color: var(--text-2);
    overflow: hidden;
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
  }
  .deprecation {
    margin-bottom: 12px;
    padding: 6px 8px;
  }
  .deprecation a {
    position: relative;
    z-index: 1;
    text-decoration: underline;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 4px 8px;
    min-height: 40px;
    margin: auto calc(-1 * var(--pad)) 0;
    padding: 4px var(--pad);
    border-top: 1px solid var(--hairline);
    font-size: 12px;
    color: var(--text-2);
    white-space: nowrap;
  }
  .badge {
    height: 20px;
  }
  .auth {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-left: auto;
  }
  .card.is-off .h2,
  .card.is-off .description {
    color: var(--text-3);
  }
`;
