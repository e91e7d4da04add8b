import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * What `npm start` runs. Node keeps the sources as it has made them ready, without types and compiled, beside the
 * dependencies: the next start is a third shorter and does without the stripper's 17 MB. Plain JavaScript, because a
 * TypeScript file would need the stripper first. Where nothing can be written, nothing is kept.
 */
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/kam'));
await import('./main.ts');
