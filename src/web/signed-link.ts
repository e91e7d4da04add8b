import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signs what a link carries, so that it comes back as it was given out. A purpose's links are of no use for another: each
 * page signs under a name of its own. What is signed can be read by everybody who holds the link.
 */
export interface LinkSigner {
  /**
   * What goes into an address: hexadecimal digits, because other signs are taken for mark-up, or for the end of a link, by
   * the chats and mails that people send it in.
   */
  sign(purpose: string, content: Uint8Array): string;
  /** What was signed; null when it is not ours, for another purpose, or not as it was given out. */
  read(purpose: string, token: string): Uint8Array | null;
}

/** Half of SHA-256: as many bits as a key of AES-128 has, and the link stays short enough to be sent by hand. */
const macLength = 16;
const token = /^(?:[\da-f]{2}){16,2000}$/;

export function linkSigner(secret: string): LinkSigner {
  const macOf = (purpose: string, content: Uint8Array): Buffer =>
    createHmac('sha256', secret).update(purpose).update('\0').update(content).digest().subarray(0, macLength);
  return {
    sign: (purpose, content) => Buffer.concat([content, macOf(purpose, content)]).toString('hex'),
    read(purpose, given) {
      if (!token.test(given)) return null;
      const bytes = Buffer.from(given, 'hex');
      const content = bytes.subarray(0, -macLength);
      return timingSafeEqual(macOf(purpose, content), bytes.subarray(-macLength)) ? content : null;
    },
  };
}
