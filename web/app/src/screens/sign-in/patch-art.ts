import { css, svg, html, type TemplateResult } from 'lit';

const columns = [60, 132, 204, 276, 348, 420, 492, 564, 636];
const rows = [130, 202, 430, 502, 690, 762];
const cables: readonly { readonly look: string; readonly path: string; readonly ends: readonly [number, number][] }[] =
  [
    {
      look: 'c2',
      path: 'M348 130C348 280 492 352 492 202',
      ends: [
        [348, 130],
        [492, 202],
      ],
    },
    {
      look: 'c2',
      path: 'M564 130C564 280 636 652 636 502',
      ends: [
        [564, 130],
        [636, 502],
      ],
    },
    {
      look: 'c3',
      path: 'M204 202C204 352 420 580 420 430',
      ends: [
        [204, 202],
        [420, 430],
      ],
    },
    {
      look: 'c1',
      path: 'M132 130C132 280 276 580 276 430',
      ends: [
        [132, 130],
        [276, 430],
      ],
    },
    {
      look: 'c3',
      path: 'M132 430C132 580 204 840 204 690',
      ends: [
        [132, 430],
        [204, 690],
      ],
    },
    {
      look: 'c2',
      path: 'M492 502C492 652 564 912 564 762',
      ends: [
        [492, 502],
        [564, 762],
      ],
    },
    {
      look: 'c2',
      path: 'M348 690C348 840 420 840 420 690',
      ends: [
        [348, 690],
        [420, 690],
      ],
    },
  ];

const isPlugged = (x: number, y: number): boolean =>
  cables.some((cable) => cable.ends.some(([endX, endY]) => endX === x && endY === y));

/** Styles of {@link patchArt}. */
export const patchArtStyles = css`
  .art {
    background: var(--canvas);
    border-left: 1px solid var(--hairline);
    position: relative;
    overflow: hidden;
  }
  .art svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .jack {
    fill: var(--surface);
    stroke: var(--border);
    stroke-width: 1.25;
  }
  .free {
    fill: var(--sunken);
    stroke: var(--edge-idle);
  }
  .plugged {
    fill: var(--text-2);
  }
  .cable {
    fill: none;
    stroke-width: 3.5;
    stroke-linecap: round;
  }
  .c1 {
    stroke: var(--accent);
  }
  .c2 {
    stroke: var(--edge-idle);
  }
  .c3 {
    stroke: var(--edge);
  }
  .art text {
    font: 500 12px var(--font);
    fill: var(--text-3);
    text-anchor: middle;
  }
`;

/** The patch bay beside the sign-in form. */
export function patchArt(): TemplateResult {
  const jacks = rows.flatMap((y) =>
    columns.map(
      (x) =>
        svg`<circle class="jack" cx=${x} cy=${y} r="13"/><circle class=${isPlugged(x, y) ? 'plugged' : 'free'} cx=${x} cy=${y} r="5.5"/>`,
    ),
  );
  return html`<aside class="art" aria-hidden="true">
    <svg viewBox="0 0 720 900" preserveAspectRatio="xMidYMid slice">
      ${jacks}
      <text x="132" y="104">Order</text>
      <text x="348" y="104">Stock</text>
      <text x="564" y="104">Mail</text>
      ${cables.map((cable) => svg`<path class="cable ${cable.look}" d=${cable.path}/>`)}
    </svg>
  </aside>`;
}
