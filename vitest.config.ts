import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/quiet.ts', 'test/support/properties.ts'],
    reporters: ['default', './test/support/skipped.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // A file finds what others in its process have imported, which takes a third of the time away. Nothing is mocked,
    // and what a file changes of the process it puts back.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Prisma's schema engine is WebAssembly, and Node says at every load that importing such modules is new.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
