import type { ApiClient, Flow } from '@patchbay/api-contract/client';
import {
  createEditor,
  hasMissingPositions,
  layoutDocument,
  layoutScene,
  type CanvasScene,
  type Command,
  type Editor,
  type EditorState,
  type EditOutcome,
} from '@patchbay/canvas-core';
import { toOperationCatalog, validateDocument, type FlowDocument, type FlowIssue } from '@patchbay/flow-model';
import { SchemaReader } from '@patchbay/flow-model/graph';
import { computeSignal, createSignal, type ReadableSignal, type WritableSignal } from '../../store/signals.ts';
import { createAutosave, type Autosave } from './autosave.ts';
import type { CatalogStore } from './catalog-store.ts';
import { DraftCopies } from './draft-copies.ts';
import { createLeftEdits, type LeftEdits } from './left-edits.ts';

/** One open flow: document and history, geometry, problems, saving. All views read its signals and run its commands. */
export interface FlowSession {
  readonly id: string;
  readonly flow: WritableSignal<Flow>;
  readonly state: ReadableSignal<EditorState>;
  readonly scene: ReadableSignal<CanvasScene>;
  readonly issues: ReadableSignal<readonly FlowIssue[]>;
  readonly schemas: ReadableSignal<SchemaReader>;
  readonly autosave: Autosave;
  readonly left: LeftEdits;
  readonly editor: Editor;
  readonly catalog: CatalogStore;
  run(command: Command): EditOutcome;
  /** Takes the server's version of the flow; local edits are dropped. */
  reload(): Promise<void>;
  close(): void;
}

/** Opens a flow that was loaded. */
export function createFlowSession(api: ApiClient, flow: Flow, catalog: CatalogStore): FlowSession {
  const flowSignal = createSignal(flow);
  const editor = createEditor({ document: placed(flow.document), now: () => performance.now() });
  const state = createSignal(editor.state);
  const copies = new DraftCopies(flow.id, localStorage, locksOf(navigator));
  const autosave = createAutosave({
    api,
    flowId: flow.id,
    revision: flow.revision,
    document: flow.document,
    copies,
    onSaved: (revision) => {
      flowSignal.set({
        ...flowSignal.get(),
        revision,
        name: editor.state.document.name,
        state: afterEdit(flowSignal.get().state),
      });
    },
  });
  let scene: CanvasScene | undefined;
  const document = computeSignal(() => state.get().document);
  const unsubscribe = editor.subscribe((next) => {
    const isChanged = next.changes !== state.get().changes;
    state.set(next);
    if (isChanged && !isReloading) autosave.changed(next.document);
  });
  let isReloading = false;
  const replace = (next: Flow): void => {
    isReloading = true;
    flowSignal.set(next);
    editor.replace(placed(next.document));
    isReloading = false;
    autosave.accept(next);
  };
  return {
    id: flow.id,
    flow: flowSignal,
    state,
    scene: computeSignal(() => (scene = layoutScene(document.get(), scene))),
    issues: computeSignal(() => (catalog.isLoaded.get() ? checked(document.get(), catalog) : [])),
    schemas: computeSignal(() => {
      catalog.manifests.get();
      return new SchemaReader(document.get(), toOperationCatalog(catalog.check));
    }),
    autosave,
    left: createLeftEdits(copies, editor, autosave),
    editor,
    catalog,
    run: (command) => editor.run(command),
    reload: async () => {
      replace((await api.call('getFlow', { params: { id: flow.id } }))._source);
    },
    close: () => {
      unsubscribe();
      void autosave.flush().finally(copies.close);
      autosave.stop();
    },
  };
}

/** Locks are there only where the address is secure. */
const locksOf = ({ locks }: { readonly locks?: LockManager }): LockManager | undefined => locks;

/** A document that was imported or seeded without positions gets a layout; that alone is no edit. */
function placed(document: FlowDocument): FlowDocument {
  if (!hasMissingPositions(document)) return document;
  return {
    ...document,
    layout: { ...document.layout, positions: { ...layoutDocument(document), ...document.layout.positions } },
  };
}

function checked(document: FlowDocument, catalog: CatalogStore): readonly FlowIssue[] {
  catalog.manifests.get();
  catalog.connections.get();
  return validateDocument(document, catalog.check);
}

const afterEdit = (before: Flow['state']): Flow['state'] => (before === 'live' ? 'live_with_changes' : before);
