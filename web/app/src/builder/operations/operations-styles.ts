import { css } from 'lit';

/** The two panes of the tab. */
export const operationsStyles = css`
  .ogrid {
    display: grid;
    grid-template-columns: 264px minmax(0, 1fr);
    min-height: calc(100vh - 172px);
  }
  .ops {
    padding: 12px;
    background: var(--canvas);
    border-right: 1px solid var(--hairline);
    min-width: 0;
  }
  .ops .sect > header {
    flex-wrap: wrap;
    margin-bottom: 8px;
    padding-left: 4px;
  }
  .ops .sect > header > h2 {
    min-width: max-content;
  }
  .from {
    padding: 12px 10px;
    font-size: var(--fs-12);
    line-height: 17px;
    color: var(--text-2);
    overflow-wrap: anywhere;
  }
  .none {
    align-self: start;
    padding-top: 32px;
  }
  @media (max-width: 1180px) {
    .ogrid {
      grid-template-columns: 232px minmax(0, 1fr);
    }
  }
  @media (max-width: 800px) {
    .ogrid {
      grid-template-columns: minmax(0, 1fr);
    }
    .ops {
      border-right: 0;
      border-bottom: 1px solid var(--hairline);
    }
  }
`;
