import type { AuthScheme, Operation, Resilience } from '@patchbay/manifest';
import type { JsonSchema } from '../document/json.ts';
import type { OperationCatalog } from '../graph/scope-schema.ts';

/** What the compiler reads of a connector manifest. */
export interface ConnectorShape {
  readonly slug: string;
  readonly name: string;
  readonly operations: readonly Operation[];
  readonly auth: readonly AuthScheme[];
  readonly resilience: Resilience;
}

/** What the compiler reads of a connection; never its credentials. */
export interface ConnectionShape {
  readonly name: string;
  readonly connectorSlug: string;
  readonly enabled: boolean;
}

/** Where the check looks up connectors and connections, answered from memory. */
export interface CheckCatalog {
  /** The connector at that exact version; undefined when the tenant cannot use it. */
  resolveOperation(slug: string, version: string, operation: string): { readonly manifest: ConnectorShape } | undefined;
  /** Absent: connections are not looked up, only whether one is chosen. */
  resolveConnection?(id: string): ConnectionShape | undefined;
}

/** A catalog that also knows the exact bytes that will run. */
export interface CompileCatalog extends CheckCatalog {
  resolveOperation(
    slug: string,
    version: string,
    operation: string,
  ): { readonly manifest: ConnectorShape; readonly integrity: string } | undefined;
}

/** The operation of a connector, or undefined. */
export function findOperationShape(manifest: ConnectorShape, name: string): Operation | undefined {
  return manifest.operations.find((operation) => operation.name === name);
}

/** The same catalog as the graph and the data panel read it. */
export function toOperationCatalog(catalog: CheckCatalog): OperationCatalog {
  return {
    operation: (connector, version, name) => {
      const found = catalog.resolveOperation(connector, version, name);
      const operation = found && findOperationShape(found.manifest, name);
      if (!operation) return undefined;
      // The manifest types schemas as `unknown` values; they come from JSON.
      const { input, output } = operation as { input: JsonSchema; output: JsonSchema };
      return { title: operation.title, input, output };
    },
  };
}
