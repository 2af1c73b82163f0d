import type { FieldProblem } from '@patchbay/errors';
import { ConnectorManifestSchema, checkManifest, toPointer, type ConnectorDefinition } from '@patchbay/manifest';
import { toManifestInput, type ManifestSource } from './to-manifest.ts';

/** Everything that keeps a definition from running, each at the field that a person wrote. Empty: it can run. */
export function checkDefinition(source: ManifestSource): FieldProblem[] {
  const parsed = ConnectorManifestSchema.safeParse(toManifestInput(source));
  const problems = parsed.success
    ? checkManifest(parsed.data)
    : parsed.error.issues.map((issue) => ({ path: toPointer(issue.path), message: issue.message }));
  return problems.map((problem) => ({ ...problem, path: toDefinitionPath(problem.path, source.definition) }));
}

/** Problems that also a draft may not have: JSON Schemas that nobody can read (DI-47), names used twice in one place. */
export function checkDraft(source: ManifestSource): FieldProblem[] {
  const twice = source.definition.operations.flatMap(findTwice);
  const schemas = checkDefinition(source).filter(({ path }) => schemaPaths.test(path));
  return [...twice, ...schemas];
}

const schemaPaths = /^\/operations\/\d+\/(response_schema|body|parameters\/\d+\/schema)(\/|$)/;

function findTwice(operation: ConnectorDefinition['operations'][number], index: number): FieldProblem[] {
  const seen = new Set<string>();
  return operation.parameters.flatMap(({ name, location }, place) => {
    const key = `${location} ${name}`;
    const isTwice = seen.has(key);
    seen.add(key);
    const path = `/operations/${String(index)}/parameters/${String(place)}/name`;
    return isTwice ? [{ path, message: `"${name}" is there twice in the ${location}.` }] : [];
  });
}

const rules: readonly (readonly [RegExp, string])[] = [
  [/^\/auth\/0\/fields/, '/auth_scheme/credential_schema'],
  [/^\/auth\/0\/(parameter|location|field)$/, '/auth_scheme/parameters/0/key'],
  [/^\/auth\/0/, '/auth_scheme'],
  [/^\/(baseUrl|egress).*$/, '/base_url'],
  [/^\/icon\/.*$/, '/icon'],
  [/^\/documentationUrl$/, '/documentation_url'],
  [/^(\/operations\/\d+)\/title$/, '$1/display_name'],
  [/^(\/operations\/\d+)\/output/, '$1/response_schema'],
  [/^(\/operations\/\d+)\/request\/(path|method|parameters)/, '$1/$2'],
  [/^(\/operations\/\d+)\/input\/properties\/body/, '$1/body/schema'],
  [/^\/connectionTest.*$/, '/operations'],
];

function toDefinitionPath(path: string, definition: ConnectorDefinition): string {
  const parameter = /^\/operations\/(\d+)\/input\/properties\/([^/]+)(\/.*)?$/.exec(path);
  if (parameter !== null) {
    const [, index = '0', field = '', rest = ''] = parameter;
    const place = placeOfField(definition, Number(index), field);
    if (place !== undefined) return `/operations/${index}/parameters/${String(place)}/schema${rest}`;
  }
  const rule = rules.find(([from]) => from.test(path));
  return rule === undefined ? path : path.replace(rule[0], rule[1]);
}

function placeOfField(definition: ConnectorDefinition, index: number, field: string): number | undefined {
  const name = field.replaceAll('~1', '/').replaceAll('~0', '~');
  const place = definition.operations[index]?.parameters.findIndex(
    (parameter) => parameter.name === name || `${parameter.name}_${parameter.location}` === name,
  );
  return place === undefined || place === -1 ? undefined : place;
}
