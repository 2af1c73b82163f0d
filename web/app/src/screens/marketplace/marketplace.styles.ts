import { css } from 'lit';

/** Styles of the marketplace. */
export const marketplaceStyles = css`
  .top {
    display: flex;
    align-items: center;
    gap: 12px;
    margin-bottom: 20px;
    --pb-input-height: 38px;
  }
  .grid {
    display: grid;
    grid-template-columns: 184px minmax(0, 1fr);
    gap: 32px;
  }
  .facets section + section {
    margin-top: 18px;
  }
  .facets h2 {
    margin-bottom: 6px;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(270px, 100%), 1fr));
    gap: 12px;
    align-content: start;
  }
  .connector {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    padding: 14px 14px 0;
    border: 1px solid var(--border);
    border-radius: 8px;
    color: var(--text);
    min-width: 0;
  }
  .connector:hover,
  .connector:focus-within {
    border-color: var(--control);
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
  .deprecation {
    margin-bottom: 12px;
    padding: 6px 8px;
  }
  .deprecation a {
    position: relative;
    z-index: 1;
    text-decoration: underline;
  }
  .connector.is-off .h2,
  .connector.is-off .description {
    color: var(--text-3);
  }
  .top-row {
    align-items: flex-start;
    gap: 12px;
  }
  .name-row {
    height: 20px;
    gap: 6px;
  }
  .badge {
    height: 20px;
  }
  .description {
    margin: 10px 0 12px;
    line-height: 18px;
    height: 36px;
    color: var(--text-2);
    overflow: hidden;
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 36px;
    margin: auto -14px 0;
    padding: 0 14px;
    border-top: 1px solid var(--hairline);
    font-size: 12px;
    color: var(--text-3);
    white-space: nowrap;
  }
  .match {
    display: flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
    color: var(--text-2);
  }
  .auth {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-left: auto;
  }
  .vendor {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .vendor .i {
    color: var(--accent);
  }
  mark {
    background: var(--accent-tint);
    color: var(--accent);
    border-radius: 3px;
    padding: 0 2px;
  }
  @media (max-width: 800px) {
    .grid {
      grid-template-columns: minmax(0, 1fr);
    }
    .facets {
      display: none;
    }
  }
`;
