import type { DatabaseConnection } from '@patchbay/database';
import type { Knex } from 'knex';
import type { Reader } from './reader.ts';

/** Column "see it" of requirements.md 4.2, per version. `c` is the connector, `v` the version. The one place that says so. */
const isVisible = `c.deleted_at is null and (
  (c.tenant_id = any(:own) and (v.stage <> 'draft' or c.tenant_id = any(:drafts) or v.created_by = :userId))
  or (v.visibility = 'catalogue' and v.stage in ('pre_released', 'published', 'deprecated'))
  or (v.was_catalogue and c.slug = any(:held) and (v.stage = 'blocked' or (v.stage = 'ready' and v.is_unlisted)))
  or (:seesAll and v.stage <> 'draft'))`;

/** What may be used before what is on its way out before the draft; then the newest. */
export const newestFirst = `
  case v.stage when 'deprecated' then 2 when 'blocked' then 3 when 'retired' then 4 when 'draft' then 5
    else case when v.is_unlisted then 1 else 0 end end,
  string_to_array(split_part(v.version, '-', 1), '.')::numeric[] desc, position('-' in v.version) = 0 desc, v.version desc`;

const connectorColumns = `
         c.id, c.tenant_id, c.slug, c.name, c.description, c.type, c.category, c.subcategory, c.tags, c.icon, c.icon_source,
         c.assets, c.url, c.documentation_url, c.path_hierarchy, c.oauth_connect_implemented, c.processor, c.runtime,
         c.origin_kind, c.origin_component_id, c.package_name, c.vendor, c.price, c.availability, c.vendor_portal_url,
         c.is_enabled, c.is_builtin, c.is_slug_locked, c.revision, c.created_at, c.created_by, c.updated_at, c.updated_by`;

/** Columns of a `VisibleConnectorRow` but for `has_draft`: `c` is the connector, `head` the version that the reader sees first. */
export const cardColumns = `${connectorColumns},
         head.version as head_version, head.stage, head.visibility, head.deprecation, head.published_at, head.auth_types,
         head.operations`;

const visibleRows = `(
  select ${cardColumns},
         exists (select from connector_versions v where v.connector_id = c.id and v.stage = 'draft' and ${isVisible})
           as has_draft
    from connectors c
    join lateral (select v.* from connector_versions v where v.connector_id = c.id and ${isVisible}
                   order by ${newestFirst} limit 1) head on true) as connectors`;

function bindingsOf(reader: Reader): Record<string, Knex.Value> {
  return {
    own: [...reader.ownTenants],
    drafts: [...reader.draftTenants],
    held: [...reader.heldSlugs],
    userId: reader.userId,
    seesAll: reader.seesAll,
  };
}

/** Connectors of which the reader sees some version, each with the newest of these; rows are `VisibleConnectorRow`. */
export function visibleConnectors(db: DatabaseConnection, reader: Reader): Knex.QueryBuilder {
  const query: Knex.QueryBuilder = db.from(db.raw(visibleRows, bindingsOf(reader)));
  return query;
}

const knownRows = `(
  select ${connectorColumns} from connectors c
   where exists (select from connector_versions v where v.connector_id = c.id and ${isVisible})) as connectors`;

/** The same connectors without the version: for counting them, several times faster. */
export function knownConnectors(db: DatabaseConnection, reader: Reader): Knex.QueryBuilder {
  const query: Knex.QueryBuilder = db.from(db.raw(knownRows, bindingsOf(reader)));
  return query;
}

/** Versions that the reader sees, with their connector as `c`; rows have the columns of both. */
export function visibleVersions(db: DatabaseConnection, reader: Reader): Knex.QueryBuilder {
  const joined: Knex.QueryBuilder = db('connectors as c').join('connector_versions as v', 'v.connector_id', 'c.id');
  return joined.whereRaw(isVisible, bindingsOf(reader));
}

/** Own connectors go before those of others that have the same slug, the platform's before those of a third tenant. */
export function ownFirst(db: DatabaseConnection, reader: Reader, table: string): Knex.Raw {
  return db.raw(`??.tenant_id = ? desc, ??.tenant_id = 'platform' desc, ??.id`, [table, reader.tenantId, table, table]);
}
