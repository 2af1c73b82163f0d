#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// The sources are TypeScript: an older Node hands over to the pinned one, which `npm start` brought.
if (Number(process.versions.node.split('.')[0]) >= 24) {
  const { main } = await import('../src/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const { ensureToolChain } = await import('../../tooling/bootstrap/tool-chain.mjs');
  const { node } = await ensureToolChain({ step: (_name, run) => run() });
  const child = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = child.status ?? 1;
}
