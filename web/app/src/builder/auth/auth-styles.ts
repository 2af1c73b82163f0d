import { css } from 'lit';

/** Look of the tab Auth & Credentials. */
export const authStyles = css`
  .part {
    margin-top: 24px;
    scroll-margin-top: 16px;
  }
  .part > h3 {
    margin-bottom: 12px;
  }
  .part > .lead {
    color: var(--text-2);
    margin: 2px 0 8px;
  }
  .note {
    margin-top: 16px;
  }
  .fixed-type {
    margin-top: 8px;
  }
  .rows {
    display: flex;
    flex-direction: column;
    gap: 12px;
    margin-bottom: 16px;
  }
  .parameter {
    display: grid;
    grid-template-columns: minmax(0, 1.2fr) minmax(0, 1fr) minmax(0, 1fr) auto;
    gap: 12px;
    align-items: end;
  }
  .below-label {
    padding-top: 24px;
  }
  .side header {
    margin-bottom: 8px;
  }
  .frame {
    padding: 20px;
    border: 1px solid var(--border);
    border-radius: 12px;
    background: var(--canvas);
  }
  .frame > .card {
    display: flex;
    flex-direction: column;
    gap: 14px;
    padding: 16px;
  }
`;
