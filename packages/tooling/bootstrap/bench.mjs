import process from 'node:process';
import { prepareAndRun } from './prepare.mjs';

await prepareAndRun({ args: ['test/bench/main.ts', ...process.argv.slice(2)] });
