import { currentSchemaVersion, type FlowDocument, type Trigger } from './flow-document.ts';

/** A new flow without steps. Without a trigger it is started by hand with an empty form. */
export function emptyDocument(options: { readonly name: string; readonly trigger?: Trigger }): FlowDocument {
  return {
    schemaVersion: currentSchemaVersion,
    name: options.name,
    description: '',
    mode: 'auto',
    trigger: options.trigger ?? { kind: 'manual', title: 'Start', inputSchema: { type: 'object', properties: {} } },
    steps: {},
    scopes: { root: { steps: [], edges: [] } },
    layout: { positions: {} },
    samples: {},
  };
}
