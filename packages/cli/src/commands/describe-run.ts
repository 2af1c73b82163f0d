import pc from 'picocolors';
import type { Run, RunStep } from '@patchbay/api-contract';

const glyphs: Record<RunStep['state'], string> = {
  pending: pc.dim('·'),
  running: pc.cyan('◌'),
  waiting: pc.cyan('‖'),
  retrying: pc.yellow('↻'),
  succeeded: pc.green('✓'),
  failed: pc.red('✗'),
  skipped: pc.dim('–'),
  cancelled: pc.dim('■'),
};

/** One line for a step: glyph, path, title, time, and what went wrong. */
export function describeStep(step: RunStep): string {
  const took =
    step.started === undefined || step.ended === undefined
      ? ''
      : ` ${Date.parse(step.ended) - Date.parse(step.started)} ms`;
  const attempts = step.attempts > 1 ? `, ${step.attempts} attempts` : '';
  const error = step.error === undefined ? '' : `\n    ${pc.red(step.error.message)} ${pc.dim(`(${step.error.code})`)}`;
  return `${glyphs[step.state]} ${step.path} ${pc.dim(step.title)}${pc.dim(took + attempts)}${error}`;
}

/** A whole run in lines. */
export function describeRun(run: Run): string {
  const lines = [`${run.flowName}: ${run.state}${run.durationMs === undefined ? '' : ` in ${run.durationMs} ms`}`];
  lines.push(...run.steps.map(describeStep));
  if (run.error !== undefined) lines.push(pc.red(run.error.message), pc.dim(run.error.hint ?? ''));
  if (run.reply !== undefined) lines.push(`Reply ${run.reply.status}: ${JSON.stringify(run.reply.body)}`);
  if (run.output !== undefined && run.output !== null) lines.push(`Output: ${JSON.stringify(run.output)}`);
  return lines.filter((line) => line !== '').join('\n');
}
