import { readdirSync } from 'node:fs';
import type { Result } from './support/result.ts';

/** `npm run bench [name …]`: runs the programs of this folder, all or those named, and prints a JSON line per figure. */
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -3));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}. There are: ${known.join(', ')}.\n`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : known) {
  const { run }: { run(): Promise<Result[]> } = await import(`./${name}.ts`);
  for (const result of await run()) process.stdout.write(`${JSON.stringify(result)}\n`);
}
