import { AppError, type FieldProblem } from '@patchbay/errors';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { escapePointer } from '../expression/evaluate.ts';
import { textProblems } from './clean-text.ts';
import { FlowDocumentSchema, type FlowDocument } from './flow-document.ts';
import { assertFlowSize, assertJsonSize, assertTextSize } from './limits.ts';
import { migrateDocument } from './migrate-document.ts';

/**
 * Reads a flow document from JSON of any schema version.
 * Throws `flow_document_invalid` (details: fields), `flow_document_too_new` or `flow_too_large`.
 */
export function parseDocument(json: unknown): FlowDocument {
  assertJsonSize(json);
  const unclean = textProblems(json);
  if (unclean.length > 0) throw invalid(unclean);
  const result = FlowDocumentSchema.safeParse(migrateDocument(json));
  if (!result.success) throw invalid(toFieldProblems(result.error));
  assertFlowSize(result.data);
  return result.data;
}

/** Reads a flow document from YAML, which says the same as the JSON. Throws like {@link parseDocument}. */
export function parseDocumentYaml(text: string): FlowDocument {
  assertTextSize(text);
  try {
    // No aliases: a short text could unfold to a huge document.
    return parseDocument(parseYaml(text, { maxAliasCount: 0, prettyErrors: true }));
  } catch (error) {
    if (error instanceof YAMLParseError || error instanceof ReferenceError) {
      throw new AppError('flow_document_invalid', {
        message: `The document is not valid YAML: ${error.message.split('\n')[0] ?? ''}`,
        details: { fields: [] },
        cause: error,
      });
    }
    throw error;
  }
}

/** Checks a flow document without throwing: the problems of its shape. */
export function documentProblems(json: unknown): readonly FieldProblem[] {
  const result = FlowDocumentSchema.safeParse(json);
  return result.success ? [] : toFieldProblems(result.error);
}

function invalid(fields: readonly FieldProblem[]): AppError {
  const [first] = fields;
  const place = first && first.path !== '' ? ` at ${first.path}` : '';
  const message = `The flow document does not fit its schema${place}: ${first?.message ?? ''}`;
  return new AppError('flow_document_invalid', { message, details: { fields } });
}

function toFieldProblems(error: z.ZodError): FieldProblem[] {
  const problems = error.issues.slice(0, maxProblems).flatMap((issue): FieldProblem[] => {
    if (issue.code !== 'unrecognized_keys') return [{ path: pathOf(issue.path), message: issue.message }];
    return issue.keys.map((key) => ({ path: pathOf([...issue.path, key]), message: 'There is no such field.' }));
  });
  return problems.slice(0, maxProblems);
}

const maxProblems = 50;

const pathOf = (segments: readonly PropertyKey[]): string =>
  segments.map((segment) => `/${escapePointer(String(segment))}`).join('');
