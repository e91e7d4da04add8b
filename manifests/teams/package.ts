import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { zip } from './zip.ts';

/** Stands in the checked-in manifest where the ids of an installation belong. */
export const noId = '00000000-0000-0000-0000-000000000000';
/** Stands in the checked-in manifest where the address of an installation belongs. */
export const exampleOrigin = 'https://kam.example.com';

/** What the package is called in the working directory. */
export const packageName = 'kam-teams.zip';

const id = z
  .guid()
  .refine((value) => value !== noId)
  .transform((value) => value.toLowerCase());
const environment = z.object({
  TEAMS_CLIENT_ID: id,
  TEAMS_APP_ID: id.optional(),
  PUBLIC_URL: z.url({ protocol: /^https$/, hostname: z.regexes.domain }).optional(),
});
type Variable = keyof typeof environment.shape;

const wrong: Record<Variable, { problem: string; mend: string }> = {
  TEAMS_CLIENT_ID: {
    problem: 'It is not a UUID.',
    mend: 'Copy the Application (client) ID of the bot from "App registrations" in Microsoft Entra.',
  },
  TEAMS_APP_ID: {
    problem: 'It is not a UUID.',
    mend: 'Set another than the bot has, or leave it out to use the same.',
  },
  PUBLIC_URL: {
    problem: 'It is not a public https address.',
    mend: 'Set one such as https://kam.example.com, or leave it out.',
  },
};

/** All that is wrong with the environment at once; the message has a line for each variable, without its value. */
export class PackageError extends Error {
  override name = 'PackageError';
}

/** The parts of the manifest that an installation fills in or that name other files. */
const manifest = z.looseObject({
  id: z.literal(noId),
  developer: z.looseObject({ websiteUrl: z.url(), privacyUrl: z.url(), termsOfUseUrl: z.url() }),
  icons: z.strictObject({ color: z.string(), outline: z.string() }),
  localizationInfo: z.looseObject({ additionalLanguages: z.array(z.looseObject({ file: z.string() })) }),
  bots: z.tuple([z.looseObject({ botId: z.literal(noId) })]),
  composeExtensions: z.tuple([z.looseObject({ botId: z.literal(noId) })]),
  validDomains: z.tuple([z.literal(new URL(exampleOrigin).host)]),
});

/**
 * The app package for one installation: the manifest with its ids and address, the icons and the translations, all at
 * the top of the archive, as Teams wants them. Empty variables count as not set. Throws PackageError when the
 * environment does not say which bot it is for.
 */
export function teamsPackage(from: NodeJS.ProcessEnv): Uint8Array {
  const values = readEnvironment(from);
  const json: object = JSON.parse(read('manifest.json').toString('utf8'));
  const declared = manifest.parse(json);
  const filled = { ...json, ...fillIn(declared, values) };
  const translations = declared.localizationInfo.additionalLanguages.map(({ file }) => file);
  const others = [declared.icons.color, declared.icons.outline, ...new Set(translations)];
  return zip([
    { name: 'manifest.json', content: Buffer.from(`${JSON.stringify(filled, null, 2)}\n`) },
    ...others.map((name) => ({ name, content: read(name) })),
  ]);
}

const read = (name: string) => readFileSync(new URL(name, import.meta.url));

function readEnvironment(from: NodeJS.ProcessEnv) {
  const set = Object.entries(from).filter(([, value]) => value !== undefined && value.trim() !== '');
  const parsed = environment.safeParse(Object.fromEntries(set));
  if (parsed.success) return parsed.data;
  const bad = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  const known = new Set(set.map(([name]) => name));
  const line = (name: Variable) => {
    const { problem, mend } = wrong[name];
    return `${name}: ${known.has(name) ? problem : 'It is not set.'} ${mend}`;
  };
  throw new PackageError(
    environment
      .keyof()
      .options.filter((name) => bad.has(name))
      .map(line)
      .join('\n'),
  );
}

/** The parts of the manifest that are another's in every installation. */
function fillIn(declared: z.infer<typeof manifest>, values: z.infer<typeof environment>) {
  const { TEAMS_CLIENT_ID: botId, TEAMS_APP_ID: appId = botId, PUBLIC_URL: address } = values;
  const { developer } = declared;
  const origin = address === undefined ? exampleOrigin : new URL(address).origin;
  const ours = (url: string) => url.replace(exampleOrigin, origin);
  return {
    id: appId,
    developer: {
      ...developer,
      websiteUrl: ours(developer.websiteUrl),
      privacyUrl: ours(developer.privacyUrl),
      termsOfUseUrl: ours(developer.termsOfUseUrl),
    },
    bots: declared.bots.map((bot) => ({ ...bot, botId })),
    composeExtensions: declared.composeExtensions.map((extension) => ({ ...extension, botId })),
    validDomains: address === undefined ? [] : [new URL(address).host],
  };
}

function main(): number {
  if (existsSync('.env')) process.loadEnvFile('.env');
  try {
    writeFileSync(packageName, teamsPackage(process.env));
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  process.stdout.write(`Wrote ${packageName}. Upload it in the Teams admin center: Teams apps, Manage apps.\n`);
  return 0;
}

if (import.meta.main) process.exitCode = main();
