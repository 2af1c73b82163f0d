import { css } from 'lit';

/** Look of the lifecycle page. */
export const lifecycleStyles = css`
  .crumb {
    margin-bottom: 8px;
  }
  .page-head .sub {
    gap: 8px;
    margin-top: 2px;
  }
  .choose {
    max-width: 372px;
    margin-bottom: 16px;
  }
  .deprecation {
    margin-bottom: 16px;
  }
  .deprecation a {
    text-decoration: underline;
  }
  .line {
    display: flex;
    margin: 8px 0 28px;
    padding: 16px;
    border: 1px solid var(--border);
    border-radius: var(--r-card);
  }
  .station {
    position: relative;
    flex: 1 1 0;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 4px;
    min-width: 0;
    padding-right: 12px;
  }
  .station:last-child {
    flex: 0 1 auto;
    padding-right: 0;
  }
  .stop {
    position: relative;
    z-index: 1;
    display: grid;
    place-items: center;
    width: 20px;
    height: 20px;
    margin-bottom: 4px;
    border: 1.5px solid var(--border);
    border-radius: 50%;
    background: var(--surface);
    color: var(--text-2);
  }
  .station:not(:last-child)::before {
    content: '';
    position: absolute;
    top: 9px;
    left: 20px;
    right: 0;
    border-top: 1.5px dashed var(--border);
  }
  .station.is-passed::before {
    border-top-style: solid;
    border-color: var(--control);
  }
  .is-passed .stop {
    border-color: var(--control);
    background: var(--neutral-tint);
  }
  .is-here .stop {
    border: 6px solid var(--text);
  }
  .name {
    min-height: 22px;
    line-height: 22px;
    color: var(--text-2);
  }
  .is-ahead .name {
    color: var(--text-3);
  }
  .when {
    overflow-wrap: anywhere;
  }
  .cols {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 320px;
    gap: 32px;
    align-items: start;
  }
  .main-col {
    display: flex;
    flex-direction: column;
    gap: 28px;
    min-width: 0;
  }
  .sect > header {
    min-height: 28px;
    margin-bottom: 8px;
  }
  .act {
    display: flex;
    align-items: center;
    gap: 16px;
    padding: 12px 0;
    border-bottom: 1px solid var(--hairline);
  }
  .act p {
    margin-top: 2px;
    line-height: var(--lh);
  }
  ul > .act:first-child {
    border-top: 1px solid var(--hairline);
  }
  .not-now {
    margin: 20px 0 8px;
  }
  .refused .act {
    padding: 6px 0;
  }
  .refused .grow {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    align-items: baseline;
  }
  .refused .h3 {
    flex: 0 0 160px;
    font-weight: var(--w-medium);
    color: var(--text-2);
  }
  .card-in {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 16px;
  }
  .card-in + .card-in {
    border-top: 1px solid var(--hairline);
  }
  .facts dd {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .first-up::first-letter {
    text-transform: uppercase;
  }
  @media (max-width: 900px) {
    .cols {
      grid-template-columns: minmax(0, 1fr);
    }
    .page-head {
      flex-wrap: wrap;
    }
    .line {
      flex-direction: column;
      gap: 12px;
    }
    .station {
      flex-direction: row;
      flex-wrap: wrap;
      align-items: center;
    }
    .stop {
      margin-bottom: 0;
    }
    .station::before {
      display: none;
    }
  }
`;
