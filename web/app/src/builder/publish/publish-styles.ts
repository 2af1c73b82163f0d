import { css } from 'lit';

/** Look of the tab Publish. */
export const publishStyles = css`
  .bgrid {
    grid-template-columns: minmax(0, 1fr) 372px;
  }
  .number {
    display: grid;
    grid-template-columns: 140px minmax(0, 1fr);
    gap: 16px;
    margin-bottom: 8px;
  }
  .opts {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  .opt {
    position: relative;
    display: flex;
    gap: 10px;
    align-items: flex-start;
    padding: 12px;
    border: 1px solid var(--border);
    border-radius: var(--r-card);
  }
  .opt.is-on {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  .opt.is-off {
    background: var(--sunken);
    color: var(--text-2);
  }
  .opt input {
    width: 16px;
    height: 16px;
    margin: 1px 0 0;
    accent-color: var(--accent);
  }
  .opt .i {
    color: var(--text-3);
  }
  .opt .text {
    display: block;
    margin-top: 1px;
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
      grid-template-columns: minmax(0, 1fr) 300px;
    }
    .opts {
      grid-template-columns: 1fr;
    }
  }
  @media (max-width: 900px) {
    .bgrid {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
