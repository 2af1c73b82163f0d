import { css } from 'lit';

/** Styles of the connector page. */
export const connectorStyles = css`
  .crumb {
    margin-bottom: 8px;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 16px;
    align-items: center;
    margin-bottom: 16px;
  }
  .head p {
    margin-top: 4px;
  }
  .deprecation {
    margin-bottom: 16px;
  }
  .deprecation a {
    text-decoration: underline;
  }
  .grid {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 300px;
    gap: 40px;
    padding-top: 20px;
  }
  .needs {
    display: flex;
    gap: 12px;
    padding: 14px 16px;
    border: 1px solid var(--border);
    border-radius: 8px;
    margin-bottom: 24px;
  }
  .needs > .i {
    color: var(--accent);
    margin-top: 1px;
  }
  .operation > summary {
    display: grid;
    grid-template-columns: 60px minmax(120px, 1fr) minmax(0, 1.6fr) 130px 16px;
    gap: 12px;
    align-items: center;
    min-height: 40px;
    border-bottom: 1px solid var(--hairline);
    cursor: default;
    list-style: none;
  }
  .operation > summary::-webkit-details-marker {
    display: none;
  }
  .operation > summary:hover {
    background: var(--hover);
  }
  .operation[open] > summary {
    border-bottom-color: transparent;
  }
  .operation[open] > summary > .i {
    rotate: 180deg;
  }
  .operation > summary > .i {
    color: var(--text-3);
  }
  .processors {
    margin-top: 28px;
  }
  .processor {
    display: flex;
    gap: 12px;
    padding: 12px 0;
    border-bottom: 1px solid var(--hairline);
  }
  .processor > .i {
    color: var(--text-3);
    margin-top: 2px;
  }
  .processor a {
    text-decoration: underline;
  }
  .operation .about {
    padding: 0 0 10px;
    color: var(--text-2);
    max-width: 680px;
  }
  .column-heads {
    display: grid;
    grid-template-columns: 60px minmax(120px, 1fr) minmax(0, 1.6fr) 130px 16px;
    gap: 12px;
    height: 36px;
    align-items: center;
    font-size: 12px;
    font-weight: 500;
    color: var(--text-3);
    border-bottom: 1px solid var(--hairline);
  }
  .schemas {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 12px;
    padding: 0 0 14px;
    border-bottom: 1px solid var(--hairline);
  }
  .schemas > div {
    background: var(--sunken);
    border-radius: 8px;
    padding: 10px 12px;
    min-width: 0;
    overflow: hidden;
  }
  .side section + section {
    margin-top: 24px;
    padding-top: 20px;
    border-top: 1px solid var(--hairline);
  }
  .side h2 {
    margin-bottom: 10px;
  }
  .version {
    padding: 10px 0;
    border-bottom: 1px solid var(--hairline);
  }
  .version:last-child {
    border: 0;
  }
  .version p {
    margin-top: 2px;
    color: var(--text-2);
  }
  .facts dd {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  @media (max-width: 640px) {
    .head .row {
      flex-wrap: wrap;
    }
    .schemas {
      grid-template-columns: minmax(0, 1fr);
    }
    .column-heads {
      display: none;
    }
    .operation > summary {
      grid-template-columns: 44px minmax(0, 1fr) 16px !important;
    }
    .operation > summary > .repeat {
      display: none;
    }
  }
  @media (max-width: 1024px) {
    .grid {
      grid-template-columns: minmax(0, 1fr);
    }
    .operation > summary,
    .column-heads {
      grid-template-columns: 60px minmax(0, 1fr) 130px 16px;
    }
    .path {
      display: none;
    }
  }
`;
