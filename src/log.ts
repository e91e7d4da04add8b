import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';

/** Levels in rising order of gravity; `silent` writes nothing. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What every part of the bot is handed to log with: a fixed message, the details as fields. */
export type Log = Logger;

const secretFields = ['token', 'botToken', 'appToken', 'signingSecret', 'password', 'authorization', 'databaseUrl'];
const secretPaths = secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
const slackTokens = /\bx(?:ox[a-z]|app)[.-][\w.-]+/g;
const passwordsInUrls = /(\b[a-z][a-z+]*:\/\/[^\s:/@]*):[^\s/@]+@/gi;

/** Takes Slack tokens and the passwords of addresses out of a text, so that an error's message can be logged. */
export function withoutSecrets(text: string): string {
  return text.replace(slackTokens, '[token]').replace(passwordsInUrls, '$1:[password]@');
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
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretPaths, censor: '[secret]' },
      serializers: { err: describeError },
    },
    destination,
  );
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
