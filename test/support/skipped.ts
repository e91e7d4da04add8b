import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Says at the end of the run which tests did not run, and why: a skipped test must not look like a passed one. */
export default class SkippedReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    if (skipped.length === 0) return;
    const lines = skipped.map((test) => `  ${test.module.relativeModuleId}: ${test.fullName} (${reason(test)})`);
    process.stdout.write(`\nSkipped, so not tested:\n${lines.join('\n')}\n`);
  }
}

function reason(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return note ?? 'no reason given';
}
