import { defineConfig } from 'vitest/config';

const withPostgres = './packages/tooling/src/vitest/with-postgres.ts';
const withServices = './packages/tooling/src/vitest/with-services.ts';
const exclude = ['**/node_modules/**', '**/dist/**', '.cache/**', '.patchbay/**'];
const slow = { testTimeout: 60_000, hookTimeout: 120_000, teardownTimeout: 60_000 };

/** One project per kind of test; what each needs is started by its global set-up. Two cores are the machine to think of. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['*/*/src/**/*.test.ts', 'test/architecture/**/*.test.ts', 'test/requirements/**/*.test.ts'],
          exclude,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['*/*/test/**/*.integration.test.ts', 'test/**/*.integration.test.ts'],
          exclude,
          globalSetup: withServices,
          ...slow,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['plugins/*/test/**/*.test.ts'],
          exclude: [...exclude, '**/*.integration.test.ts'],
          globalSetup: withPostgres,
          ...slow,
        },
      },
      {
        test: {
          // Whole installations, which bring their own services, each with a browser.
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude,
          ...slow,
          testTimeout: 180_000,
        },
      },
      {
        test: {
          // Whole installations, which bring their own services.
          name: 'system',
          include: ['test/system/**/*.test.ts'],
          exclude,
          fileParallelism: false,
          ...slow,
          testTimeout: 600_000,
        },
      },
    ],
  },
});
