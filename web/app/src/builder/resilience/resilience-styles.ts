import { css } from 'lit';

/** Layout of the tab and the two pictures. */
export const resilienceStyles = css`
  .rgrid {
    display: grid;
    grid-template-columns: 112px minmax(0, 400px) minmax(0, 1fr);
    gap: 36px;
    padding: 24px 32px 48px;
    max-width: 1280px;
    align-items: start;
  }
  .group {
    scroll-margin-top: 16px;
  }
  .group + .group {
    margin-top: 20px;
  }
  .st {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 28px 132px;
    gap: 6px;
    align-items: center;
    min-height: 64px;
    padding: 10px 0;
    border-bottom: 1px solid var(--hairline);
  }
  .name {
    display: flex;
    align-items: center;
    gap: 6px;
    font-weight: var(--w-medium);
  }
  .name .dot {
    color: var(--accent);
  }
  .st .value {
    text-align: right;
    grid-column: 3;
  }
  .all {
    margin-top: 14px;
  }
  .pics {
    display: flex;
    flex-direction: column;
    gap: 20px;
    min-width: 0;
  }
  .pic {
    border: 1px solid var(--border);
    border-radius: 12px;
    padding: 16px 20px 12px;
    min-width: 0;
  }
  .pic header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 10px;
    margin-bottom: 8px;
  }
  .pic svg {
    display: block;
    height: auto;
  }
  svg text {
    font: 400 12px var(--font);
    fill: var(--text-3);
  }
  .grid {
    stroke: var(--hairline);
  }
  .tl .a {
    fill: var(--danger-tint);
    stroke: var(--danger-mark);
    stroke-width: 1.25;
  }
  .tl .an {
    fill: var(--danger);
    font-weight: 600;
  }
  .tl .w {
    stroke: var(--edge);
    stroke-width: 1.5;
    stroke-dasharray: 2 4;
    stroke-linecap: round;
  }
  .tl .wl,
  .bg {
    fill: var(--surface);
  }
  .tl .wt {
    fill: var(--text-2);
    font-weight: 500;
  }
  .tl .end {
    stroke: var(--danger-mark);
    stroke-width: 1.5;
  }
  .tl .et {
    fill: var(--danger);
    font-weight: 500;
  }
  .cir .n {
    fill: var(--surface);
    stroke: var(--border);
  }
  .cir .l {
    fill: none;
    stroke: var(--edge);
    stroke-width: 1.5;
  }
  .cir .d {
    stroke-dasharray: 5 4;
  }
  .cir marker path {
    fill: var(--edge);
  }
  .cir text {
    fill: var(--text-2);
  }
  .cir .nt {
    fill: var(--text);
    font-weight: 600;
    font-size: 13px;
  }
  .s-ok {
    fill: var(--success-mark);
  }
  .s-bad {
    fill: var(--danger-mark);
  }
  .s-run {
    fill: var(--running-mark);
  }
  .kpis {
    display: flex;
    margin-top: 12px;
    padding-top: 12px;
    border-top: 1px solid var(--hairline);
  }
  .kpis > div {
    flex: 1;
  }
  .kpis > div + div {
    border-left: 1px solid var(--hairline);
    padding-left: 16px;
  }
  .kpis dd {
    font-size: var(--fs-16);
    line-height: 22px;
    font-weight: var(--w-strong);
    letter-spacing: -0.01em;
  }
  @media (max-width: 1180px) {
    .rgrid {
      grid-template-columns: 92px minmax(0, 1fr) minmax(0, 1fr);
      gap: 20px;
      padding-inline: 24px;
    }
  }
  @media (max-width: 900px) {
    .rgrid {
      grid-template-columns: minmax(0, 1fr);
      padding-inline: 16px;
    }
  }
`;
