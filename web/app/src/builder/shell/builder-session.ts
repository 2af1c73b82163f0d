import type { ApiClient, ChecklistEntry, Connector } from '@patchbay/api-contract/client';
import { computeSignal, createSignal, type ReadableSignal, type WritableSignal } from '../../store/signals.ts';
import { createConnectorSaver, type ConnectorSaver, type SaveState } from './connector-saver.ts';
import {
  blankConnector,
  fieldsOfConnector,
  modeOf,
  sectionFields,
  type ConnectorFields,
  type SectionId,
  type SectionMode,
} from './builder-sections.ts';
import { createFieldHistory } from './field-history.ts';
import { loadForBuilder } from './load-connector.ts';

const sectionIds = Object.keys(sectionFields) as SectionId[]; // the keys of the record are the ids

/** How an edit is made. */
export interface ChangeOptions {
  /** Edits with the same key within a moment are one step of undo; default: the names of the fields. */
  readonly mergeKey?: string;
  /** The person has said yes to what this edit loses (type of authentication). */
  readonly isConfirmed?: boolean;
}

/**
 * One connector in the builder. Every tab reads its signals and edits through `change`; undo, saving, conflicts and the
 * checklist are the same for all. Read signals in `render()` of a `SignalWatcher` element.
 */
export interface BuilderSession {
  readonly api: ApiClient;
  /** Id of the connector; `''` until the first save. */
  readonly id: string;
  /** The connector with the edits that are not saved yet. */
  readonly connector: ReadableSignal<Connector>;
  /** As the server has it. */
  readonly stored: ReadableSignal<Connector>;
  readonly saving: ReadableSignal<SaveState>;
  readonly checklist: ReadableSignal<readonly ChecklistEntry[]>;
  readonly canUndo: ReadableSignal<boolean>;
  readonly canRedo: ReadableSignal<boolean>;
  /** Merges top-level fields locally (undefined removes one) and saves a moment later; in a section with Edit, on Save. */
  change(patch: Partial<ConnectorFields>, options?: ChangeOptions): void;
  undo(): void;
  redo(): void;
  /** `edit`: show inputs; `read`: read-only with Edit; `closed`: read-only. */
  mode(section: SectionId): SectionMode;
  /** Opens a read-only section. */
  edit(section: SectionId): void;
  /** Drops the edits of a section and closes it. */
  cancel(section: SectionId): void;
  /** Saves and closes a section; false: it could not be saved, see `saving` and `errorFor`. */
  save(section: SectionId): Promise<boolean>;
  /** Message of the server for a value by JSON pointer, for example `/operations/0/path`. */
  errorFor(pointer: string): string | undefined;
  /** Number of messages at and below a pointer. */
  errorCount(pointer: string): number;
  /** Saves now, and makes the connector on first use; false: it could not be saved. */
  flush(options?: { readonly isConfirmed?: boolean }): Promise<boolean>;
  /** Takes what the server has, keeping edits that are not saved: after an action that changed the connector there. */
  refresh(): Promise<void>;
  /** After a conflict: the other person's version (`theirs`), or this one over it (`mine`). */
  settle(choice: 'mine' | 'theirs'): Promise<void>;
  /** Edits of this browser that were never saved, from an earlier visit. */
  readonly hasLocalCopy: ReadableSignal<boolean>;
  restoreLocalCopy(): void;
  discardLocalCopy(): void;
  close(): void;
}

/** What opens a session. */
export interface BuilderSessionOptions {
  readonly api: ApiClient;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Absent: a new connector. */
  readonly connector?: Connector;
  /** The connector was made; its id is known now. */
  readonly onCreated?: (id: string) => void;
}

/** Opens the builder on a connector that was loaded, or on a new one. */
export function createBuilderSession(options: BuilderSessionOptions): BuilderSession {
  return new Session(options);
}

class Session implements BuilderSession {
  readonly api: ApiClient;
  readonly connector: ReadableSignal<Connector>;
  readonly stored: ReadableSignal<Connector>;
  readonly saving: ReadableSignal<SaveState>;
  readonly checklist: ReadableSignal<readonly ChecklistEntry[]>;
  readonly canUndo: ReadableSignal<boolean>;
  readonly canRedo: ReadableSignal<boolean>;
  readonly hasLocalCopy: ReadableSignal<boolean>;
  readonly #fields: WritableSignal<ConnectorFields>;
  readonly #open = createSignal<ReadonlySet<SectionId>>(new Set());
  readonly #steps = createSignal(0);
  readonly #history = createFieldHistory<ConnectorFields>(() => performance.now());
  readonly #saver: ConnectorSaver;

  constructor(options: BuilderSessionOptions) {
    const connector = options.connector ?? blankConnector();
    const stored = createSignal(connector);
    this.api = options.api;
    this.stored = stored;
    this.#fields = createSignal<ConnectorFields>(fieldsOfConnector(connector));
    this.#saver = createConnectorSaver({ ...options, stored, fields: this.#fields });
    this.saving = this.#saver.state;
    this.hasLocalCopy = this.#saver.hasLocalCopy;
    this.connector = computeSignal(() => withFields(stored.get(), this.#fields.get()));
    this.checklist = computeSignal(() => stored.get().checklist);
    this.canUndo = computeSignal(() => this.#steps.get() > 0 && this.#history.canUndo);
    this.canRedo = computeSignal(() => this.#steps.get() > 0 && this.#history.canRedo);
  }

  get id(): string {
    return this.stored.get().id;
  }

  change(patch: Partial<ConnectorFields>, options: ChangeOptions = {}): void {
    const fields = this.#fields.get();
    this.#history.record(fields, options.mergeKey ?? Object.keys(patch).join());
    this.#saver.forgetErrors(Object.keys(patch));
    this.#put({ ...fields, ...patch }, options.isConfirmed);
  }

  undo(): void {
    const before = this.#history.undo(this.#fields.get());
    if (before !== undefined) this.#put(before);
  }

  redo(): void {
    const after = this.#history.redo(this.#fields.get());
    if (after !== undefined) this.#put(after);
  }

  mode(section: SectionId): SectionMode {
    return modeOf(this.stored.get(), this.#open.get().has(section));
  }

  edit(section: SectionId): void {
    this.#open.set(new Set([...this.#open.get(), section]));
  }

  cancel(section: SectionId): void {
    const before = fieldsOfConnector(this.stored.get());
    const back = Object.fromEntries(sectionFields[section].map((name) => [name, before[name]]));
    this.#fields.set({ ...this.#fields.get(), ...back });
    this.#saver.forgetErrors(sectionFields[section]);
    this.#saver.takenBack();
    this.#close(section);
  }

  async save(section: SectionId): Promise<boolean> {
    const isSaved = await this.#saver.flush();
    if (isSaved) this.#close(section);
    return isSaved;
  }

  errorFor(pointer: string): string | undefined {
    return this.#saver.errors.get()[pointer];
  }

  errorCount(pointer: string): number {
    const paths = Object.keys(this.#saver.errors.get());
    return paths.filter((path) => path === pointer || path.startsWith(`${pointer}/`)).length;
  }

  async flush(options?: { readonly isConfirmed?: boolean }): Promise<boolean> {
    const isSaved = await this.#saver.flush(options);
    if (isSaved) for (const section of this.#open.get()) this.#close(section);
    return isSaved;
  }

  refresh(): Promise<void> {
    return this.#saver.refresh();
  }

  settle(choice: 'mine' | 'theirs'): Promise<void> {
    return this.#saver.settle(choice);
  }

  restoreLocalCopy(): void {
    const copy = this.#saver.takeLocalCopy();
    if (copy === undefined) return;
    const touched = sectionIds.filter((section) => sectionFields[section].some((name) => name in copy));
    for (const section of touched) this.edit(section);
    this.change(copy);
  }

  discardLocalCopy(): void {
    this.#saver.discardLocalCopy();
  }

  close(): void {
    this.#saver.stop();
  }

  #put(fields: ConnectorFields, isConfirmed = false): void {
    this.#fields.set(fields);
    this.#steps.set(this.#steps.get() + 1);
    this.#saver.changed({ isAutomatic: this.stored.get().stage === 'draft', isConfirmed });
  }

  /** Outside of a draft an edit is saved or dropped as a section, so there is nothing to undo after it. */
  #close(section: SectionId): void {
    if (this.stored.get().stage !== 'draft') this.#history.clear();
    this.#steps.set(this.#steps.get() + 1);
    this.#open.set(new Set([...this.#open.get()].filter((id) => id !== section)));
  }
}

/** The edits over what is stored. A field that was removed keeps its empty form, so that readers need no second case. */
function withFields(connector: Connector, fields: ConnectorFields): Connector {
  const { slug, type, description, category, tags, icon, ...rest } = fields;
  const blank = blankConnector();
  return {
    ...connector,
    ...rest,
    slug: slug ?? blank.slug,
    type: type ?? blank.type,
    description: description ?? '',
    category: category ?? '',
    tags: tags ?? [],
    icon: icon ?? '',
  };
}

/** Loads a connector and opens the builder on it: on its draft, when there is one. */
export async function openBuilderSession(
  options: Omit<BuilderSessionOptions, 'connector'> & { readonly id: string; readonly signal?: AbortSignal },
): Promise<BuilderSession> {
  if (options.id === 'new') return createBuilderSession(options);
  return createBuilderSession({ ...options, connector: await loadForBuilder(options.api, options) });
}
