import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { meetsGoal, renderFigures, type Bench, type Figure } from './bench.ts';
import { canvasBench } from './canvas.ts';
import { interpreterBench } from './interpreter.ts';
import { marketplaceBench } from './marketplace.ts';
import { openApiBench } from './openapi.ts';
import { startBench } from './second-start.ts';
import { webhookBench } from './webhook.ts';

const benches: readonly Bench[] = [
  interpreterBench,
  webhookBench,
  canvasBench,
  startBench,
  marketplaceBench,
  openApiBench,
];
const reportFile = join(import.meta.dirname, '../../.cache/reports/bench.json');

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** `npm run bench [-- --only name,name]`: prints a table for each bench and writes all figures as JSON. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const only = values.only?.split(',');
  const report: Record<string, readonly Figure[]> = {};
  for (const bench of benches) {
    if (only !== undefined && !only.includes(bench.name)) continue;
    report[bench.name] = await bench.run((text) => {
      say(`… ${bench.name}: ${text}`);
    });
    say(`\n${renderFigures(bench.name, report[bench.name] ?? [])}\n`);
  }
  await mkdir(join(reportFile, '..'), { recursive: true });
  await writeFile(reportFile, JSON.stringify(report, null, 2));
  const missed = Object.values(report)
    .flat()
    .filter((figure) => !meetsGoal(figure));
  say(missed.length === 0 ? 'All goals are met.' : `Missed: ${missed.map((figure) => figure.name).join(', ')}`);
  say(`Written to ${reportFile}`);
}

await main();
