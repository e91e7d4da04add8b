import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signs what a link carries, so that it comes back as it was given out. A purpose's links are of no use for another: each
 * page signs under a name of its own. What is signed can be read by everybody who holds the link.
 */
export interface LinkSigner {
  /** What goes into an address, in letters that need no escape there. */
  sign(purpose: string, content: Uint8Array): string;
  /** What was signed; null when it is not ours, for another purpose, or not as it was given out. */
  read(purpose: string, token: string): Uint8Array | null;
}

/** Half of SHA-256: as many bits as a key of AES-128 has, and the link stays short enough to be sent by hand. */
const macLength = 16;
const token = /^[\w-]{22,2000}$/;

export function linkSigner(secret: string): LinkSigner {
  const macOf = (purpose: string, content: Uint8Array): Buffer =>
    createHmac('sha256', secret).update(purpose).update('\0').update(content).digest().subarray(0, macLength);
  return {
    sign: (purpose, content) => Buffer.concat([content, macOf(purpose, content)]).toString('base64url'),
    read(purpose, given) {
      if (!token.test(given)) return null;
      const bytes = Buffer.from(given, 'base64url');
      // The same bytes can be written in several ways; only ours is one.
      if (bytes.length < macLength || bytes.toString('base64url') !== given) return null;
      const content = bytes.subarray(0, -macLength);
      return timingSafeEqual(macOf(purpose, content), bytes.subarray(-macLength)) ? content : null;
    },
  };
}
