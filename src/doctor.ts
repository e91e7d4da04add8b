import { type Config, ConfigError } from './config.ts';
import { examineDatabase } from './doctor/database.ts';
import type { DoctorTools, Finding } from './doctor/finding.ts';
import { examineLinks } from './doctor/links.ts';
import { examineSlack } from './doctor/slack.ts';
import { examineTeams } from './doctor/teams.ts';

const neededNode = 24;
/** Looks at everything that an installation needs and says what is wrong and how to mend it. Faults are not thrown. */
export async function runDoctor(config: Config | ConfigError, tools: DoctorTools): Promise<Finding[]> {
  const findings = [examineNode(tools.nodeVersion)];
  if (config instanceof ConfigError) {
    const problems = config.problems.map(({ variable, problem, mend }): Finding => {
      return { subject: 'configuration', state: 'fault', says: `${variable}: ${problem}`, mend };
    });
    return [...findings, ...problems];
  }
  findings.push({ subject: 'configuration', state: 'ok', says: 'Complete.' });
  findings.push(...(await examineDatabase(config, tools)));
  findings.push(...(await examineSlack(config, tools)));
  findings.push(...(await examineTeams(config, tools)));
  findings.push(...examineLinks(config));
  return findings;
}

/** One line for a finding, and the mend with it. */
export function lineFor({ subject, state, says, mend }: Finding): string {
  return `${state.padEnd(5)} ${subject.padEnd(13)} ${says}${mend === undefined ? '' : ` ${mend}`}`;
}

function examineNode(version: string): Finding {
  if (Number.parseInt(version, 10) >= neededNode) return { subject: 'node', state: 'ok', says: `Node ${version}.` };
  return {
    subject: 'node',
    state: 'fault',
    says: `Node ${version} runs this, ${neededNode} is needed.`,
    mend: 'Start with npm (npm start, npm run kam), which uses the Node that npm install brought.',
  };
}
