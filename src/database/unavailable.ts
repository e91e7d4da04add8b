/**
 * Whether a thrown value says that the database is away, too slow or has no connection free: nothing that we did wrong,
 * and over when it is back. Codes of PostgreSQL (Appendix A of its manual: classes 08, 53, 57 and 58), of sockets, and
 * of Prisma (Error message reference: P1001 and so on).
 */
export function isUnavailable(error: unknown): boolean {
  // Causes are left alone: behind the errors of other clients stand sockets too, and nobody shall blame the database.
  if (!(error instanceof Error)) return false;
  return codesOf(error).some((code) => unavailable.test(code)) || said.test(error.message);
}

const unavailable =
  /^(08...|53...|57P0[123]|57014|25P03|58...|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|P1001|P1002|P1008|P1017|P2024|P2028)$/;

/** The pool's and the driver's own errors carry no code. */
const said =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)|(Server has closed the connection|Can't reach database server|Database server .* has closed|ConnectionClosed|DatabaseNotReachable|SocketTimeout)/;

/** The code of the error, and of the database's error that Prisma carries inside. */
function codesOf(error: Error): string[] {
  const codes: unknown[] = ['code' in error ? error.code : undefined];
  if ('meta' in error && typeof error.meta === 'object' && error.meta !== null) {
    for (const inner of Object.values(error.meta)) {
      if (typeof inner !== 'object' || inner === null) continue;
      const { cause } = inner as { cause?: { originalCode?: unknown; kind?: unknown } };
      codes.push(cause?.originalCode, 'code' in inner ? inner.code : undefined);
      if (typeof cause?.kind === 'string' && said.test(cause.kind)) return ['P1001'];
    }
  }
  return codes.filter((code) => typeof code === 'string');
}
