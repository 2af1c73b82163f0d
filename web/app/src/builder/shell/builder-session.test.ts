import { AppError } from '@patchbay/errors';
import type { ApiClient, Connector } from '@patchbay/api-contract/client';
import { beforeEach, expect, it, vi } from 'vitest';
import { blankConnector } from './builder-sections.ts';
import { createBuilderSession, type BuilderSession } from './builder-session.ts';

/** A server with one connector; it merges as the real one does, top-level fields only. */
class OneConnectorServer {
  connector: Connector = { ...blankConnector(), id: 'c1', slug: 'one', name: 'One' };
  calls: { id: string; body?: unknown; revision?: number | undefined; query?: unknown }[] = [];
  failNext: AppError | undefined;

  readonly api = { call: (id: string, options: object) => this.answer(id, options) } as unknown as ApiClient;

  private answer(id: string, options: { body?: object; revision?: number; query?: object }): Promise<unknown> {
    if (id === 'getConnector') return Promise.resolve({ _source: this.connector });
    this.calls.push({ id, ...options });
    const failure = this.failNext;
    this.failNext = undefined;
    if (failure !== undefined) return Promise.reject(failure);
    if (options.revision !== undefined && options.revision !== this.connector.revision) {
      return Promise.reject(new AppError('revision_conflict'));
    }
    this.connector = { ...this.connector, id: 'c1', ...options.body, revision: this.connector.revision + 1 };
    return Promise.resolve({ _id: 'c1' });
  }
}

let server: OneConnectorServer;
let session: BuilderSession;
const kept = new Map<string, string>();
const storage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};
const open = (connector = server.connector): BuilderSession =>
  createBuilderSession({ api: server.api, storage, connector });

beforeEach(() => {
  vi.useFakeTimers();
  kept.clear();
  server = new OneConnectorServer();
  session = open();
});

it('saves a draft a moment after the last edit, only what changed, with its revision', async () => {
  session.change({ description: 'A' });
  session.change({ description: 'AB' });
  expect(session.saving.get().kind).toBe('unsaved');
  await vi.advanceTimersByTimeAsync(799);
  expect(server.calls).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(server.calls).toEqual([
    { id: 'updateConnector', params: { id: 'c1' }, body: { description: 'AB' }, revision: 1 },
  ]);
  expect(session.saving.get().kind).toBe('saved');
});

it('keeps what is typed while a save is on its way, and saves it next', async () => {
  session.change({ description: 'first' });
  const saving = session.flush();
  session.change({ description: 'second' });
  await saving;
  expect(server.calls.map(({ body, revision }) => [body, revision])).toEqual([
    [{ description: 'first' }, 1],
    [{ description: 'second' }, 2],
  ]);
});

it('stops at a conflict; mine goes over theirs field by field', async () => {
  server.connector = { ...server.connector, category: 'Theirs', revision: 7 };
  session.change({ description: 'Mine' });
  expect(await session.flush()).toBe(false);
  expect(session.saving.get().kind).toBe('conflict');
  await session.settle('mine');
  expect(server.connector).toMatchObject({ category: 'Theirs', description: 'Mine', revision: 8 });
  expect(session.saving.get().kind).toBe('saved');
});

it('asks before what needs a yes, and sends it with the yes', async () => {
  server.failNext = new AppError('reauthorization_impact');
  session.change({ auth_scheme: { type: 'bearer', credential_schema: [] } });
  expect(await session.flush()).toBe(false);
  expect(session.saving.get().kind).toBe('confirm');
  expect(await session.flush({ isConfirmed: true })).toBe(true);
  expect(server.calls.at(-1)).toMatchObject({ query: { confirm: 'true' } });
});

it('maps messages of the server to fields, until the field is edited', async () => {
  server.failNext = new AppError('validation_error', { details: { fields: [{ path: '/base_url', message: 'No.' }] } });
  session.change({ base_url: 'nowhere' });
  await session.flush();
  expect([session.errorFor('/base_url'), session.errorCount('')]).toEqual(['No.', 1]);
  session.change({ base_url: 'https://a.example' });
  expect(session.errorCount('')).toBe(0);
});

it('outside of a draft nothing is saved by itself; Cancel takes the section back', async () => {
  server.connector = { ...server.connector, stage: 'ready' };
  session = open();
  expect(session.mode('basics')).toBe('read');
  session.edit('basics');
  session.change({ name: 'Other' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(server.calls).toEqual([]);
  session.cancel('basics');
  expect([session.connector.get().name, session.mode('basics'), session.saving.get().kind]).toEqual([
    ...['One', 'read', 'saved'],
  ]);
  session.edit('basics');
  session.change({ name: 'Other' });
  expect(await session.save('basics')).toBe(true);
  expect([session.mode('basics'), session.canUndo.get()]).toEqual(['read', false]);
});

it('keeps edits in this browser while the server is away, never the settings with their secrets', async () => {
  server.failNext = new AppError('service_unavailable');
  session.change({ description: 'Typed', config: { client_secret: 'hidden' } });
  await session.flush();
  expect(session.saving.get().kind).toBe('offline');
  expect([...kept.values()]).toEqual([JSON.stringify({ description: 'Typed' })]);
  session.close();
  const again = open(server.connector);
  expect(again.hasLocalCopy.get()).toBe(true);
  again.restoreLocalCopy();
  expect(again.connector.get().description).toBe('Typed');
});
