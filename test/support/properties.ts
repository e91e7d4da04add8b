import * as fc from 'fast-check';

/**
 * Properties draw the same cases in every run, so that a red run speaks of what was changed. `PROPERTY_SEED` draws
 * others. Making a failed case smaller ends after two minutes; the smallest one until then is reported.
 */
fc.configureGlobal({
  seed: Number(process.env.PROPERTY_SEED ?? 2026),
  interruptAfterTimeLimit: 120_000,
  markInterruptAsFailure: true,
});
