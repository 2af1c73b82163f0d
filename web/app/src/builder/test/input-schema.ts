import type { OperationDefinition } from '@patchbay/manifest';
import type { FormSchema } from '../../forms/schema/form-schema.ts';

/** The form of an operation: one field for each parameter, and `body` for a whole body. */
export function inputSchemaOf(operation: OperationDefinition): FormSchema {
  const { parameters, body } = operation;
  const fields = parameters.map(({ name, type, schema, description, default: preset }): [string, FormSchema] => [
    name,
    {
      title: name,
      ...((schema ?? { type }) as FormSchema), // a JSON Schema by the contract
      ...(description !== undefined && { description }),
      ...(preset !== undefined && { default: preset }),
    },
  ]);
  const whole: [string, FormSchema][] = body === undefined ? [] : [['body', { title: 'Body', ...body.schema }]];
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const all = [...fields, ...whole];
  return {
    type: 'object',
    properties: Object.fromEntries(all),
    required: body?.required ? [...required, 'body'] : required,
    ...definitionsOf(all),
  };
}

/** Definitions stand at the top, where their references look for them. */
function definitionsOf(fields: readonly (readonly [string, FormSchema])[]): Pick<FormSchema, '$defs'> {
  const all = Object.assign({}, ...fields.map(([, { $defs }]) => $defs ?? {})) as NonNullable<FormSchema['$defs']>;
  return Object.keys(all).length === 0 ? {} : { $defs: all };
}
