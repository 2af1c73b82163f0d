import { css } from 'lit';

/** Styles of the page of own connectors. */
export const connectorsStyles = css`
  .filters {
    margin-bottom: 20px;
  }
  .filters pb-segmented {
    max-width: 100%;
    overflow-x: auto;
    scrollbar-width: none;
  }
  .filters .end {
    margin-left: auto;
  }
  .sub a,
  .deprecation a {
    text-decoration: underline;
  }
  .explain {
    margin-bottom: 20px;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
    gap: 16px;
    align-content: start;
  }
  .cards > li {
    min-width: 0;
  }
  .card {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    padding: 16px 16px 0;
    border: 1px solid var(--border);
    border-radius: 8px;
    min-width: 0;
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
  pb-menu,
  .deprecation a {
    position: relative;
    z-index: 1;
  }
  pb-menu {
    margin: -3px -6px 0 0;
  }
  .slug {
    display: block;
    color: var(--text-3);
  }
  .description {
    margin: 12px 0 14px;
    line-height: 18px;
    min-height: 36px;
    max-height: 36px;
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
  .foot {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px 8px;
    min-height: 40px;
    margin: auto -16px 0;
    padding: 4px 16px;
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
  .card.is-off {
    background: var(--canvas);
    border-color: var(--hairline);
  }
  .card.is-off .tile {
    filter: saturate(0);
  }
  .card.is-off .h2,
  .card.is-off .description,
  .card.is-off .foot {
    color: var(--text-3);
  }
  .card.is-off .h2 {
    font-weight: var(--w-medium);
  }
  .another {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 6px;
    height: 100%;
    min-height: 150px;
    padding: 16px;
    border: 1px dashed var(--edge-idle);
    border-radius: 8px;
    text-align: center;
    color: var(--text);
  }
  .another:hover {
    border-color: var(--control);
    text-decoration: none;
  }
`;
