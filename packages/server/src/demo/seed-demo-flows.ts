import { readFile } from 'node:fs/promises';
import { isAppError } from '@patchbay/errors';
import type { Actor } from '@patchbay/flows';
import type { Composition } from '../compose.ts';
import { ensureDemoConnections, refreshDemoConnections } from './demo-connections.ts';
import type { DemoFacts } from './demo-facts.ts';

/** Documents of the demo flows, in the order they are made. */
const documents = ['hello-webhook', 'world-bank-indicator', 'order-intake'] as const;

/**
 * Makes and publishes the demo flows that a tenant does not have yet. One whose connectors are missing is left out: a
 * demo must not keep a server from starting.
 */
export async function seedDemoFlows(
  modules: Composition,
  actor: Actor & { userId: string },
  facts: DemoFacts,
): Promise<void> {
  const known = await modules.flows.flows.search(actor.tenantId, { from: 0, size: 1 });
  // A person who deleted a demo flow does not want it back: only a tenant without any flow gets them.
  if (known.hits.total.value > 0) return refreshDemoConnections(modules, actor, facts);
  const connections = await ensureDemoConnections(modules, actor, facts);
  for (const name of documents) {
    try {
      await seedFlow(modules, actor, await readDocument(name, { ...connections, publicUrl: facts.publicUrl }));
    } catch (error) {
      if (!isAppError(error)) throw error;
      facts.log.warn({ err: error, flow: name }, 'a demo flow was left out');
    }
  }
}

async function seedFlow({ flows }: Composition, actor: Actor, text: string): Promise<void> {
  const { _id } = await flows.flows.import(actor, { text, format: 'json' });
  await flows.flows.publish(actor, { id: _id, note: 'Demo' });
}

/** Reads a document and fills `<<name>>` with what only this installation knows. */
async function readDocument(name: string, values: Readonly<Record<string, string>>): Promise<string> {
  const text = await readFile(new URL(`${name}.json`, import.meta.url), 'utf8');
  return text.replace(/<<(\w+)>>/g, (_, key: string) => values[key] ?? '');
}
