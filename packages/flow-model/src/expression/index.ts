export { escapePointer, evaluateFormula, renderTemplate, resolveBinding } from './evaluate.ts';
export { findFunction, functionTable } from './functions/function-table.ts';
export { type FunctionGroup, type FunctionParameter, type FunctionRow } from './functions/function-row.ts';
export { parseIsoDate } from './functions/iso-date.ts';
export { sha256 } from './functions/sha256.ts';
export { maxSourceLength } from './parse.ts';
export {
  listBindingReferences,
  listReferences,
  parsePill,
  renameInBinding,
  renameInTemplate,
  renameReference,
  writePath,
  type Pill,
  type Reference,
} from './references.ts';
export { reservedStepKeys } from './reserved-words.ts';
export { maxSteps, newBudget, type Budget } from './runtime.ts';
export { splitTemplate, type TemplatePart } from './template.ts';
export { type ExpressionScope } from './value.ts';
export {
  checkBinding,
  checkFields,
  checkFormula,
  checkTemplate,
  inferBinding,
  inferType,
  labelOf,
  type CheckOptions,
  type ScopeLookup,
  type ScopeSchemas,
} from './check/check.ts';
export { type ExpressionProblem } from './check/problem.ts';
