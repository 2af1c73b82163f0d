import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childrenOf, fingerprint } from './fingerprint.mjs';
import { buildDir, root } from './places.mjs';
import { runQuietly } from './run-command.mjs';
import { environmentFor } from './tool-chain.mjs';

const bootstrap = 'packages/tooling/bootstrap';
const model = ['errors', 'manifest', 'flow-model'].map((name) => `packages/${name}`);

/** What is built, from which files, into what. Nothing else of this repository needs a build. */
function listBuilds() {
  const plugins = childrenOf(join(root, 'plugins')).filter((id) =>
    existsSync(join(root, 'plugins', id, 'src/index.ts')),
  );
  return [
    {
      name: 'workflow bundle',
      inputs: [...model, 'workflows/interpreter', 'workflows/worker/src/build-workflow-bundle.ts'],
      outputs: ['.cache/build/workflow-bundle.js'],
      args: [`${bootstrap}/build-workflow-bundle.mjs`],
      cwd: '.',
    },
    {
      name: 'plugin bundles',
      inputs: [
        ...plugins.map((id) => `plugins/${id}`),
        ...model,
        'packages/connector-sdk',
        `${bootstrap}/build-plugins.mjs`,
      ],
      outputs: plugins.map((id) => `plugins/${id}/dist/index.mjs`),
      args: [`${bootstrap}/build-plugins.mjs`, ...plugins],
      cwd: '.',
    },
    {
      name: 'web app',
      inputs: [...model, 'packages/api-contract', 'workflows/interpreter', 'web/canvas-core', 'web/app'],
      outputs: ['web/app/dist/index.html'],
      args: [join(root, 'web/app/node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
      cwd: 'web/app',
    },
  ];
}

/** Builds what changed since last time, judged by the contents of its inputs, side by side. */
export async function ensureBuilt(tools, progress) {
  mkdirSync(buildDir, { recursive: true });
  const stale = listBuilds()
    .map((build) => ({ ...build, hash: fingerprint([...build.inputs, 'pnpm-lock.yaml'], build.args.join(' ')) }))
    .filter((build) => !isCurrent(build));
  if (stale.length === 0) return;
  const names = stale.map((build) => build.name).join(', ');
  await progress.step(names, async () => {
    const results = await Promise.allSettled(stale.map((build) => runBuild(build, tools)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  });
}

function isCurrent(build) {
  const mark = markOf(build);
  if (!build.outputs.every((output) => existsSync(join(root, output)))) return false;
  return existsSync(mark) && readFileSync(mark, 'utf8') === build.hash;
}

async function runBuild(build, tools) {
  const env = { ...environmentFor(tools), NODE_NO_WARNINGS: '1' };
  const advice =
    `The ${build.name} could not be built from the sources of this clone.\n` +
    'git status shows which of them differ from what was released; take those changes back, or mend what is said below.';
  await runQuietly({ command: tools.node, args: build.args, cwd: join(root, build.cwd), env, advice });
  writeFileSync(markOf(build), build.hash);
}

function markOf(build) {
  return join(buildDir, `${build.name.replaceAll(' ', '-')}.hash`);
}
