import ts from 'typescript';

/** One import of a file. */
export interface SourceImport {
  readonly specifier: string;
  /** True if it vanishes when types are stripped, so it is no arrow at run time. */
  readonly isTypeOnly: boolean;
}

/** What the checks need to know of one TypeScript file; paths are relative to the root. */
export interface SourceFile {
  readonly path: string;
  readonly isTest: boolean;
  readonly lineCount: number;
  readonly imports: readonly SourceImport[];
  /** Lines with the type `any`. */
  readonly anyLines: readonly number[];
  /** Lines that touch the environment of the process. */
  readonly environmentLines: readonly number[];
  /** Lines with SQL text or a knex call. */
  readonly sqlLines: readonly number[];
  /** Exported functions, classes and interfaces without a doc comment. */
  readonly undocumented: readonly string[];
}

const statements = [
  String.raw`select\s[\s\S]+\sfrom\s`,
  String.raw`insert\s+into\s`,
  String.raw`update\s+\S+\s+set\s`,
  String.raw`delete\s+from\s`,
  String.raw`(create|alter|drop)\s+(table|index|unique|database|schema|extension|function|type)\b`,
  String.raw`with\s+\w+\s+as\s*\(`,
].join('|');
/** Lower or upper case: `Select a row from the list` is a sentence for a person. */
const sqlTexts = [new RegExp(`^\\s*(${statements})`), new RegExp(`^\\s*(${upperCase(statements)})`)];
const databaseNames = new Set(['db', 'database', 'knex', 'trx', 'tx', 'transaction']);

/** Parses one file. */
export function parseSource(path: string, text: string): SourceFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = {
    imports: [] as SourceImport[],
    any: [] as number[],
    environment: [] as number[],
    sql: [] as number[],
  };
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const visit = (node: ts.Node): void => {
    const imported = importOf(node);
    if (imported !== undefined) found.imports.push(imported);
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.any.push(lineOf(node));
    if (isEnvironment(node)) found.environment.push(lineOf(node));
    if (isSql(node)) found.sql.push(lineOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return {
    path,
    isTest: isTestPath(path),
    lineCount: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: found.imports,
    anyLines: found.any,
    environmentLines: found.environment,
    sqlLines: [...new Set(found.sql)],
    undocumented: source.statements.flatMap((statement) => undocumentedExport(statement)),
  };
}

/**
 * Functions, classes and interfaces: what makes a promise. Schemas and data speak by their fields, and a factory by the
 * interface it returns.
 */
function undocumentedExport(statement: ts.Statement): string[] {
  const makesPromise =
    ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement);
  if (!makesPromise || statement.name === undefined) return [];
  const isExported = ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
  const isDocumented = ts.getJSDocCommentsAndTags(statement).length > 0;
  if (isExported !== true || isDocumented || isFactory(statement)) return [];
  return [statement.name.text];
}

/** `createThing` beside the type `Thing`, or one that says it returns a `Thing`. */
function isFactory(statement: ts.Statement): boolean {
  if (!ts.isFunctionDeclaration(statement)) return false;
  const product = /^create(.+)$/.exec(statement.name?.text ?? '')?.[1];
  const isBeside = statement.getSourceFile().statements.some((other) => {
    return ts.isTypeAliasDeclaration(other) && other.name.text === product;
  });
  return product !== undefined && (isBeside || statement.type?.getText() === product);
}

function isTestPath(path: string): boolean {
  return (
    /\.(test|test-d)\.ts$/.test(path) ||
    path.startsWith('test/') ||
    path.includes('/test/') ||
    path.includes('/testing/')
  );
}

function importOf(node: ts.Node): SourceImport | undefined {
  if (ts.isImportDeclaration(node)) return literalImport(node.moduleSpecifier, node.importClause?.phaseModifier);
  if (ts.isExportDeclaration(node)) {
    const phase = node.isTypeOnly ? ts.SyntaxKind.TypeKeyword : undefined;
    return node.moduleSpecifier === undefined ? undefined : literalImport(node.moduleSpecifier, phase);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return literalImport(node.argument.literal, ts.SyntaxKind.TypeKeyword);
  }
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const argument = isDynamic ? node.arguments[0] : undefined;
  return argument === undefined ? undefined : literalImport(argument, undefined);
}

function literalImport(node: ts.Node, phase: ts.SyntaxKind | undefined): SourceImport | undefined {
  if (!ts.isStringLiteralLike(node)) return undefined;
  return { specifier: node.text, isTypeOnly: phase === ts.SyntaxKind.TypeKeyword };
}

/** `process.env`, `process['env']`, and `env` taken from `process` or `node:process` by name. */
function isEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && node.name.text === 'env';
  if (ts.isElementAccessExpression(node)) {
    const key = node.argumentExpression;
    return isProcess(node.expression) && ts.isStringLiteralLike(key) && key.text === 'env';
  }
  if (ts.isImportDeclaration(node)) return importsEnv(node);
  if (!ts.isVariableDeclaration(node) || !ts.isObjectBindingPattern(node.name)) return false;
  if (node.initializer === undefined || !isProcess(node.initializer)) return false;
  return node.name.elements.some((element) => (element.propertyName ?? element.name).getText() === 'env');
}

function importsEnv(node: ts.ImportDeclaration): boolean {
  const isProcessModule =
    ts.isStringLiteral(node.moduleSpecifier) && /^(node:)?process$/.test(node.moduleSpecifier.text);
  const names = node.importClause?.namedBindings;
  if (!isProcessModule || names === undefined || !ts.isNamedImports(names)) return false;
  return names.elements.some((element) => (element.propertyName ?? element.name).text === 'env');
}

function isProcess(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.getText() === 'globalThis.process';
  return ts.isIdentifier(node) && node.text === 'process';
}

function isSql(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node))
    return sqlTexts.some((pattern) => pattern.test(node.text));
  if (!ts.isCallExpression(node)) return false;
  const { expression } = node;
  const [first] = node.arguments;
  const takesTable = first !== undefined && ts.isStringLiteralLike(first);
  if (ts.isIdentifier(expression)) return takesTable && databaseNames.has(expression.text);
  if (!ts.isPropertyAccessExpression(expression)) return false;
  const owner = expression.expression;
  return ts.isIdentifier(owner) && databaseNames.has(owner.text) && ['raw', 'table'].includes(expression.name.text);
}

/** Letters of the words only: `\s` must not become `\S`. */
function upperCase(pattern: string): string {
  return pattern.replace(/(?<!\\)[a-z]/g, (letter) => letter.toUpperCase());
}
