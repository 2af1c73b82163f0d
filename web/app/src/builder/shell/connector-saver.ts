import { isAppError } from '@patchbay/errors';
import type { ApiClient, Connector } from '@patchbay/api-contract/client';
import { fieldProblems } from '../../problems/describe-problem.ts';
import { createSignal, type ReadableSignal, type WritableSignal } from '../../store/signals.ts';
import { fieldsOfConnector, type ConnectorFields, type FieldName } from './builder-sections.ts';
import { createMergePatch, isSame } from './merge-patch.ts';
import { loadForBuilder } from './load-connector.ts';

/** Where the edits stand. */
export type SaveState =
  /** Nothing is stored yet: the first save makes the draft. */
  | { readonly kind: 'new' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  /** The server cannot be reached; the edits are kept in this browser. */
  | { readonly kind: 'offline' }
  /** Somebody else saved since: this person decides. */
  | { readonly kind: 'conflict' }
  /** The server wants a yes first: configuration is lost, or connections lose their authorization. */
  | { readonly kind: 'confirm'; readonly error: unknown }
  /** The server refused. */
  | { readonly kind: 'failed'; readonly error: unknown };

/** What the saver works on. */
export interface ConnectorSaverOptions {
  readonly api: ApiClient;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly stored: WritableSignal<Connector>;
  readonly fields: WritableSignal<ConnectorFields>;
  readonly onCreated?: (id: string) => void;
}

/** Saves the fields of one connector: after a moment, or when told to. Nothing that was typed is lost. */
export interface ConnectorSaver {
  readonly state: ReadableSignal<SaveState>;
  /** Messages of the server by JSON pointer. */
  readonly errors: ReadableSignal<Readonly<Record<string, string>>>;
  readonly hasLocalCopy: ReadableSignal<boolean>;
  /** The fields changed. `isAutomatic`: save without being told. */
  changed(how: { readonly isAutomatic: boolean; readonly isConfirmed: boolean }): void;
  forgetErrors(fields: readonly string[]): void;
  /** Edits were taken back: a question or refusal about them is over; saved, when nothing is left. */
  takenBack(): void;
  flush(options?: { readonly isConfirmed?: boolean }): Promise<boolean>;
  refresh(): Promise<void>;
  settle(choice: 'mine' | 'theirs'): Promise<void>;
  takeLocalCopy(): Partial<ConnectorFields> | undefined;
  discardLocalCopy(): void;
  stop(): void;
}

const pauseMs = 800;
const retryMs = 3_000;
const toConfirm = new Set(['auth_type_change_resets_configuration', 'reauthorization_impact', 'connections_enabled']);

/** Starts saving of one connector. */
export function createConnectorSaver(options: ConnectorSaverOptions): ConnectorSaver {
  return new FieldSaver(options);
}

class FieldSaver implements ConnectorSaver {
  readonly #options: ConnectorSaverOptions;
  readonly #state: WritableSignal<SaveState>;
  readonly #errors = createSignal<Readonly<Record<string, string>>>({});
  readonly #hasLocalCopy: WritableSignal<boolean>;
  #isConfirmed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | undefined;

  constructor(options: ConnectorSaverOptions) {
    this.#options = options;
    const { id, updated } = options.stored.get();
    this.#state = createSignal<SaveState>(id === '' ? { kind: 'new' } : { kind: 'saved', at: Date.parse(updated) });
    this.#hasLocalCopy = createSignal(options.storage.getItem(this.#copyKey) !== null);
  }

  get state(): ReadableSignal<SaveState> {
    return this.#state;
  }

  get errors(): ReadableSignal<Readonly<Record<string, string>>> {
    return this.#errors;
  }

  get hasLocalCopy(): ReadableSignal<boolean> {
    return this.#hasLocalCopy;
  }

  get #id(): string {
    return this.#options.stored.get().id;
  }

  get #copyKey(): string {
    return `patchbay.connector.${this.#id === '' ? 'new' : this.#id}`;
  }

  changed(how: { readonly isAutomatic: boolean; readonly isConfirmed: boolean }): void {
    this.#isConfirmed ||= how.isConfirmed;
    this.#keepLocally();
    const { kind } = this.#state.get();
    if (kind === 'conflict' || this.#id === '') return;
    if (kind !== 'saving') this.#state.set({ kind: 'unsaved' });
    if (how.isAutomatic) this.#later(pauseMs);
  }

  forgetErrors(fields: readonly string[]): void {
    const kept = Object.entries(this.#errors.get()).filter(([path]) => !fields.includes(path.split('/')[1] ?? ''));
    this.#errors.set(Object.fromEntries(kept));
  }

  takenBack(): void {
    clearTimeout(this.#timer);
    const { stored, fields } = this.#options;
    if (isSame(fieldsOfConnector(stored.get()), fields.get())) this.#done();
    else this.changed({ isAutomatic: stored.get().stage === 'draft', isConfirmed: false });
  }

  async flush(options: { readonly isConfirmed?: boolean } = {}): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#isConfirmed ||= options.isConfirmed ?? false;
    if (this.#state.get().kind === 'conflict') return false;
    this.#running ??= this.#save().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async refresh(): Promise<void> {
    if (this.#id === '') return;
    const { api, stored } = this.#options;
    const before = fieldsOfConnector(stored.get());
    this.#accept(await loadForBuilder(api, { id: this.#id }), before);
  }

  async settle(choice: 'mine' | 'theirs'): Promise<void> {
    const { api, stored, fields } = this.#options;
    const before = fieldsOfConnector(stored.get());
    const mine = fields.get();
    const theirs = await loadForBuilder(api, { id: this.#id });
    stored.set(theirs);
    fields.set(choice === 'theirs' ? fieldsOfConnector(theirs) : rebase({ before, mine, theirs }));
    this.#errors.set({});
    this.#done();
    if (choice === 'mine') await this.flush();
  }

  takeLocalCopy(): Partial<ConnectorFields> | undefined {
    const text = this.#options.storage.getItem(this.#copyKey);
    this.#hasLocalCopy.set(false);
    if (text === null) return undefined;
    try {
      return JSON.parse(text) as Partial<ConnectorFields>;
    } catch {
      return undefined; // not ours, or cut off: there is nothing to restore
    }
  }

  discardLocalCopy(): void {
    this.#options.storage.removeItem(this.#copyKey);
    this.#hasLocalCopy.set(false);
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#state.get().kind === 'unsaved' && this.#options.stored.get().stage === 'draft') void this.flush();
  }

  #later(pause: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pause);
  }

  #keepLocally(): void {
    const { storage, stored, fields } = this.#options;
    const { config: _secrets, ...rest } = fields.get();
    try {
      storage.setItem(this.#copyKey, JSON.stringify(changedFields(fieldsOfConnector(stored.get()), rest)));
    } catch {
      // A full storage only costs the local copy; the server still gets the edits.
    }
  }

  #done(): void {
    this.#options.storage.removeItem(this.#copyKey);
    this.#state.set({ kind: 'saved', at: Date.now() });
  }

  async #save(): Promise<boolean> {
    for (;;) {
      const sent = this.#options.fields.get();
      const patch = createMergePatch(fieldsOfConnector(this.#options.stored.get()), sent);
      if (this.#id !== '' && Object.keys(patch).length === 0) break;
      this.#state.set({ kind: 'saving' });
      try {
        await this.#send(sent, patch);
      } catch (error) {
        return this.#failed(error);
      }
    }
    this.#errors.set({});
    this.#done();
    return true;
  }

  async #send(sent: ConnectorFields, patch: Record<string, unknown>): Promise<void> {
    const { api, stored, storage, onCreated } = this.#options;
    const isNew = this.#id === '';
    const copyKey = this.#copyKey;
    const id = isNew ? await this.#create(sent) : this.#id;
    if (!isNew) {
      const query = this.#isConfirmed ? { query: { confirm: 'true' as const } } : {};
      await api.call('updateConnector', { params: { id }, body: patch, revision: stored.get().revision, ...query });
    }
    this.#isConfirmed = false;
    this.#accept(await loadForBuilder(api, { id }), sent);
    if (!isNew) return;
    storage.removeItem(copyKey);
    onCreated?.(id);
  }

  async #create(sent: ConnectorFields): Promise<string> {
    const given = Object.entries(sent).filter(([, value]) => value !== '' && value !== undefined);
    const body = { ...Object.fromEntries(given), name: sent.name };
    return (await this.#options.api.call('createConnector', { body }))._id;
  }

  /** Takes the server's connector; fields that are not as in `before` keep the edit. */
  #accept(connector: Connector, before: ConnectorFields): void {
    const { stored, fields } = this.#options;
    const mine = fields.get();
    stored.set(connector);
    fields.set(rebase({ before, mine, theirs: connector }));
  }

  #failed(error: unknown): false {
    this.#isConfirmed = false;
    const code = isAppError(error) ? error.code : '';
    if (code === 'revision_conflict') this.#state.set({ kind: 'conflict' });
    else if (toConfirm.has(code)) this.#state.set({ kind: 'confirm', error });
    else if (isAppError(error) && error.kind === 'unavailable') {
      this.#state.set({ kind: 'offline' });
      this.#later(retryMs);
    } else {
      this.#errors.set({
        ...fieldProblems(error),
        ...(code === 'slug_taken' ? { '/slug': 'This slug is taken.' } : {}),
      });
      this.#state.set({ kind: 'failed', error });
    }
    return false;
  }
}

/** `theirs` with every field that is different in `mine` than it was in `before`. */
function rebase(versions: { before: ConnectorFields; mine: ConnectorFields; theirs: Connector }): ConnectorFields {
  const { before, mine, theirs } = versions;
  return { ...fieldsOfConnector(theirs), ...changedFields(before, mine) };
}

function changedFields(before: ConnectorFields, after: Partial<ConnectorFields>): Partial<ConnectorFields> {
  const changed = (Object.keys(after) as FieldName[]).filter((name) => !isSame(before[name], after[name]));
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}
