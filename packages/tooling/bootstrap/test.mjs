import process from 'node:process';
import { prepareAndRun } from './prepare.mjs';

const args = process.argv.slice(2);
const chosen = args[args.indexOf('--suite') + 1] ?? '';
const staticSuites = new Set(['format', 'lint', 'types', 'unit']);
const needsBuilds = !args.includes('--suite') || !chosen.split(',').every((suite) => staticSuites.has(suite));

await prepareAndRun({ args: ['packages/tooling/src/test-run/main.ts', ...args], needsBuilds });
