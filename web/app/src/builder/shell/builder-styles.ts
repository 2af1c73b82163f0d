import { css } from 'lit';
import { baseStyles } from '../../styles/base-styles.ts';

/** What the tabs of the builder share: content, pane at the right, sections, two columns of fields. */
export const builderTabStyles = [
  baseStyles,
  css`
    :host {
      display: block;
      min-width: 0;
    }
    .bgrid {
      display: grid;
      grid-template-columns: 136px minmax(0, 1fr) 300px;
      gap: 36px;
      padding: 24px 32px 48px;
      max-width: 1280px;
    }
    .bmain {
      display: flex;
      flex-direction: column;
      gap: 28px;
      min-width: 0;
    }
    .sect {
      scroll-margin-top: 16px;
    }
    .sect > header {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 28px;
      margin-bottom: 12px;
    }
    .sect > .lead {
      color: var(--text-2);
      margin: -8px 0 12px;
    }
    .form2 {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 16px;
      align-items: start;
    }
    .form2 > .wide {
      grid-column: 1 / -1;
    }
    .side {
      display: flex;
      flex-direction: column;
      gap: 24px;
      min-width: 0;
    }
    @media (max-width: 1180px) {
      .bgrid {
        grid-template-columns: 112px minmax(0, 1fr) 248px;
        gap: 24px;
        padding-inline: 24px;
      }
    }
    @media (max-width: 900px) {
      .bgrid {
        grid-template-columns: minmax(0, 1fr);
        padding-inline: 16px;
      }
      .form2 {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
];
