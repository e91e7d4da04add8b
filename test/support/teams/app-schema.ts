import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import { z } from 'zod';

const resolve = createRequire(import.meta.url).resolve;
const described = z.looseObject({
  $schema: z.string().regex(/^https:\/\/developer\.microsoft\.com\/json-schemas\/teams\/v[\d.]+\/[\w.]+\.json$/),
});

/**
 * What Microsoft's own schema, named in the file's `$schema`, has against a manifest or a translation: a line for each
 * problem. The schemas are those that @microsoft/app-manifest carries; no network. Its own validator is not used: 1.1.2
 * does not load without a package that it does not bring, and refuses one of the patterns for translations.
 */
export function problemsOf(file: unknown): string[] {
  const { $schema: address } = described.parse(file);
  const validate = validators.get(address) ?? compile(address);
  if (validate(file)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath} ${message} ${JSON.stringify(params)}`;
  });
}

const validators = new Map<string, ValidateFunction>();

function compile(address: string): ValidateFunction {
  const path = address.replace('https://developer.microsoft.com', '@microsoft/app-manifest/build');
  // Draft 4, of which these schemas use nothing that newer drafts read in another way.
  const { $schema: _, ...schema }: AnySchemaObject = JSON.parse(readFileSync(resolve(path), 'utf8'));
  const formats = { uri: (value: string) => URL.canParse(value) };
  const validate = new Ajv({ allErrors: true, strictTypes: false, unicodeRegExp: false, formats }).compile(schema);
  validators.set(address, validate);
  return validate;
}
