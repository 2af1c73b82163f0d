import type {
  ConnectorManifestInput,
  Effect,
  JsonSchemaObject,
  OperationDefinition,
  ParameterDefinition,
} from '@patchbay/manifest';

type ManifestOperation = ConnectorManifestInput['operations'][number];

const effects: Readonly<Record<OperationDefinition['method'], Effect>> = {
  GET: 'read',
  PUT: 'idempotent',
  DELETE: 'idempotent',
  POST: 'keyed',
  PATCH: 'keyed',
};

/** Name of the input field that holds a whole body. */
const bodyField = 'body';

/** A parameter and the input field that its value comes from. */
interface Input {
  readonly field: string;
  readonly parameter: ParameterDefinition;
}

/** An operation as it runs; its input has one field per parameter, in the author's order. */
export function toManifestOperation(operation: OperationDefinition): ManifestOperation {
  const inputs = nameInputs(operation);
  return {
    name: operation.name,
    title: operation.display_name,
    description: operation.description,
    effect: operation.effect ?? effects[operation.method],
    input: inputSchema(operation, inputs),
    output: operation.response_schema ?? {},
    request: {
      method: operation.method,
      path: operation.path,
      parameters: inputs.map(toParameter),
      ...(operation.body !== undefined && {
        body: { field: bodyField, contentType: operation.body.content_type },
      }),
    },
    ...(operation.sample !== undefined && { samples: [operation.sample] }),
  };
}

/** True if nobody has to fill anything in. */
export function needsNoInput(operation: OperationDefinition): boolean {
  return !operation.parameters.some(isRequired) && operation.body?.required !== true;
}

/** Two parameters of one name differ by their place: the second one's field is named with it. */
function nameInputs(operation: OperationDefinition): Input[] {
  const taken = new Set(operation.body === undefined ? [] : [bodyField]);
  return operation.parameters.map((parameter) => {
    const field = taken.has(parameter.name) ? `${parameter.name}_${parameter.location}` : parameter.name;
    taken.add(field);
    return { field, parameter };
  });
}

function toParameter({ field, parameter }: Input) {
  return {
    name: field,
    location: parameter.location,
    ...(field !== parameter.name && { wireName: parameter.name }),
    ...(parameter.style !== undefined && { style: parameter.style }),
    ...(parameter.explode !== undefined && { explode: parameter.explode }),
  };
}

/** A path has no gaps: what stands in it must be given. */
function isRequired(parameter: ParameterDefinition): boolean {
  return parameter.required || (parameter.location === 'path' && parameter.default === undefined);
}

function inputSchema(operation: OperationDefinition, inputs: readonly Input[]): JsonSchemaObject {
  const { body } = operation;
  const properties = Object.fromEntries<unknown>(
    inputs.map(({ field, parameter }) => [field, parameterSchema(parameter)]),
  );
  if (body !== undefined) properties[bodyField] = body.schema;
  const required = inputs.filter(({ parameter }) => isRequired(parameter)).map(({ field }) => field);
  if (body?.required === true) required.push(bodyField);
  const definitions = body === undefined ? {} : hoisted(body.schema);
  return { type: 'object', properties, required, additionalProperties: false, ...definitions };
}

function parameterSchema(parameter: ParameterDefinition): JsonSchemaObject {
  return {
    ...(parameter.schema ?? { type: parameter.type }),
    ...(parameter.description !== undefined && { description: parameter.description }),
    ...(parameter.default !== undefined && { default: parameter.default }),
  };
}

/** References inside a body schema start at the root of the document, which is the input now. */
function hoisted(schema: JsonSchemaObject): JsonSchemaObject {
  return '$defs' in schema ? { $defs: schema['$defs'] } : {};
}
