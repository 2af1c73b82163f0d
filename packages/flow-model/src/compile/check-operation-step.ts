import type { FlowIssue } from '../document/issue.ts';
import type { JsonSchema } from '../document/json.ts';
import { checkFields } from '../expression/check/check.ts';
import { findOperationShape, type ConnectorShape } from './catalog.ts';
import { atField, stepIssue, type StepCheck } from './step-check.ts';

/** Problems of an operation step: connector, operation, connection and input. */
export function checkOperationStep(check: StepCheck<'operation'>): FlowIssue[] {
  const { step, schemas, catalog } = check;
  const found = catalog.resolveOperation(step.connector, step.version, step.operation);
  if (!found) {
    return [
      stepIssue(step, 'connector_not_found', `The connector ${step.connector} ${step.version} is not available.`),
    ];
  }
  const operation = findOperationShape(found.manifest, step.operation);
  if (!operation) {
    const message = `${found.manifest.name} ${step.version} has no operation "${step.operation}".`;
    return [stepIssue(step, 'operation_unknown', message), ...checkConnection(check, found.manifest)];
  }
  const options = { scopeSchema: schemas.lookupFor(step.key), expected: operation.input as JsonSchema };
  const deprecated: FlowIssue[] = operation.deprecated
    ? [
        {
          ...stepIssue(
            step,
            'version_deprecated',
            `"${operation.title}" is deprecated. ${operation.deprecated.message}`,
          ),
          severity: 'warning',
        },
      ]
    : [];
  return [
    ...checkConnection(check, found.manifest),
    ...atField(step, '/input', checkFields(step.input, options)),
    ...deprecated,
  ];
}

function checkConnection({ step, catalog }: StepCheck<'operation'>, manifest: ConnectorShape): FlowIssue[] {
  const problem = (code: FlowIssue['code'], message: string): FlowIssue[] => [
    { ...stepIssue(step, code, message), field: '/connectionId' },
  ];
  if (step.connectionId === undefined) {
    const isFree = manifest.auth.some(({ type }) => type === 'none');
    return isFree ? [] : problem('connection_required', `"${step.title}" needs a connection to ${manifest.name}.`);
  }
  if (!catalog.resolveConnection) return [];
  const connection = catalog.resolveConnection(step.connectionId);
  if (!connection) return problem('connection_not_found', `The connection of "${step.title}" does not exist any more.`);
  if (connection.connectorSlug !== step.connector) {
    return problem('connection_auth_mismatch', `The connection "${connection.name}" is not one to ${manifest.name}.`);
  }
  return connection.enabled ? [] : problem('connection_disabled', `The connection "${connection.name}" is disabled.`);
}
