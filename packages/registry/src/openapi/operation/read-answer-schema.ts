import type { JsonSchemaObject } from '@patchbay/manifest';
import { convertSchema } from '../schema/convert-schema.ts';
import { isEmptySchema } from '../schema/schema-keywords.ts';
import { childOf, childrenOf, objectOf, type Located } from '../source/located.ts';
import { bestOf, kindOf } from './media-types.ts';
import type { OperationSource } from './operation-source.ts';

/** The schema of the first successful answer that has content; undefined if nothing is said. */
export function readAnswerSchema(source: OperationSource): JsonSchemaObject | undefined {
  const answers = childrenOf(childOf(source.operation, 'responses'))
    .filter(([status]) => /^2(\d\d|XX)$/i.test(status))
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([status, part]) => ({ status, part: source.documents.resolve(part) }));
  for (const { part } of answers) warnOfLinks(source, part);
  const [first, ...others] = answers.filter(({ part }) => hasContent(part));
  if (first?.part === undefined) return undefined;
  const schema = schemaOf(source, first.part);
  const different = others.filter(({ part }) => first.part !== undefined && !isSameContent(part, first.part));
  if (schema !== undefined && different.length > 0) {
    const statuses = different.map(({ status }) => status).join(', ');
    source.warn(`The schema of the answer is that of status ${first.status}; those of ${statuses} are not used.`);
  }
  return schema === undefined || isEmptySchema(schema) ? undefined : schema;
}

function hasContent(part: Located | undefined): boolean {
  return part !== undefined && Object.keys(objectOf(childOf(part, 'content').value)).length > 0;
}

function isSameContent(left: Located | undefined, right: Located): boolean {
  if (left === undefined) return false;
  return JSON.stringify(childOf(left, 'content').value) === JSON.stringify(childOf(right, 'content').value);
}

function schemaOf(source: OperationSource, answer: Located): JsonSchemaObject | undefined {
  const content = childOf(answer, 'content');
  const type = bestOf(Object.keys(objectOf(content.value)));
  if (type === undefined) return undefined;
  if (kindOf(type) === 'binary') {
    source.warn(`The answer is of the type ${type.slice(0, 80)}: text is given as it is, bytes as base64.`);
    return { type: 'string' };
  }
  if (kindOf(type) !== 'json') return { type: 'string' };
  const schema = childOf(childOf(content, type), 'schema');
  if (schema.value === undefined) return undefined;
  return convertSchema(source.documents, schema, {
    direction: 'response',
    maxBytes: source.schemaBytes,
    warn: source.warn,
  });
}

function warnOfLinks(source: OperationSource, answer: Located | undefined): void {
  const links = answer === undefined ? [] : Object.keys(objectOf(childOf(answer, 'links').value));
  if (links.length > 0) source.warn(`Links between operations are not used: ${links.join(', ').slice(0, 200)}.`);
}
