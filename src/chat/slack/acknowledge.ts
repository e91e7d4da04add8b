/**
 * An acknowledgement that is given exactly once, and in any case in time: Slack waits 3,000 ms (Handling user
 * interaction: acknowledgement), after which the person sees an error although the work may have been done.
 */
export interface Acknowledgement<Answer> {
  /** False when it came too late: the answer must go another way. */
  give(answer?: Answer): Promise<boolean>;
}

const latest = 2_600;

export function acknowledgement<Answer>(
  ack: (answer?: Answer) => Promise<void>,
  whenLate: () => Answer | undefined,
  onFailure: (error: unknown) => void,
): Acknowledgement<Answer> {
  let given = false;
  const timer = setTimeout(() => {
    given = true;
    ack(whenLate()).catch(onFailure);
  }, latest);
  return {
    async give(answer) {
      if (given) return false;
      given = true;
      clearTimeout(timer);
      await (answer === undefined ? ack() : ack(answer));
      return true;
    },
  };
}
