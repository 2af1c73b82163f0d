import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const ReportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** One test with its outcome. A test that was skipped counts as failed: nothing here may be skipped. */
export interface TestOutcome {
  readonly title: string;
  readonly file: string;
  readonly isPassed: boolean;
}

/** The tests of a vitest JSON report; a file that could not be loaded counts as one failed test. Empty if there is none. */
export function readReport(file: string): TestOutcome[] {
  if (!existsSync(file)) return [];
  const report = ReportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return report.testResults.flatMap((result) => {
    const tests = result.assertionResults.map((test) => ({
      title: test.fullName,
      file: result.name,
      isPassed: test.status === 'passed',
    }));
    const isBroken = result.status === 'failed' && tests.every((test) => test.isPassed);
    return isBroken ? [...tests, { title: '(the file itself)', file: result.name, isPassed: false }] : tests;
  });
}
