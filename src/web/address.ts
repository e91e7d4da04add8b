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
