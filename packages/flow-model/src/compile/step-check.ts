import type { ErrorCode } from '@patchbay/errors';
import type { FlowDocument } from '../document/flow-document.ts';
import type { FlowIssue } from '../document/issue.ts';
import type { Step, StepOf } from '../document/step.ts';
import type { ExpressionProblem } from '../expression/check/problem.ts';
import type { SchemaReader } from '../graph/scope-schema.ts';
import type { CheckCatalog } from './catalog.ts';

/** A step under check, with all that the check may ask. */
export interface StepCheck<Kind extends Step['kind'] = Step['kind']> {
  readonly document: FlowDocument;
  readonly step: StepOf<Kind>;
  readonly schemas: SchemaReader;
  readonly catalog: CheckCatalog;
}

/** An issue of a step. */
export function stepIssue(step: Step, code: ErrorCode, message: string): FlowIssue {
  return { severity: 'error', code, message, step: step.key };
}

/** Gives problems of a formula their place in the step. */
export function atField(step: Step, field: string, problems: readonly ExpressionProblem[]): FlowIssue[] {
  return problems.map(({ field: inner, ...problem }) => ({ ...problem, step: step.key, field: field + inner }));
}
