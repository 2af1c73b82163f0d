/** All problems of a flow: graph, connectors, connections, formulas and inputs. Runs on the server and, live, in the browser. */
import { isAppError, type FieldProblem } from '@patchbay/errors';
import type { FlowDocument } from '../document/flow-document.ts';
import type { FlowIssue } from '../document/issue.ts';
import { parseDocument } from '../document/parse-document.ts';
import { FlowIndex } from '../graph/flow-index.ts';
import { checkGraph } from '../graph/check-graph.ts';
import { SchemaReader } from '../graph/scope-schema.ts';
import { toOperationCatalog, type CheckCatalog } from './catalog.ts';
import { checkStep } from './check-step.ts';

/** All problems of a document, errors and warnings, in the order of the steps. Never throws. */
export function validateDocument(document: FlowDocument, catalog: CheckCatalog): FlowIssue[] {
  const schemas = new SchemaReader(document, toOperationCatalog(catalog)).readAll();
  const active = activeSteps(document);
  return [
    ...checkGraph(document),
    ...checkTrigger(document),
    ...active.flatMap((step) => checkStep({ document, step, schemas, catalog })),
  ];
}

/** The problems of any JSON that should be a flow document. Never throws. */
export function validateJson(json: unknown, catalog: CheckCatalog): FlowIssue[] {
  try {
    return validateDocument(parseDocument(json), catalog);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const fields = Array.isArray(error.details['fields']) ? (error.details['fields'] as FieldProblem[]) : [];
    if (fields.length === 0) return [{ severity: 'error', code: error.code, message: error.message }];
    return fields.map(({ path, message }) => ({ severity: 'error', code: error.code, message, ...placeOf(path) }));
  }
}

/** `/steps/mail/input/to` is step `mail`, field `/input/to`. */
function placeOf(path: string): { step?: string; field?: string } {
  const match = /^\/(?:steps\/([^/]+)|(trigger))(\/.*)?$/.exec(path);
  const step = match?.[1] ?? match?.[2];
  if (step === undefined) return path === '' ? {} : { field: path };
  return match?.[3] === undefined ? { step } : { step, field: match[3] };
}

/** The steps that can run: a disabled step and everything inside it is not checked. */
function activeSteps(document: FlowDocument): FlowDocument['steps'][string][] {
  const index = new FlowIndex(document);
  const isDisabled = (key: string): boolean => document.steps[key]?.disabled === true;
  return Object.values(document.steps).filter(
    (step) => !isDisabled(step.key) && !index.containersOf(step.key).some((container) => isDisabled(container.key)),
  );
}

function checkTrigger(document: FlowDocument): FlowIssue[] {
  if (document.scopes['root']?.steps.length === 0) {
    return [{ severity: 'warning', code: 'flow_invalid', message: 'The flow has no steps yet.' }];
  }
  const { trigger } = document;
  const isSync = trigger.kind === 'webhook' && trigger.reply === 'sync';
  const responds = Object.values(document.steps).filter((step) => step.kind === 'respond');
  if (isSync) return [];
  return responds.map((step) => ({
    severity: 'warning',
    code: 'flow_invalid',
    message: `"${step.title}" answers nobody: only a webhook that waits for the answer has a caller.`,
    step: step.key,
  }));
}
