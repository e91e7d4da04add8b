import { linkSecretOf } from './link-secret.ts';
import { type LinkSigner, linkSigner } from './signed-link.ts';

/** Where our pages are, and what signs the links to them. */
export interface Links {
  /** Null: nothing signs them, because no secret was set where one must be. */
  signer(): Promise<LinkSigner | null>;
  /** Without a slash at the end. */
  address(): string;
}

/**
 * The links of this installation. The secret is looked for when the first link is made or opened; the port is known when
 * the little server listens.
 */
export function createLinks(given: {
  linkSecret: string | null;
  publicUrl: string | null;
  dataDirectory: string | null;
}): Links & { listensAt(port: number): void } {
  const { linkSecret, publicUrl, dataDirectory } = given;
  let own = '';
  let signer: LinkSigner | null = null;
  return {
    async signer() {
      if (signer !== null) return signer;
      const secret = await linkSecretOf(linkSecret, dataDirectory);
      if (secret !== null) signer = linkSigner(secret);
      return signer;
    },
    address: () => publicUrl ?? own,
    listensAt(port) {
      own = `http://127.0.0.1:${port}`;
    },
  };
}
