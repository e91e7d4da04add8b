import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

/** Levels in rising order of gravity; `silent` writes nothing. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What every part of the bot is handed to log with: a fixed message, the details as fields. */
export type Log = Logger;

const secretFields = [
  ...['token', 'botToken', 'appToken', 'signingSecret', 'clientSecret', 'password', 'authorization', 'databaseUrl'],
  'linkSecret',
];
const secretNames: ReadonlySet<string> = new Set(secretFields);
/** What lies deeper in a field is not logged: nothing does that is meant to be read, and a circle would have no end. */
const deepest = 4;
const slackTokens = /\bx(?:ox[a-z]|app)[.-][\w.-]+/g;
const passwordsInUrls = /(\b[a-z][a-z+]*:\/\/[^\s:/@]*):[^\s/@]+@/gi;

/** JSON Web Tokens, as Microsoft's are: three parts, the first of which begins a JSON object. */
const webTokens = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;

/** Takes tokens and the passwords of addresses out of a text, so that an error's message can be logged. */
export function withoutSecrets(text: string): string {
  return text.replace(slackTokens, '[token]').replace(webTokens, '[token]').replace(passwordsInUrls, '$1:[password]@');
}

/**
 * Makes the logger: JSON lines on standard error, because standard output belongs to what a person or a script reads
 * (`ready`, the doctor's lines).
 */
export function createLog(level: LogLevel, destination: DestinationStream = process.stderr): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      // Pino's own `redact` would cost three times as much as all the rest of a line.
      formatters: { level: (label) => ({ level: label }), log: (fields) => censored(fields) },
      // A child's fields pass only these.
      serializers: { ...Object.fromEntries(secretFields.map((name) => [name, () => '[secret]'])), err: describeError },
    },
    destination,
  );
}

/** The same fields with secrets taken out, however deep they are named. */
function censored(fields: object, depth = 1): Record<string, unknown> {
  const entries = Object.entries(fields);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, secretNames.has(name) ? '[secret]' : censoredValue(value, depth)]),
  );
}

function censoredValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '[deeper]';
  if (Array.isArray(value)) return value.map((each) => censoredValue(each, depth + 1));
  // Errors, instants and the like say themselves how they are written.
  return Object.getPrototypeOf(value) === Object.prototype ? censored(value, depth + 1) : value;
}

/** An error as fields. Details that databases add (the values of a violated key) stay out: they are customers' names. */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? withoutSecrets(error) : typeof error;
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: withoutSecrets(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
