import { css } from 'lit';

/** Styles that the pages of the settings share. */
export const settingsStyles = css`
  :host {
    display: block;
  }
  .column {
    max-width: 520px;
    display: flex;
    flex-direction: column;
    gap: 16px;
  }
  section + section {
    margin-top: 28px;
    padding-top: 24px;
    border-top: 1px solid var(--hairline);
  }
  .head {
    display: flex;
    align-items: flex-start;
    gap: 12px;
    margin-bottom: 16px;
  }
  .head p {
    color: var(--text-2);
    margin-top: 2px;
  }
  .inline {
    display: flex;
    gap: 8px;
    align-items: flex-end;
    flex-wrap: wrap;
  }
  .tall {
    --pb-row: 48px;
  }
  .limit {
    width: 120px;
  }
  .audit-filters {
    margin-bottom: 16px;
  }
  .audit-filters > pb-search {
    flex: 2;
    min-width: 200px;
  }
  .audit-filters > pb-input {
    flex: 1;
    min-width: 130px;
    max-width: 180px;
  }
  .make .inline > pb-input {
    flex: 1;
    min-width: 180px;
  }
  .once {
    margin-bottom: 16px;
    align-items: center;
  }
  .once code {
    overflow-wrap: anywhere;
  }
  .make {
    max-width: 640px;
    margin-bottom: 16px;
  }
  form {
    display: flex;
    flex-direction: column;
    gap: 16px;
  }
`;
