import { AppError } from '@patchbay/errors';
import {
  parseDocument,
  parseDocumentYaml,
  validateDocument,
  type FlowDocument,
  type FlowIssue,
} from '@patchbay/flow-model';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { fetchCatalog } from '../client/fetch-catalog.ts';
import { readFlowFile, type FlowFile } from './flow-file.ts';

/** Reads a flow document from text; throws `flow_document_invalid` with all field problems. */
export function parseFlowText(file: FlowFile): FlowDocument {
  if (file.format === 'yaml') return parseDocumentYaml(file.text);
  try {
    return parseDocument(JSON.parse(file.text));
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new AppError('malformed_json', { message: `${file.path}: ${cause.message}`, cause });
    }
    throw cause;
  }
}

/** `patchbay flow validate <file>`: shape, graph and formulas, checked against the connectors of the server. */
export async function validateFlowFile(context: CommandContext, name: string): CommandResult {
  const document = parseFlowText(await readFlowFile(context.cwd, name));
  const catalog = await fetchCatalog(context.server().client, document);
  const issues = validateDocument(document, catalog);
  context.output.result({ valid: !issues.some(isError), issues }, () =>
    issues.length === 0 ? `${name}: no problems` : issues.map((issue) => describeIssue(name, issue)).join('\n'),
  );
  return issues.some(isError) ? exitCodes.failed : exitCodes.done;
}

const isError = (issue: FlowIssue): boolean => issue.severity === 'error';

function describeIssue(name: string, issue: FlowIssue): string {
  const place = [issue.step, issue.field].filter((part) => part !== undefined).join(' ');
  const column = issue.column === undefined ? '' : ` column ${issue.column}`;
  return `${name}: ${issue.severity}: ${place}${column}${place === '' ? '' : ': '}${issue.message} (${issue.code})`;
}
