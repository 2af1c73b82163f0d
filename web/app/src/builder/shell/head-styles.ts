import { css } from 'lit';

/** Look of the head of the builder. */
export const headStyles = css`
  :host {
    display: block;
  }
  .bhead {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 12px;
    padding: 20px 32px 12px;
  }
  .sub {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 4px;
  }
  .acts {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .saved {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-right: 4px;
    font-size: var(--fs-12);
    color: var(--text-3);
    white-space: nowrap;
  }
  .saved.is-bad {
    color: var(--danger);
    font-weight: var(--w-medium);
  }
  .saved .i {
    color: inherit;
  }
  .ring {
    color: inherit;
  }
  @media (max-width: 1180px) {
    .bhead {
      padding-inline: 24px;
    }
  }
`;
