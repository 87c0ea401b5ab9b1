import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,tidy,scenarios,simulators,launcher,web}/**/*.test.{ts,tsx,mjs}'],
    globalSetup: ['src/database/test-cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
