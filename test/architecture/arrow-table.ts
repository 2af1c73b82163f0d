/** What a package of this repository may import from this repository, by the last part of the package name. */
export interface Arrows {
  readonly mayImport: readonly string[];
  /** What its tests may import beside that. */
  readonly testsMayImport: readonly string[];
}

/** Stands for every package below `plugins/`. */
export const anyPlugin = 'plugins/*';
/** Stands for every package. */
export const anything = 'anything';

const model = ['flow-model', 'manifest', 'errors'];
const domain = ['database', 'api-contract', 'manifest', 'errors'];

const arrows = (mayImport: readonly string[], testsMayImport: readonly string[] = ['tooling']): Arrows => ({
  mayImport,
  testsMayImport,
});

/**
 * The arrows of docs/architecture.md, which a test compares with this table. A new package or arrow needs a row in both
 * and a record in docs/decisions.
 */
export const arrowTable: Readonly<Record<string, Arrows>> = {
  errors: arrows([]),
  config: arrows(['errors']),
  manifest: arrows(['errors']),
  database: arrows(['errors']),
  'connector-sdk': arrows(['manifest', 'errors']),
  'flow-model': arrows(['manifest', 'errors']),
  'api-contract': arrows(model),
  'connector-runtime': arrows(['connector-sdk', 'manifest', 'errors']),
  'connector-testkit': arrows(['connector-runtime', 'connector-sdk', 'manifest', 'errors']),
  [anyPlugin]: arrows(['connector-sdk'], ['connector-testkit', 'tooling']),
  interpreter: arrows(['flow-model', 'errors']),
  'canvas-core': arrows(model),
  identity: arrows(domain),
  registry: arrows(domain),
  vault: arrows(domain),
  flows: arrows(['database', 'interpreter', 'flow-model', 'api-contract', 'manifest', 'errors']),
  worker: arrows([
    ...['interpreter', 'connector-runtime', 'flows', 'vault', 'registry', 'identity', 'database', 'config'],
    'errors',
  ]),
  server: arrows([
    ...['identity', 'registry', 'vault', 'flows', 'connector-runtime', 'database', 'api-contract', 'config', 'errors'],
  ]),
  app: arrows(['canvas-core', 'interpreter', 'flow-model', 'api-contract', 'manifest', 'errors']),
  cli: arrows([
    ...['server', 'worker', 'connector-testkit', 'connector-sdk', 'api-contract', 'flow-model', 'manifest'],
    ...['config', 'errors', 'tooling'],
  ]),
  tooling: arrows(['config', 'errors']),
  test: arrows([anything]),
};

/** Entries of a package that only some packages may use; every other entry is open to whoever has the arrow. */
export const entryRules: readonly { readonly entry: string; readonly only: readonly string[] }[] = [
  // The Temporal adapter; everyone else uses the core.
  { entry: '@patchbay/interpreter/workflows', only: ['worker', 'interpreter', 'test'] },
  // It runs code of packages. The server has `@patchbay/connector-runtime/declarative`, which cannot (decision 0050).
  { entry: '@patchbay/connector-runtime', only: ['worker', 'connector-testkit', 'connector-runtime', 'test'] },
  // A worker asks nobody who they are; it has `@patchbay/identity/audit` for what it does by itself (decision 0054).
  { entry: '@patchbay/identity', only: ['server', 'identity', 'test'] },
];

/** What one package may use of another where the arrow alone says too much. */
export const narrowArrows: readonly { readonly from: string; readonly entries: readonly string[] }[] = [
  // The entries of the flow model without zod: a parser upgrade must not change the replay of a running flow.
  {
    from: 'interpreter',
    entries: [
      '@patchbay/flow-model/expression',
      '@patchbay/flow-model/graph',
      '@patchbay/flow-model/plan',
      '@patchbay/errors',
    ],
  },
];
