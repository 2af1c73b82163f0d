import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDir, root } from './places.mjs';

// The worker knows how its workflows are bundled; this only says where to.
const { buildWorkflowBundle } = await import(join(root, 'workflows/worker/src/build-workflow-bundle.ts'));
await mkdir(buildDir, { recursive: true });
await buildWorkflowBundle(join(buildDir, 'workflow-bundle.js'));
