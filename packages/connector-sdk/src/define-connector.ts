import type { ConnectorManifestInput } from '@patchbay/manifest';
import type { OperationDefinition } from './define-operation.ts';

type ProcessorInput = NonNullable<ConnectorManifestInput['processors']>[number];

/** Fields of the manifest that come from the files of the package (see {@link ConnectorAssets}) or from the operations. */
type DerivedField =
  | '$schema'
  | 'id'
  | 'version'
  | 'description'
  | 'license'
  | 'icon'
  | 'docs'
  | 'operations'
  | 'processors'
  | 'runtime'
  | 'entry';

/** What an author says about a connector beside its operations. */
export type ConnectorProfile = Omit<ConnectorManifestInput, DerivedField> & {
  readonly description: string;
  /** Tile colour behind the icon: a token name of the web app. */
  readonly tile?: string;
};

/**
 * A data processor (CO-51x): it fetches the data of the connector page by page through one of its read operations. Pointers are JSON
 * pointers into the output of that operation.
 */
export interface ProcessorDefinition<Operation extends OperationDefinition = OperationDefinition> extends Readonly<
  Omit<ProcessorInput, 'operation'>
> {
  /** The operation itself; it is one of the connector. */
  readonly operation: Operation;
}

/** A connector with code. */
export interface Connector {
  readonly kind: 'code';
  readonly profile: ConnectorProfile;
  readonly runtime: 'node' | 'sandbox';
  readonly operations: readonly OperationDefinition[];
  readonly processors: readonly ProcessorDefinition[];
}

/** A connector that is data only: no code of it ever runs. */
export interface DeclarativeConnector {
  readonly kind: 'declarative';
  readonly profile: ConnectorProfile;
  readonly operations: ConnectorManifestInput['operations'];
  /** They name their operation. */
  readonly processors: readonly ProcessorInput[];
}

/** What `defineConnector` takes. */
export type ConnectorDefinitionOf<Operations extends readonly OperationDefinition[]> = ConnectorProfile & {
  readonly runtime: Connector['runtime'];
  readonly operations: Operations;
  readonly processors?: readonly ProcessorDefinition<NoInfer<Operations[number]>>[];
};

/** Declares a connector with code; the table of contents of its package. */
export function defineConnector<const Operations extends readonly OperationDefinition[]>(
  definition: ConnectorDefinitionOf<Operations>,
): Connector {
  const { runtime, operations, processors = [], ...profile } = definition;
  return Object.freeze({ kind: 'code', profile, runtime, operations, processors });
}

/** Declares a connector whose operations are request templates. */
export function defineDeclarativeConnector(
  definition: ConnectorProfile &
    Pick<DeclarativeConnector, 'operations'> &
    Partial<Pick<DeclarativeConnector, 'processors'>>,
): DeclarativeConnector {
  const { operations, processors = [], ...profile } = definition;
  return Object.freeze({ kind: 'declarative', profile, operations, processors });
}
