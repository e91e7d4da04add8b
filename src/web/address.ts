import { isIPv6 } from 'node:net';
import { isLoopback } from '../loopback.ts';

const ownNetwork = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd][\da-f]{2}:)/i;
/** Some proxies, Azure's Application Gateway among them, write the port too, which is another one each time. */
const withPort = /^(?:\[([\da-f:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/i;

/**
 * Who asks. A proxy of ours is on this machine or in its network, and writes the address that it was asked from behind
 * all that the sender may have written; nobody else is believed. `socket`: the address at the other end.
 */
export function addressOf(socket: string | undefined, forwarded: string | string[] | undefined): string {
  const near = (socket ?? '').replace(/^::ffff:/, '');
  if (forwarded === undefined || !(isLoopback(near) || ownNetwork.test(near))) return near;
  const last = String(forwarded).split(',').at(-1)?.trim().slice(0, 60) ?? '';
  const bare = withPort.exec(last);
  return (bare?.[1] ?? bare?.[2] ?? last) || near;
}

/**
 * Whom requests are counted for: an IPv4 address; of IPv6 the network of 64 bits, since every subscriber is given at least
 * one, and with it as many addresses as they like (RFC 6177; RFC 4291, 2.5.1). What is no address is itself.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  // Written as everybody writes it (RFC 5952): in lower case, without zeros, and no part of it in IPv4's way.
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const [before, behind] = [groupsOf(head), groupsOf(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - behind.length }, () => '0');
  const groups = [...before, ...zeros, ...behind];
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff') return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return groups.slice(0, 4).join(':');
}

const groupsOf = (written: string): string[] => (written === '' ? [] : written.split(':'));
