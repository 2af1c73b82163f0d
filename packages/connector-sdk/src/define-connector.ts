import type { ConnectorManifestInput } from '@patchbay/manifest';
import type { OperationDefinition } from './define-operation.ts';

/** Fields of the manifest that come from the files of the package (see {@link ConnectorAssets}) or from the operations. */
type DerivedField =
  '$schema' | 'id' | 'version' | 'description' | 'license' | 'icon' | 'docs' | 'operations' | 'runtime' | 'entry';

/** What an author says about a connector beside its operations. */
export type ConnectorProfile = Omit<ConnectorManifestInput, DerivedField> & {
  readonly description: string;
  /** Tile colour behind the icon: a token name of the web app. */
  readonly tile?: string;
};

/** A connector with code. */
export interface Connector {
  readonly kind: 'code';
  readonly profile: ConnectorProfile;
  readonly runtime: 'node' | 'sandbox';
  readonly operations: readonly OperationDefinition[];
}

/** A connector that is data only: no code of it ever runs. */
export interface DeclarativeConnector {
  readonly kind: 'declarative';
  readonly profile: ConnectorProfile;
  readonly operations: ConnectorManifestInput['operations'];
}

/** Declares a connector with code; the table of contents of its package. */
export function defineConnector(definition: ConnectorProfile & Pick<Connector, 'runtime' | 'operations'>): Connector {
  const { runtime, operations, ...profile } = definition;
  return Object.freeze({ kind: 'code', profile, runtime, operations });
}

/** Declares a connector whose operations are request templates. */
export function defineDeclarativeConnector(
  definition: ConnectorProfile & Pick<DeclarativeConnector, 'operations'>,
): DeclarativeConnector {
  const { operations, ...profile } = definition;
  return Object.freeze({ kind: 'declarative', profile, operations });
}
