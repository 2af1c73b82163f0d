import { isErrorCode, type FieldProblem } from '@patchbay/errors';
import { checkJsonSchema } from './check-json-schema.ts';
import type { ConnectorManifest, Operation, RequestTemplate } from './connector-manifest.ts';
import { isJsonObject } from './json.ts';
import { joinPointer } from './json-pointer.ts';

/** Checks one operation: its schemas, its request template and its error table. `pointer` is its place in the manifest. */
export function checkOperation(manifest: ConnectorManifest, operation: Operation, pointer: string): FieldProblem[] {
  return [
    ...checkJsonSchema(operation.input, joinPointer(pointer, 'input')),
    ...checkJsonSchema(operation.output, joinPointer(pointer, 'output')),
    ...checkInput(operation, joinPointer(pointer, 'input')),
    ...checkRequestPresence(manifest, operation, pointer),
    ...(operation.request === undefined ? [] : checkRequest(operation, operation.request, pointer)),
    ...operation.errors.flatMap((mapping, index) =>
      isErrorCode(mapping.code)
        ? []
        : [{ path: `${pointer}/errors/${String(index)}/code`, message: `"${mapping.code}" is not an error code.` }],
    ),
  ];
}

function checkInput(operation: Operation, pointer: string): FieldProblem[] {
  if (operation.input['type'] !== 'object') {
    return [{ path: joinPointer(pointer, 'type'), message: 'The input must be an object.' }];
  }
  const required = requiredFields(operation);
  return Object.entries(inputProperties(operation)).flatMap(([name, schema]) =>
    isJsonObject(schema) && 'default' in schema && required.has(name)
      ? [
          {
            path: `${joinPointer(joinPointer(pointer, 'properties'), name)}/default`,
            message: 'A required field has no default.',
          },
        ]
      : [],
  );
}

function checkRequestPresence(manifest: ConnectorManifest, operation: Operation, pointer: string): FieldProblem[] {
  const path = joinPointer(pointer, 'request');
  if (manifest.runtime === 'declarative') {
    return operation.request === undefined ? [{ path, message: 'A declarative operation needs a request.' }] : [];
  }
  return operation.request === undefined ? [] : [{ path, message: 'Only a declarative connector has requests.' }];
}

function checkRequest(operation: Operation, request: RequestTemplate, pointer: string): FieldProblem[] {
  const path = joinPointer(pointer, 'request');
  const placeholders = new Set([...request.path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ''));
  const pathNames = new Set(
    request.parameters.filter(isInPath).map((parameter) => parameter.wireName ?? parameter.name),
  );
  const problems: FieldProblem[] = [];
  for (const name of placeholders) {
    if (!pathNames.has(name)) problems.push({ path: `${path}/path`, message: `{${name}} is not a path parameter.` });
  }
  for (const name of pathNames) {
    if (!placeholders.has(name)) problems.push({ path: `${path}/path`, message: `The path does not hold {${name}}.` });
  }
  return [...problems, ...checkParameters(operation, request, `${path}/parameters`)];
}

function checkParameters(operation: Operation, request: RequestTemplate, pointer: string): FieldProblem[] {
  const properties = inputProperties(operation);
  const seen = new Set<string>();
  return request.parameters.flatMap((parameter, index) => {
    const path = joinPointer(pointer, index);
    const isDuplicate = seen.has(parameter.name);
    seen.add(parameter.name);
    if (isDuplicate) return [{ path, message: `The parameter "${parameter.name}" is there twice.` }];
    if (!Object.hasOwn(properties, parameter.name)) {
      return [{ path: `${path}/name`, message: `The input has no field "${parameter.name}".` }];
    }
    return isInPath(parameter) && !isAlwaysGiven(operation, parameter.name)
      ? [{ path, message: `The path parameter "${parameter.name}" must be required or have a default.` }]
      : [];
  });
}

const isInPath = (parameter: { location: string }): boolean => parameter.location === 'path';

function inputProperties(operation: Operation): Record<string, unknown> {
  const properties = operation.input['properties'];
  return isJsonObject(properties) ? properties : {};
}

function requiredFields(operation: Operation): Set<unknown> {
  const required = operation.input['required'];
  return new Set<unknown>(Array.isArray(required) ? required : []);
}

function isAlwaysGiven(operation: Operation, name: string): boolean {
  const schema = inputProperties(operation)[name];
  return requiredFields(operation).has(name) || (isJsonObject(schema) && 'default' in schema);
}
