import type { z } from 'zod';
import { isObject } from '../json.ts';

type Issue = z.core.$ZodIssue;

/** A complaint in Slack's words with a JSON pointer to the place, for example `/blocks/0/text`. */
export interface Problem {
  reason: string;
  pointer: string;
}

const asPointer = (base: string, path: readonly PropertyKey[]) =>
  base + path.map((part) => `/${String(part)}`).join('');

function at(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((node, key) => {
    if (Array.isArray(node)) return node[Number(key)];
    return isObject(node) ? node[String(key)] : undefined;
  }, root);
}

function sizeReason(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): string {
  if (issue.code === 'too_big') {
    if (issue.origin === 'string') return `must be less than ${Number(issue.maximum) + 1} characters`;
    if (issue.origin === 'array') return `no more than ${issue.maximum} items allowed`;
    return `must be no more than ${issue.maximum}`;
  }
  if (issue.origin === 'string') return `must be more than ${Number(issue.minimum) - 1} characters`;
  if (issue.origin === 'array') return `no fewer than ${issue.minimum} items allowed`;
  return `must be no less than ${issue.minimum}`;
}

function problemsOf(issue: Issue, base: string, root: unknown): Problem[] {
  const pointer = asPointer(base, issue.path);
  const found = at(root, issue.path);
  const parent = asPointer(base, issue.path.slice(0, -1));
  const missing = { reason: `missing required field: ${String(issue.path.at(-1))}`, pointer: parent };
  switch (issue.code) {
    case 'too_big':
    case 'too_small':
      return [{ reason: sizeReason(issue), pointer }];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ reason: `invalid additional property: ${key}`, pointer }));
    case 'invalid_type':
      if (found === undefined && issue.path.length > 0) return [missing];
      return [{ reason: `must provide a ${issue.expected}`, pointer }];
    case 'invalid_union':
      if (issue.path.at(-1) !== 'type') return [{ reason: 'failed to match all allowed schemas', pointer }];
      if (found === undefined) return [missing];
      return [{ reason: `unsupported type: ${typeof found === 'string' ? found : JSON.stringify(found)}`, pointer }];
    case 'invalid_value':
      return found === undefined ? [missing] : [{ reason: 'must be a valid enum value', pointer }];
    case 'invalid_format':
      return [{ reason: `invalid ${issue.format}`, pointer }];
    default:
      return [{ reason: issue.message, pointer }];
  }
}

/** What is wrong with a value under a schema; `base` is the JSON pointer of the value itself. */
export function findProblems(schema: z.ZodType, value: unknown, base: string): Problem[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.flatMap((issue) => problemsOf(issue, base, value));
}

/** The problem as it stands in `response_metadata.messages`. */
export function describe(problem: Problem): string {
  return `[ERROR] ${problem.reason} [json-pointer:${problem.pointer}]`;
}
