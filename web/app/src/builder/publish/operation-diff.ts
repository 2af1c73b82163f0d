import type { OperationDefinition, ParameterDefinition } from '@patchbay/manifest';
import { isSame } from '../shell/merge-patch.ts';
import type { DefinitionChange } from './definition-diff.ts';

/** Differences of operations by their name: added, removed, and what changed inside. */
export function diffOperations(
  before: readonly OperationDefinition[],
  after: readonly OperationDefinition[],
): DefinitionChange[] {
  const old = new Map(before.map((operation) => [operation.name, operation]));
  const names = new Set(after.map(({ name }) => name));
  const address = ({ method, path }: OperationDefinition): string => `${method} ${path}`;
  const title = ({ display_name: display }: OperationDefinition): string => `Operation ${display}`;
  return [
    ...after
      .filter(({ name }) => !old.has(name))
      .map((operation): DefinitionChange => ({
        ...{ kind: 'added', subject: title(operation), detail: address(operation), isBreaking: false },
      })),
    ...after.flatMap((operation) => {
      const was = old.get(operation.name);
      return was === undefined ? [] : diffOperation(was, operation);
    }),
    ...before
      .filter(({ name }) => !names.has(name))
      .map((operation): DefinitionChange => ({
        ...{ kind: 'removed', subject: title(operation), detail: address(operation), isBreaking: true },
      })),
  ];
}

function diffOperation(before: OperationDefinition, after: OperationDefinition): DefinitionChange[] {
  const subject = after.display_name;
  const changed = (what: string, detail: string): DefinitionChange => ({
    ...{ kind: 'changed', subject: `${subject}, ${what}`, detail, isBreaking: false },
  });
  const [was, is] = [`${before.method} ${before.path}`, `${after.method} ${after.path}`];
  return [
    ...(was === is ? [] : [changed('address', `${was} to ${is}`)]),
    ...(before.display_name === subject ? [] : [changed('display name', `${before.display_name} to ${subject}`)]),
    ...(before.description === after.description ? [] : [changed('description', 'changed')]),
    ...(before.effect === after.effect
      ? []
      : [changed('effect', `${before.effect ?? 'by method'} to ${after.effect ?? 'by method'}`)]),
    ...diffParameters(subject, before.parameters, after.parameters),
    ...(isSame(before.body, after.body) ? [] : [changed('body', 'changed')]),
    ...diffAnswer(subject, before.response_schema, after.response_schema),
  ];
}

function diffParameters(
  operation: string,
  before: readonly ParameterDefinition[],
  after: readonly ParameterDefinition[],
): DefinitionChange[] {
  const keyOf = ({ location, name }: ParameterDefinition): string => `${location} ${name}`;
  const old = new Map(before.map((parameter) => [keyOf(parameter), parameter]));
  const keys = new Set(after.map(keyOf));
  const subject = `${operation}, parameter`;
  const fresh = after.flatMap((parameter): DefinitionChange[] => {
    const was = old.get(keyOf(parameter));
    const { name: code, required } = parameter;
    if (was === undefined) {
      const detail = required ? 'added, required' : 'added, optional';
      return [{ kind: 'added', subject, code, detail, isBreaking: required }];
    }
    if (isSame(was, parameter)) return [];
    const isNowRequired = required && !was.required;
    const detail = isNowRequired
      ? 'required now'
      : was.type === parameter.type
        ? 'changed'
        : `${was.type} to ${parameter.type}`;
    return [{ kind: 'changed', subject, code, detail, isBreaking: isNowRequired || was.type !== parameter.type }];
  });
  const gone = before.filter((parameter) => !keys.has(keyOf(parameter)));
  return [
    ...fresh,
    ...gone.map(({ name }): DefinitionChange => ({
      ...{ kind: 'removed', subject, code: name, detail: 'removed', isBreaking: true },
    })),
  ];
}

/** Fields of the answer that came or went; a change of types alone is one line. */
function diffAnswer(operation: string, before: unknown, after: unknown): DefinitionChange[] {
  if (isSame(before, after)) return [];
  const [was, is] = [fieldPaths(before), fieldPaths(after)];
  const subject = `${operation}, answer field`;
  const added = [...is].filter((path) => !was.has(path));
  const removed = [...was].filter((path) => !is.has(path));
  if (added.length + removed.length === 0) {
    return [{ kind: 'changed', subject: `${operation}, response schema`, detail: 'changed', isBreaking: false }];
  }
  return [
    ...added.map((code): DefinitionChange => ({ kind: 'added', subject, code, detail: 'added', isBreaking: false })),
    ...removed.map((code): DefinitionChange => ({
      kind: 'removed',
      subject,
      code,
      detail: 'removed',
      isBreaking: true,
    })),
  ];
}

const deepest = 12;

function fieldPaths(schema: unknown, prefix = '', depth = 0): Set<string> {
  const paths = new Set<string>();
  if (typeof schema !== 'object' || schema === null || depth > deepest) return paths;
  const { properties, items } = schema as { properties?: Record<string, unknown>; items?: unknown };
  for (const [name, property] of Object.entries(properties ?? {})) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    paths.add(path);
    for (const inner of fieldPaths(property, path, depth + 1)) paths.add(inner);
  }
  for (const inner of fieldPaths(items, `${prefix}[]`, depth + 1)) paths.add(inner);
  return paths;
}
