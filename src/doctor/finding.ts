import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/** What one look at the installation found. */
export interface Finding {
  /** What was looked at: node, configuration, database, … */
  subject: string;
  state: 'ok' | 'note' | 'fault';
  /** A plain sentence. */
  says: string;
  /** What to do about a fault. */
  mend?: string;
}

/** What the examinations work with. */
export interface DoctorTools {
  clock: Clock;
  log: Log;
  /** Node's version, for example 24.21.0. */
  nodeVersion: string;
  /** Where Microsoft hands out tokens, or what stands in for it. */
  teamsLogin?: string;
}

/** Slack's signatures expire after 300 s, and tokens of Teams are good for as long beyond their times; well before that something is wrong with a clock. */
const toleratedSkew = Temporal.Duration.from({ seconds: 60 });

/** Compares this machine's clock with another's. `asked` and `answered` are our times around the question. */
export function examineClock(
  subject: string,
  whose: string,
  theirs: Temporal.Instant,
  asked: Temporal.Instant,
  answered: Temporal.Instant,
): Finding {
  // Inside the question's own duration every difference is possible.
  const skew = Temporal.Instant.compare(theirs, asked) < 0 ? theirs.until(asked) : answered.until(theirs);
  const seconds = Math.max(0, Math.round(skew.total('seconds')));
  if (seconds <= toleratedSkew.total('seconds')) {
    return { subject, state: 'ok', says: `This machine's clock agrees with ${whose}.` };
  }
  return {
    subject,
    state: 'fault',
    says: `This machine's clock and ${whose} differ by ${seconds} s.`,
    mend: 'Set both by a time server (NTP): with 300 s and more every request from Slack or Teams is refused.',
  };
}
