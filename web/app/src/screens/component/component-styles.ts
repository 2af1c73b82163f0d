import { css } from 'lit';

/** Look of the pages of a component. */
export const componentStyles = css`
  .crumb {
    color: var(--text-2);
  }
  p a {
    text-decoration: underline;
  }
  .title {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px;
  }
  nav.tabs {
    margin-bottom: 24px;
  }
  nav.tabs a:hover {
    color: var(--text);
    text-decoration: none;
  }
  .manage pb-menu {
    margin-left: -12px;
  }
  .cols {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 372px;
    gap: 24px;
    align-items: start;
  }
  .cols.is-even {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }
  .card-in {
    display: flex;
    flex-direction: column;
    gap: 16px;
    padding: 16px;
  }
  .lead {
    color: var(--text-2);
    margin-bottom: 16px;
    line-height: var(--lh-prose);
  }
  .choose {
    max-width: 372px;
    margin-bottom: 24px;
  }
  .act {
    display: flex;
    align-items: center;
    gap: 16px;
    padding: 12px 0;
    border-bottom: 1px solid var(--hairline);
  }
  .act:first-child {
    border-top: 1px solid var(--hairline);
  }
  .act p {
    margin-top: 2px;
    line-height: var(--lh);
  }
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .facts dd {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  @media (max-width: 900px) {
    .cols,
    .cols.is-even {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
