/** A port that cannot be listened on; the message is a sentence for the person who starts the bot. */
export class PortTaken extends Error {
  override name = 'PortTaken';
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be used by this account',
};

/** Passes on what listening gives. Throws `PortTaken`, naming the variable to set, when the port is not to be had. */
export async function listenAs<T>(
  variable: 'PORT' | 'HEALTH_PORT' | 'SANDBOX_PORT' | 'TEAMS_PORT' | 'WEB_PORT',
  port: number,
  listening: Promise<T>,
): Promise<T> {
  try {
    return await listening;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = reasons[code];
    if (reason === undefined) throw error;
    throw new PortTaken(`${variable}: Port ${port} ${reason}. Set ${variable} to another, or free this one.`, {
      cause: error,
    });
  }
}
