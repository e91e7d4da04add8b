import { isLoopback } from '../../loopback.ts';

/** Whether an address is one of Teams' services. What the bot says, and its token, goes only where this says yes. */
export type Services = (serviceUrl: string) => boolean;

/** The hosts of each cloud (Teams SDK, Service URL Validation, "Allowed hostnames by cloud"). */
export const serviceHosts = {
  public: ['smba.trafficmanager.net', 'smba.onyx.prod.teams.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com'],
  governmentHigh: ['smba.infra.gov.teams.microsoft.us'],
  defence: ['smba.infra.dod.teams.microsoft.us'],
  china: ['frontend.botapi.msg.infra.teams.microsoftonline.cn'],
} as const satisfies Record<string, readonly string[]>;

/** Services of a cloud: over https, on its usual port, by the exact name. */
export function servicesOn(hosts: readonly string[]): Services {
  return (serviceUrl) => {
    const url = plainAddress(serviceUrl);
    return url !== null && url.protocol === 'https:' && url.port === '' && hosts.includes(url.hostname);
  };
}

/** A service on this machine, on any port: an emulator, or Microsoft's Agents Playground. */
export const servicesOnLoopback: Services = (serviceUrl) => {
  const url = plainAddress(serviceUrl);
  return url !== null && isLoopback(url.hostname);
};

/** An address that paths can be hung on; null when it has a name, a password, a query or a fragment. */
function plainAddress(address: string): URL | null {
  if (/[?#]/.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  const plain = /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return plain ? url : null;
}
