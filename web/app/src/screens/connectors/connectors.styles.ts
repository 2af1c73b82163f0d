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
  .sub a {
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
  pb-menu {
    position: relative;
    z-index: 1;
    margin: -3px -6px 0 0;
  }
  .slug {
    display: block;
    color: var(--text-3);
  }
  .foot {
    flex-wrap: wrap;
  }
  .card.is-off {
    background: var(--canvas);
    border-color: var(--hairline);
  }
  .card.is-off .tile {
    filter: saturate(0);
  }
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
