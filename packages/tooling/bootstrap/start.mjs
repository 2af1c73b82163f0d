import process from 'node:process';
import { prepareAndRun } from './prepare.mjs';

await prepareAndRun({ args: ['packages/cli/bin/patchbay.mjs', 'dev', ...process.argv.slice(2)] });
