#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { importFromFile } from './accounts/index.ts';
import { createCalendar } from './calendar/index.ts';
import { systemClock } from './clock.ts';
import { ConfigError, readConfig } from './config.ts';
import { migrate } from './database/migrate.ts';
import { reachServer } from './database/server.ts';
import { type Database, jobLimits, openDatabase } from './database.ts';
import { lineFor, runDoctor } from './doctor.ts';
import { createLog, type Log, withoutSecrets } from './log.ts';
import { scheduleLines } from './meetings/schedule-printing.ts';
import { createPeople } from './people/index.ts';
import { nearestLocale } from './text/locale.ts';
import { textIn } from './text/text.ts';

/** A word after `kam`. A new one is a line in `commands`. */
interface Command {
  usage: string;
  summary: string;
  /** Returns the exit code; a thrown error is printed as one sentence and exits with 1. */
  run(args: string[]): Promise<number>;
}

const commands: Record<string, Command> = {
  doctor: { usage: 'doctor', summary: 'check the installation, a line for each thing and its mend', run: doctor },
  migrate: { usage: 'migrate', summary: 'bring the database to this version, as a start does', run: migrateDatabase },
  import: {
    usage: 'import <file.csv> [--dry-run] [--skip-bad] [--organization <id or name>] [--language <en|zh-CN>]',
    summary: 'bring in a list of customers, new and changed ones',
    run: importCustomers,
  },
  preview: {
    usage: 'preview [--days 14] [--language <en|zh-CN>]',
    summary: 'what all meetings will send to whom and when, and to whom not and why',
    run: previewMeetings,
  },
  help: { usage: 'help', summary: 'show this', run: help },
};

const print = (line: string) => void process.stdout.write(`${line}\n`);

async function doctor(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const config = configOrError();
  const log = createLog('error');
  const findings = await runDoctor(config, { clock: systemClock, log, nodeVersion: process.versions.node });
  for (const finding of findings) print(lineFor(finding));
  return findings.some((finding) => finding.state === 'fault') ? 1 : 0;
}

function configOrError() {
  try {
    return readConfig();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

async function migrateDatabase(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const config = readConfig();
  const log = createLog(config.logLevel);
  const server = await reachServer(config, log);
  try {
    const applied = await migrate(server.url, { log });
    print(applied.length === 0 ? 'Nothing to do.' : `Applied ${applied.join(', ')}.`);
    return 0;
  } finally {
    await server.stop();
  }
}

async function importCustomers(args: string[]): Promise<number> {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'dry-run': flag, 'skip-bad': flag, organization: { type: 'string' }, language: { type: 'string' } },
  });
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) {
    process.stderr.write(`Usage: npm run kam -- ${commands.import?.usage}\n`);
    return 2;
  }
  return withDatabase(async (database) => {
    const { ok, report } = await importFromFile({
      database,
      clock: systemClock,
      path,
      dryRun: values['dry-run'],
      skipBad: values['skip-bad'],
      text: textIn(nearestLocale(values.language) ?? 'en'),
      onProgress: progressBar(process.stderr),
      ...(values.organization === undefined ? {} : { organization: values.organization }),
    });
    print(report);
    return ok ? 0 : 1;
  });
}

/** As many days as fit on paper. */
const mostDays = 366;

async function previewMeetings(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { days: { type: 'string', default: '14' }, language: { type: 'string' } },
  });
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > mostDays) {
    process.stderr.write(`--days is a whole number from 1 to ${mostDays}.\n`);
    return 2;
  }
  return withDatabase(async (database, log) => {
    const needs = { database, clock: systemClock, log, nudge: () => undefined };
    const people = createPeople(needs);
    const calendar = createCalendar({ ...needs, people, changed: async () => undefined });
    const text = textIn(nearestLocale(values.language) ?? 'en');
    const lines = await scheduleLines({ database, people, calendar }, { now: systemClock.now(), days, text });
    for (const line of lines) print(line);
    return 0;
  });
}

/** Brings the database to this version, works with it, and closes it. The bot is not started. */
async function withDatabase(work: (database: Database, log: Log) => Promise<number>): Promise<number> {
  const config = readConfig();
  const log = createLog('warn');
  const server = await reachServer(config, log);
  try {
    await migrate(server.url, { log });
    const database = openDatabase(server.url, { log, ...jobLimits });
    try {
      return await work(database, log);
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

/** Draws how much is done, when somebody watches; says nothing into a file or a pipe. */
function progressBar(out: NodeJS.WriteStream): (done: number, total: number) => void {
  const width = 40;
  let drawn = '';
  return (done, total) => {
    if (!out.isTTY) return;
    const share = total === 0 ? 1 : done / total;
    const full = Math.round(width * share);
    const line = `${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.round(share * 100)}%`;
    if (line === drawn) return;
    drawn = line;
    out.write(`\r${line}${share >= 1 ? '\n' : ''}`);
  };
}

async function help(): Promise<number> {
  for (const { usage, summary } of Object.values(commands)) print(`  npm run kam -- ${usage}\n      ${summary}`);
  return 0;
}

/** What people try first to be told what there is. */
const helpFlags: readonly string[] = ['--help', '-h'];

/** Runs `kam <word> …` and returns the exit code: 0 well, 1 a fault, 2 not understood. */
async function main([word = 'help', ...args]: string[]): Promise<number> {
  if (helpFlags.includes(word) || args.some((arg) => helpFlags.includes(arg))) return help();
  const command = commands[word];
  if (!command || !Object.hasOwn(commands, word)) {
    process.stderr.write(`There is no command "${word}".\n`);
    await help();
    return 2;
  }
  try {
    return await command.run(args);
  } catch (error) {
    process.stderr.write(`${withoutSecrets(error instanceof Error ? error.message : String(error))}\n`);
    return isUsageError(error) ? 2 : 1;
  }
}

const isUsageError = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
