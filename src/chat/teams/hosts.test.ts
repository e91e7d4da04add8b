import { expect, test } from 'vitest';
import { isLoopback } from '../../loopback.ts';
import { serviceHosts, servicesOn, servicesOnLoopback } from './hosts.ts';

const ofPublic = servicesOn(serviceHosts.public);

test.each([
  ['https://smba.trafficmanager.net/teams/', true],
  ['https://smba.trafficmanager.net/emea/7e7a0000-0000-4000-8000-000000000001/', true],
  ['https://SMBA.trafficmanager.net:443/teams', true],
  ['https://smba.infra.gcc.teams.microsoft.com/teams', true],
  ['https://smba.infra.gov.teams.microsoft.us/teams', false],
  ['http://smba.trafficmanager.net/teams/', false],
  ['https://smba.trafficmanager.net:8443/teams/', false],
  ['https://smba.trafficmanager.net.attacker.example/teams/', false],
  ['https://attacker.trafficmanager.net/teams/', false],
  ['https://smba.trafficmanager.net@attacker.example/', false],
  ['https://user:word@smba.trafficmanager.net/teams/', false],
  ['https://smba.trafficmanager.net/teams/?to=', false],
  ['https://smba.trafficmanager.net/teams/#', false],
  ['https://attacker.example\\@smba.trafficmanager.net/', false],
  ['smba.trafficmanager.net', false],
  ['file:///etc/passwd', false],
  ['', false],
])('%s is a service of the public cloud: %s', (address, expected) => {
  expect(ofPublic(address)).toBe(expected);
});

test('each government’s cloud has its own', () => {
  const gov = servicesOn(serviceHosts.governmentHigh);
  expect(gov('https://smba.infra.gov.teams.microsoft.us/teams')).toBe(true);
  expect(gov('https://smba.trafficmanager.net/teams/')).toBe(false);
});

test.each([
  ['http://127.0.0.1:3979/teams', true],
  ['http://localhost:56150/_connector', true],
  ['http://[::1]:3979/', true],
  ['http://127.1.2.3/', true],
  ['http://127.0.0.1.attacker.example/', false],
  ['http://localhost.attacker.example/', false],
  ['http://0.0.0.0/', false],
  ['http://169.254.169.254/', false],
  ['https://smba.trafficmanager.net/teams/', false],
  ['http://127.0.0.1:3979/?', false],
])('%s is a service on this machine: %s', (address, expected) => {
  expect(servicesOnLoopback(address)).toBe(expected);
});

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['[::1]', true],
  ['LOCALHOST', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.example', false],
  ['', false],
])('%s means this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
