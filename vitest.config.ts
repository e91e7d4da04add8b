import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/quiet.ts'],
    reporters: ['default', './test/support/skipped.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Prisma's schema engine is WebAssembly, and Node says at every load that importing such modules is new.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
  },
});
