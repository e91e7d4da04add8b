import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { type DoctorTools, examineClock, type Finding } from './finding.ts';

const subject = 'teams';
const patience = 10_000;
/** What the bot asks a token for: to call the connector (Bot Connector, Authentication, "Bot to Connector"). */
const scope = 'https://api.botframework.com/.default';
const publicLogin = 'https://login.microsoftonline.com';

/** The token itself is not looked at. */
const granted = z.object({ access_token: z.string().min(1) });
/** The description beside it names ids and is left alone. */
const refused = z.object({ error: z.string(), error_codes: z.array(z.number()).default([]) });

/** Looks at the connection to Microsoft Teams: credentials accepted, somebody who may set it up, clock. */
export async function examineTeams({ teams, slack }: Config, tools: DoctorTools): Promise<Finding[]> {
  if (teams === null) return [{ subject, state: 'note', says: 'No tenant is connected.' }];
  const { authentication, tenantId, administrators } = teams;
  if (authentication === 'none')
    return [
      { subject, state: 'note', says: 'Nobody has to prove who they are: for trying out, on this machine only.' },
    ];
  const { teamsLogin = publicLogin } = tools;
  const asked = tools.clock.now();
  const reply = await askForToken(`${teamsLogin}/${tenantId}/oauth2/v2.0/token`, authentication);
  const answered = tools.clock.now();
  if (reply instanceof Error) {
    const mend = `See that this machine may reach ${teamsLogin} (proxy, firewall).`;
    return [{ subject, state: 'fault', says: `${teamsLogin} cannot be reached: ${reply.message}.`, mend }];
  }
  const findings = [examineAnswer(reply)];
  // Where Slack is connected too, whoever runs that workspace may do it.
  if (administrators.length === 0 && slack === null) findings.push(nobodySetsUp);
  const date = Date.parse(reply.headers.get('date') ?? '');
  if (!Number.isNaN(date)) {
    const theirs = Temporal.Instant.fromEpochMilliseconds(date);
    findings.push(examineClock('clock', "Microsoft's", theirs, asked, answered));
  }
  return findings;
}

interface Reply {
  status: number;
  answer: unknown;
  headers: Headers;
}

async function askForToken(
  address: string,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<Reply | Error> {
  const credentials = { client_id: clientId, client_secret: clientSecret };
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', scope, ...credentials }),
      // A redirect would take the secret to wherever it points.
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    return { status: response.status, answer: await response.json().catch(() => null), headers: response.headers };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    return new Error(cause || (error instanceof Error ? error.message : String(error)));
  }
}

/** By Microsoft's own numbers, which it may change (Microsoft Entra, authentication and authorization error codes). */
const whyRefused: Readonly<Record<number, string>> = {
  7000215: 'Copy the value, not the id, of a client secret into TEAMS_CLIENT_SECRET; it is shown only when it is made.',
  7000222: 'The secret has expired: make a new one at "Certificates & secrets" and set TEAMS_CLIENT_SECRET.',
  700016:
    'Copy the Application (client) ID and the Directory (tenant) ID of one registration: this tenant has no such app.',
  90002: 'Copy the Directory (tenant) ID of the bot’s registration into TEAMS_TENANT_ID: there is no such tenant.',
  7000112: 'The app is disabled: an administrator of the tenant can enable it at "Enterprise applications".',
};

function examineAnswer({ status, answer }: Reply): Finding {
  if (granted.safeParse(answer).success)
    return { subject, state: 'ok', says: 'Microsoft accepts the credentials of the bot.' };
  const { data } = refused.safeParse(answer);
  if (data === undefined) {
    const mend = 'See that nothing between this machine and Microsoft answers in its place (proxy).';
    return { subject, state: 'fault', says: `The login answers ${status}, but not as Microsoft does.`, mend };
  }
  const [code] = data.error_codes;
  const name = code === undefined ? word(data.error) : `AADSTS${code}`;
  const mend =
    (code === undefined ? undefined : whyRefused[code]) ??
    'Look this word up in Microsoft Entra’s reference of authentication error codes.';
  return { subject, state: 'fault', says: `Microsoft refuses the credentials of the bot: ${name}.`, mend };
}

/** Anything might stand in the place of a word. */
const word = (said: string) => (/^[\w.-]{1,64}$/.test(said) ? said : 'unknown_error');

const nobodySetsUp: Finding = {
  subject,
  state: 'note',
  says: 'Nobody may run setup: TEAMS_ADMINISTRATORS names nobody.',
  mend: 'Set the e-mail addresses of who may.',
};
