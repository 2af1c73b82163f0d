import type { Migration } from '@patchbay/database';

const schema = `
  create table marketplace_facets (
    id integer generated always as identity constraint marketplace_facets_id_key primary key,
    category text not null,
    auth_types text[] not null,
    runtime text not null,
    stage text not null,
    price text not null,
    publisher text not null,
    constraint marketplace_facets_values_key unique (category, auth_types, runtime, stage, price, publisher)
  );
  comment on table marketplace_facets is
    'Every combination of filter values once: counting numbers is faster than counting texts. No tenant: values without connectors.';

  create table marketplace_entries (
    no integer generated always as identity constraint marketplace_entries_no_key primary key,
    connector_id text not null constraint marketplace_entries_connector_id_fkey references connectors (id) on delete cascade,
    version_id text not null constraint marketplace_entries_version_id_fkey references connector_versions (id) on delete cascade,
    audience text,
    hidden_from text,
    facet_id integer not null constraint marketplace_entries_facet_id_fkey references marketplace_facets (id),
    name_key text not null collate "C",
    published_at timestamptz not null,
    generation integer not null
  );
  create index marketplace_entries_connector_id_idx on marketplace_entries (connector_id);
  comment on column marketplace_entries.audience is 'Tenant that alone sees it; null: everybody.';
  comment on column marketplace_entries.hidden_from is 'Tenant that sees its own entry of the same connector instead.';
  comment on column marketplace_entries.generation is 'Way of cutting texts into words; entries of an older one are made anew at start.';

  create table marketplace_words (
    id integer generated always as identity constraint marketplace_words_id_key primary key,
    word text collate "C" not null constraint marketplace_words_word_key unique
  );
  do $$ begin
    create index marketplace_words_word_trgm_idx on marketplace_words using gin (word gin_trgm_ops);
  exception when undefined_object then
    raise notice 'pg_trgm is not to be had here; pieces of words are found by reading all words';
  end $$;
  create table marketplace_postings (
    word_id integer not null,
    no integer not null constraint marketplace_postings_no_fkey references marketplace_entries (no) on delete cascade,
    weight smallint not null,
    constraint marketplace_postings_key primary key (word_id, no) include (weight)
  );
  create index marketplace_postings_no_idx on marketplace_postings (no);
  comment on column marketplace_postings.weight is '100: name or slug, 60: tag or category, 50: operation, 20: description; the highest of a word.';
`;

export const createMarketplaceSearch: Migration = {
  id: '20261121230000_create_marketplace_search',
  async up(db) {
    await db.raw(schema);
  },
  async down(db) {
    await db.raw('drop table marketplace_postings, marketplace_words, marketplace_entries, marketplace_facets');
  },
};
