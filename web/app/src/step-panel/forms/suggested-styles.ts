import { css } from 'lit';

/** Proposals: a dashed field with a ghost pill. */
export const suggestedStyles = css`
  .input.is-suggested {
    border-style: dashed;
  }
  .is-suggested .pill {
    min-width: 0;
  }
  .is-suggested .btn {
    flex: none;
    padding-left: 8px;
  }
  .is-suggested ~ .prev {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: 12px;
    color: var(--text-2);
    margin-top: -1px;
  }
  .is-suggested ~ .prev .i {
    color: var(--text-3);
  }
  .is-suggested ~ .prev .t3 {
    margin-left: auto;
    white-space: nowrap;
  }
`;
