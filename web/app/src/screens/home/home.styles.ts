import { css } from 'lit';

/** Styles of the Home screen. */
export const homeStyles = css`
  .page-head {
    margin-bottom: 18px;
  }
  .pulse {
    margin: 0 0 28px;
  }
  .nums {
    display: flex;
    align-items: baseline;
    flex-wrap: wrap;
    gap: 4px 28px;
    margin-bottom: 14px;
  }
  .nums b {
    font-size: 16px;
    font-weight: 600;
    letter-spacing: -0.01em;
    margin-right: 6px;
  }
  .cols {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 316px;
    gap: 40px;
  }
  .sec-h {
    display: flex;
    align-items: center;
    gap: 8px;
    height: 28px;
    margin-bottom: 8px;
  }
  .needs {
    margin-bottom: 28px;
  }
  .need {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 12px 16px;
    border-bottom: 1px solid var(--hairline);
  }
  .need:last-child {
    border: 0;
  }
  .need > .g,
  .need > .i {
    align-self: flex-start;
    margin-top: 2px;
  }
  .need > .i {
    color: var(--warning-mark);
  }
  .start {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    padding: 10px 12px;
    color: var(--text);
    border-bottom: 1px solid var(--hairline);
  }
  .start:first-child {
    border-radius: 8px 8px 0 0;
  }
  .start:last-child {
    border: 0;
    border-radius: 0 0 8px 8px;
  }
  .start:hover {
    background: var(--hover);
    text-decoration: none;
  }
  .start .i-18 {
    color: var(--accent);
  }
  .start .grow {
    display: flex;
    flex-direction: column;
  }
  .now {
    display: flex;
    align-items: center;
    gap: 8px;
    height: 32px;
    color: var(--text);
  }
  .side > section + section {
    margin-top: 28px;
  }
  .hello {
    max-width: 640px;
    font-size: var(--fs-14);
    margin-bottom: 24px;
  }
  .firsts {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 12px;
  }
  .first {
    display: flex;
    flex-direction: column;
    gap: 4px;
    padding: 16px;
    color: var(--text);
  }
  .first:hover {
    text-decoration: none;
    border-color: var(--control);
  }
  .first .i {
    color: var(--accent);
    margin-bottom: 8px;
  }
  @media (max-width: 1024px) {
    .cols {
      grid-template-columns: minmax(0, 1fr);
      gap: 28px;
    }
    .firsts {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
