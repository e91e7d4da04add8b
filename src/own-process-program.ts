/**
 * The program's side of own-process.ts: answers each that is asked, in order, and ends when the bot lets go of it or is
 * gone. `tell`: what the bot may read of an error, which stands in the log.
 */
export function answerEach<Asked>(work: (asked: Asked) => unknown, tell: (error: Error) => string): void {
  // What is said to the whole group of processes is the bot's to decide: it may want a last answer.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit());
  process.on('message', ({ id, asked }: { id: number; asked: Asked }) => {
    process.send?.(answerTo(id, asked));
  });

  function answerTo(id: number, asked: Asked) {
    try {
      return { id, answer: work(asked) };
    } catch (error) {
      return { id, fault: error instanceof Error ? tell(error) : 'unknown' };
    }
  }
}
