/** One figure of a bench with the goal it is held to. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Percent by which the figure would differ if it were measured again; absent: not known. */
  readonly spread?: number;
  /** `<= 40` and the like; absent: for information. */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
}

/** A bench: gives its figures. */
export interface Bench {
  readonly name: string;
  run(note: (text: string) => void): Promise<readonly Figure[]>;
}

/** Whether a figure meets its goal; one without a goal does. */
export function meetsGoal(figure: Figure): boolean {
  if (figure.goal === undefined) return true;
  return 'atMost' in figure.goal ? figure.value <= figure.goal.atMost : figure.value >= figure.goal.atLeast;
}

/** The figures of a bench as a table. */
export function renderFigures(name: string, figures: readonly Figure[]): string {
  const width = Math.max(...figures.map((figure) => figure.name.length));
  const lines = figures.map((figure) => {
    const mark = figure.goal === undefined ? ' ' : meetsGoal(figure) ? '✓' : '✗';
    return `  ${mark} ${figure.name.padEnd(width)}  ${String(figure.value).padStart(9)} ${figure.unit}${renderSpread(figure)}${renderGoal(figure)}`;
  });
  return [name, ...lines].join('\n');
}

function renderSpread({ spread }: Figure): string {
  return spread === undefined ? '' : ` ± ${spread.toFixed(1)} %`;
}

function renderGoal({ goal }: Figure): string {
  if (goal === undefined) return '';
  return 'atMost' in goal ? `   (goal <= ${goal.atMost})` : `   (goal >= ${goal.atLeast})`;
}
