import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,tidy,scenarios,simulators,launcher,web}/**/*.test.{ts,tsx,mjs}'],
    globalSetup: ['src/database/test-cluster.ts'],
    testTimeout: 120_000, // A busy machine is no failure.
    hookTimeout: 180_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
