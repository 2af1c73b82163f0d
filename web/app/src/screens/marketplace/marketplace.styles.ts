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
  .name-row {
    flex-wrap: wrap;
    min-height: 20px;
    gap: 2px 6px;
  }
  .name-row > .h2 {
    flex: 1 1 110px;
  }
  .card {
    --pad: 14px;
  }
  .description {
    margin: 10px 0 12px;
  }
  .foot {
    gap: 6px;
    min-height: 36px;
    padding-block: 0;
    color: var(--text-3);
  }
  .match {
    display: flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
    color: var(--text-2);
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
