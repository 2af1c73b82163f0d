import type { OpenApiPreview, RouteBody, RouteResponse } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import type { Caller } from '../../caller.ts';
import { createConnectorRepository } from '../../connector/connector-repository.ts';
import type { ConnectorState } from '../../connector/connector-state.ts';
import { stateById } from '../../connector/connector-state-repository.ts';
import { createConnectorIn } from '../../connector/create-connector.ts';
import { definitionOf, targetOf } from '../../connector/plan-edit.ts';
import { heldSlugs, readerOf } from '../../connector/reader.ts';
import { updateConnectorIn, type ConnectorUpdate } from '../../connector/update-connector.ts';
import { actingTenant, mayCreate, refuseRole } from '../../lifecycle/permissions.ts';
import type { RegistryDeps } from '../../registry-deps.ts';
import { maxTextLength } from '../source/text-guard.ts';
import type { DescriptionConverter } from '../process/convert-in-process.ts';
import { chooseOperations, mergeOperations, type MergedOperations, type UsableOperation } from './choose-operations.ts';
import { compareOperations, type ComparedConnector } from './compare-operations.ts';
import { findImport, storeImport, type ConnectorImport } from '../../connector/import-repository.ts';

/** What imports need. */
export type ImportDeps = RegistryDeps & { readonly converter: DescriptionConverter };

type Source = RouteBody<'previewOpenApi'>['source'];

/**
 * What a description would give, compared with a connector if one is named. Stores nothing. Throws `forbidden_role`, `sdk_access_disabled`,
 * `connector_not_found`, `import_unreadable`, `import_too_complex`, `egress_forbidden`, `network_error`.
 */
export async function previewOpenApi(
  deps: ImportDeps,
  caller: Caller,
  { source, connector }: RouteBody<'previewOpenApi'>,
): Promise<OpenApiPreview> {
  if (connector === undefined) {
    assertMayCreate(caller);
    return convert(deps, source);
  }
  const target = await readTarget(deps, caller, connector);
  const preview = await convert(deps, source);
  return { ...preview, ...compareOperations(preview.operations, target.compared) };
}

/** Makes a connector of a description, as a draft. Throws what {@link previewOpenApi} and creating a connector throw. */
export async function importOpenApi(
  deps: ImportDeps,
  caller: Caller,
  body: RouteBody<'importOpenApi'>,
): Promise<RouteResponse<'importOpenApi'>> {
  assertMayCreate(caller);
  const preview = await convert(deps, body.source);
  const chosen = chooseOperations(preview.operations, body.operations);
  const merged = mergeOperations({ operations: [], lastImport: undefined }, chosen);
  const { name, description, base_url, auth_scheme, documentation_url } = preview;
  const connector: RouteBody<'createConnector'> = {
    name,
    operations: merged.operations,
    ...((body.take_identity ?? true) && {
      ...{ description, base_url },
      ...(auth_scheme !== undefined && { auth_scheme }),
      ...(documentation_url !== undefined && { documentation_url }),
    }),
  };
  const entry = toEntry(caller, { preview, source: body.source, merged, chosen });
  const id = await deps.database.transaction(async (trx) => {
    const created = await createConnectorIn(deps, trx, { caller, body: connector });
    await storeImport(trx, { tenantId: actingTenant(caller), connectorId: created }, entry);
    return created;
  });
  return { _id: id, result: 'created' };
}

/** One import into a connector. */
export interface ImportInto {
  readonly idOrSlug: string;
  readonly body: RouteBody<'importOpenApiInto'>;
  readonly baseRevision: number | '*' | undefined;
}

/**
 * Takes operations of a description into a connector under the rules of every edit. What was edited by hand since the last import is only
 * overwritten if it was chosen by its key. Base URL and authentication are taken where the connector has none of its own, or if asked for.
 * Throws what {@link previewOpenApi} and updating a connector throw.
 */
export async function importOpenApiInto(
  deps: ImportDeps,
  caller: Caller,
  { idOrSlug, body, baseRevision }: ImportInto,
): Promise<RouteResponse<'importOpenApiInto'>> {
  const { state, compared } = await readTarget(deps, caller, idOrSlug);
  const preview = await convert(deps, body.source);
  const { operations } = compareOperations(preview.operations, compared);
  const chosen = chooseOperations(operations, body.operations);
  const merged = mergeOperations(compared, chosen);
  const update: ConnectorUpdate = {
    idOrSlug: state.id,
    // The operations were merged into this revision; another one that came in between is not overwritten.
    baseRevision: typeof baseRevision === 'number' ? baseRevision : state.revision,
    isReplacing: false,
    isConfirmed: false,
    body: { operations: merged.operations, ...identityOf(state, preview, body.take_identity) },
  };
  const entry = toEntry(caller, { preview, source: body.source, merged, chosen });
  const held = await heldSlugs(deps, caller);
  const { answer, revision } = await deps.database.transaction(async (trx) => {
    const result = await updateConnectorIn(deps, trx, { caller, update, held });
    await storeImport(trx, { tenantId: state.tenantId, connectorId: state.id }, entry);
    return result;
  });
  return { ...answer, revision };
}

function identityOf(
  state: ConnectorState,
  preview: OpenApiPreview,
  isAsked: boolean | undefined,
): Record<string, unknown> {
  const definition = definitionOf(targetOf(state));
  const takes = (isEmpty: boolean): boolean => isAsked === true || (isAsked === undefined && isEmpty);
  const hasNoUrl = (definition?.base_url ?? '') === '';
  const hasNoAuth = definition?.auth_scheme.type === 'none' && definition.auth_scheme.credential_schema.length === 0;
  return {
    ...(isAsked === true && { name: preview.name }),
    ...(preview.base_url !== '' && takes(hasNoUrl) && { base_url: preview.base_url }),
    ...(preview.auth_scheme !== undefined && takes(hasNoAuth) && { auth_scheme: preview.auth_scheme }),
  };
}

function assertMayCreate(caller: Caller): void {
  const refusal = mayCreate(caller);
  if (refusal !== undefined) throw new AppError(refusal, { details: { role: caller.role } });
}

/** The connector, if the caller may edit it: 404 before 403, and both before a long conversion. */
async function readTarget(
  deps: ImportDeps,
  caller: Caller,
  idOrSlug: string,
): Promise<{ readonly state: ConnectorState; readonly compared: ComparedConnector }> {
  const db = deps.database.connection;
  const held = await heldSlugs(deps, caller);
  const found = await createConnectorRepository(db).findVisible(readerOf(caller, held), idOrSlug);
  if (found === undefined) throw new AppError('connector_not_found');
  const state = await stateById(db, found.id);
  const refusal = refuseRole('edit', { state, version: targetOf(state), input: {}, caller });
  if (refusal !== undefined) throw new AppError(refusal, { details: { role: caller.role } });
  const lastImport = await findImport(db, { tenantId: state.tenantId, connectorId: state.id });
  return { state, compared: { operations: definitionOf(targetOf(state))?.operations ?? [], lastImport } };
}

async function convert(deps: ImportDeps, source: Source): Promise<OpenApiPreview> {
  const fetchText = (url: string, maxBytes: number): Promise<string> => deps.outbound.fetchText(url, { maxBytes });
  const { url = '' } = source;
  const text = source.content ?? (await fetchText(url, maxTextLength));
  return deps.converter.convert({ text, url }, fetchText);
}

function toEntry(
  caller: Caller,
  from: {
    readonly preview: OpenApiPreview;
    readonly source: Source;
    readonly merged: MergedOperations;
    readonly chosen: readonly UsableOperation[];
  },
): ConnectorImport {
  return {
    sourceName: from.source.name ?? `${from.preview.name} ${from.preview.version}`.trim(),
    sourceUrl: from.source.url,
    importedBy: caller.name,
    leftOut: from.preview.operations.length - from.chosen.length,
    operations: from.merged.imported,
  };
}
