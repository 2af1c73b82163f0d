import type { FieldProblem } from '@patchbay/errors';
import { checkIcon } from './check-icon.ts';
import { checkOperation } from './check-operation.ts';
import { checkProcessor } from './check-processor.ts';
import { matchesHosts } from './match-hosts.ts';
import type { AuthScheme, ConnectorManifest } from './connector-manifest.ts';

/** Largest manifest as JSON text. */
export const maxManifestBytes = 524_288;

/**
 * The rules a schema cannot say: references between fields, embedded JSON Schemas, what each runtime needs.
 * Returns every problem; an empty list means the manifest is good.
 */
export function checkManifest(manifest: ConnectorManifest): FieldProblem[] {
  return [
    ...checkIdentity(manifest),
    ...checkRuntime(manifest),
    ...checkOperations(manifest),
    ...checkBaseUrl(manifest),
    ...manifest.auth.flatMap((scheme, index) => checkAuthScheme(manifest, scheme, `/auth/${String(index)}`)),
    ...findDuplicates(manifest.auth, (scheme) => scheme.type, { list: '/auth', field: 'type' }),
    ...findDuplicates(manifest.operations, (operation) => operation.name, { list: '/operations', field: 'name' }),
    ...manifest.operations.flatMap((operation, index) =>
      checkOperation(manifest, operation, `/operations/${String(index)}`),
    ),
    ...checkConnectionTest(manifest),
    ...checkProcessors(manifest),
    ...checkPermissions(manifest),
  ];
}

function checkProcessors(manifest: ConnectorManifest): FieldProblem[] {
  const processors = manifest.processors ?? [];
  return [
    ...findDuplicates(processors, (processor) => processor.name, { list: '/processors', field: 'name' }),
    ...processors.flatMap((processor, index) => checkProcessor(manifest, processor, `/processors/${String(index)}`)),
  ];
}

function checkPermissions({ permissions, runtime }: ConnectorManifest): FieldProblem[] {
  return permissions?.files === 'read' && runtime !== 'node'
    ? [{ path: '/permissions/files', message: 'Only the node runtime may read files.' }]
    : [];
}

function checkIdentity(manifest: ConnectorManifest): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!/^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/.test(manifest.id)) {
    problems.push({ path: '/id', message: 'The id must be an npm package name.' });
  }
  const iconProblem = checkIcon(manifest.icon.dataUri);
  if (iconProblem !== undefined) problems.push({ path: '/icon/dataUri', message: iconProblem });
  return problems;
}

function checkRuntime(manifest: ConnectorManifest): FieldProblem[] {
  const { entry, runtime } = manifest;
  if (runtime === 'flow') return checkFlow(manifest);
  if (runtime === 'declarative') {
    return entry === undefined ? [] : [{ path: '/entry', message: 'A declarative connector has no code.' }];
  }
  if (entry === undefined) return [{ path: '/entry', message: 'A connector with code names its entry file.' }];
  const isInside = /^\.\/[^\\]+\.m?js$/.test(entry) && !entry.split('/').includes('..');
  return isInside
    ? []
    : [{ path: '/entry', message: 'The entry must be a file of the package, such as ./dist/index.mjs.' }];
}

function checkFlow({ entry, flow }: ConnectorManifest): FieldProblem[] {
  return [
    ...(flow === undefined ? [{ path: '/flow', message: 'It names the flow version that it runs.' }] : []),
    ...(entry === undefined ? [] : [{ path: '/entry', message: 'A connector that runs a flow has no code.' }]),
  ];
}

/** A young connector of the builder may have no operation yet; a package without one does nothing. */
function checkOperations({ operations, runtime }: ConnectorManifest): FieldProblem[] {
  return operations.length > 0 || runtime === 'declarative'
    ? []
    : [{ path: '/operations', message: 'A connector has at least one operation.' }];
}

function checkBaseUrl(manifest: ConnectorManifest): FieldProblem[] {
  const path = '/baseUrl';
  if (manifest.baseUrl === undefined) {
    return manifest.runtime === 'declarative' && manifest.operations.length > 0
      ? [{ path, message: 'A declarative connector needs a base URL.' }]
      : [];
  }
  const fields = [...manifest.baseUrl.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? '');
  const problems = fields.flatMap((field) => checkBaseUrlField(manifest, field));
  if (fields.length > 0 && manifest.baseUrl.startsWith('{{')) return [...problems, ...checkUserProvided(manifest)];
  const url = URL.parse(manifest.baseUrl.replaceAll(/\{\{[^{}]*\}\}/g, 'x'));
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return [...problems, { path, message: 'The base URL must be an absolute http or https address.' }];
  }
  return [...problems, ...checkUserProvided(manifest)];
}

function checkBaseUrlField(manifest: ConnectorManifest, field: string): FieldProblem[] {
  const found = manifest.auth.map((scheme) => scheme.fields.find((candidate) => candidate.name === field));
  const isUsable = found.every((candidate) => candidate !== undefined && !candidate.sensitive);
  return isUsable
    ? []
    : [{ path: '/baseUrl', message: `"${field}" must be a non-sensitive field of every auth scheme.` }];
}

function checkUserProvided(manifest: ConnectorManifest): FieldProblem[] {
  const isTemplate = manifest.baseUrl?.includes('{{') ?? false;
  if (isTemplate && !manifest.egress.isUserProvided && manifest.egress.hosts.length === 0) {
    return [{ path: '/egress', message: 'The user gives the host: set isUserProvided, or list the hosts.' }];
  }
  const host = isTemplate ? undefined : URL.parse(manifest.baseUrl ?? '')?.hostname;
  const isListed = host === undefined || manifest.egress.isUserProvided || matchesHosts(host, manifest.egress.hosts);
  return isListed ? [] : [{ path: '/egress/hosts', message: `The hosts must hold ${host}, the host of the base URL.` }];
}

function checkAuthScheme(manifest: ConnectorManifest, scheme: AuthScheme, pointer: string): FieldProblem[] {
  const names = new Set(scheme.fields.map((field) => field.name));
  const problems = findDuplicates(scheme.fields, (field) => field.name, { list: `${pointer}/fields`, field: 'name' });
  for (const [key, name] of referencedFields(scheme)) {
    if (!names.has(name)) problems.push({ path: `${pointer}/${key}`, message: `There is no field "${name}".` });
  }
  if (scheme.type === 'custom' && manifest.runtime !== 'node') {
    problems.push({ path: `${pointer}/type`, message: 'Only the node runtime may use credentials itself.' });
  }
  return problems;
}

function referencedFields(scheme: AuthScheme): [string, string][] {
  if (scheme.type === 'api_key') {
    const more = (scheme.more ?? []).map(({ field }, index): [string, string] => [
      `more/${String(index)}/field`,
      field,
    ]);
    return [['field', scheme.field], ...more];
  }
  if (scheme.type === 'bearer') return [['field', scheme.field]];
  if (scheme.type !== 'basic') return [];
  return [
    ['usernameField', scheme.usernameField],
    ['passwordField', scheme.passwordField],
  ];
}

function checkConnectionTest(manifest: ConnectorManifest): FieldProblem[] {
  const name = manifest.connectionTest?.operation;
  if (name === undefined) return [];
  const path = '/connectionTest/operation';
  const operation = manifest.operations.find((candidate) => candidate.name === name);
  if (operation === undefined) return [{ path, message: `There is no operation "${name}".` }];
  const required = operation.input['required'];
  const isCallable = !Array.isArray(required) || required.length === 0;
  return isCallable ? [] : [{ path, message: 'It is called with an empty input, so it may require no field.' }];
}

function findDuplicates<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  place: { list: string; field: string },
): FieldProblem[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const name = nameOf(item);
    const isDuplicate = seen.has(name);
    seen.add(name);
    const path = `${place.list}/${String(index)}/${place.field}`;
    return isDuplicate ? [{ path, message: `"${name}" is there twice.` }] : [];
  });
}
