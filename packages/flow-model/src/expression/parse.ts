/**
 * The only file that calls cel-js: its lexer and parser give the syntax tree. Evaluation and checking are ours, because
 * cel-js counts no steps, keeps whole numbers apart from JSON's doubles, and its `matches` can hang (engine.md 2.2).
 */
import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js';
import { AppError } from '@patchbay/errors';
import { maskReservedWords } from './reserved-words.ts';

/** Longest formula, in characters. */
export const maxSourceLength = 8_000;

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  enableOptionalTypes: true,
  limits: { maxAstNodes: 2_000, maxDepth: 48, maxListElements: 1_000, maxMapEntries: 1_000, maxCallArguments: 16 },
});

/** A node of the syntax tree; `pos`, `start` and `end` are 0-based offsets into the formula. */
export type SyntaxNode = ASTNode;

/** Where a formula stands when it is part of a template: errors then show the template and its columns. */
export interface SourcePlace {
  readonly source: string;
  readonly offset: number;
}

/**
 * Parses one formula.
 * Throws `expression_syntax` (details: column, source), or `expression_too_costly` for one that is too long or too deep.
 */
export function parseFormula(formula: string, place: SourcePlace = { source: formula, offset: 0 }): SyntaxNode {
  const details = (column: number) => ({ column: place.offset + column, source: place.source });
  if (formula.length > maxSourceLength) {
    const message = `A formula may have ${String(maxSourceLength)} characters; this one has ${String(formula.length)}.`;
    throw new AppError('expression_too_costly', { message, details: details(1) });
  }
  if (formula.trim() === '')
    throw new AppError('expression_syntax', { message: 'The formula is empty.', details: details(1) });
  try {
    return environment.parse(maskReservedWords(formula)).ast;
  } catch (error) {
    throw toSyntaxError(error, details);
  }
}

function toSyntaxError(error: unknown, details: (column: number) => { column: number; source: string }): AppError {
  if (!(error instanceof ParseError)) {
    // The parser recurses: a source deeper than its own limit guards against may still exhaust the stack.
    return new AppError('expression_syntax', { details: details(1), cause: error });
  }
  const at = details((error.range?.start ?? 0) + 1);
  if (error.code === 'limit_exceeded') {
    return new AppError('expression_too_costly', {
      message: 'The formula is nested too deeply or too long.',
      details: at,
    });
  }
  return new AppError('expression_syntax', { message: toSentence(error.summary), details: at });
}

const tokenWords: Readonly<Record<string, string>> = {
  EOF: 'the end',
  IDENTIFIER: 'a name',
  NUMBER: 'a number',
  STRING: 'text',
  RPAREN: '")"',
  LPAREN: '"("',
  RBRACKET: '"]"',
  LBRACKET: '"["',
  RBRACE: '"}"',
  LBRACE: '"{"',
  COMMA: '","',
  COLON: '":"',
  DOT: '"."',
  QUESTION: '"?"',
};

/** Turns the parser's token names into words: "Expected ), got the end". */
function toSentence(summary: string): string {
  const words = summary.replace(/\b[A-Z]{2,}\b/g, (token) => tokenWords[token] ?? token.toLowerCase());
  return `The formula cannot be read: ${words.charAt(0).toLowerCase()}${words.slice(1)}.`;
}
