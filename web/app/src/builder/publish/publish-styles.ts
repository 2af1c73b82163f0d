import { css } from 'lit';

/** Look of the tab Publish. */
export const publishStyles = css`
  .bgrid {
    grid-template-columns: 112px minmax(0, 1fr) 340px;
  }
  .number {
    display: grid;
    grid-template-columns: 140px minmax(0, 1fr);
    gap: 16px;
    margin-bottom: 8px;
  }
  .changes {
    border-top: 1px solid var(--hairline);
  }
  .cg {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 36px;
    padding: 4px 0;
    border-bottom: 1px solid var(--hairline);
  }
  .sg {
    display: inline-grid;
    place-items: center;
    width: 18px;
    height: 18px;
    border-radius: var(--r-pill);
    font-weight: var(--w-strong);
    flex: none;
  }
  .sg-added {
    background: var(--success-tint);
    color: var(--success);
  }
  .sg-changed {
    background: var(--warning-tint);
    color: var(--warning);
  }
  .sg-removed {
    background: var(--danger-tint);
    color: var(--danger);
  }
  .aff {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 40px;
    border-bottom: 1px solid var(--hairline);
  }
  .helps {
    display: flex;
    align-items: center;
    gap: 12px;
    color: var(--text-3);
  }
  @media (max-width: 1180px) {
    .bgrid {
      grid-template-columns: 104px minmax(0, 1fr) 280px;
    }
  }
  @media (max-width: 900px) {
    .bgrid {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
