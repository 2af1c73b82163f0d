#!/usr/bin/env node
import { main } from '../src/main.ts';

process.exitCode = await main(process.argv.slice(2));

// What is left open must not keep a command alive that is done: the channel to `patchbay dev`, a slow connection.
if (process.connected) process.disconnect();
setTimeout(() => process.exit(), 5_000).unref();
