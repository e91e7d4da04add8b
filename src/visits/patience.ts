/** What came in time; nothing when it did not. */
export type InTime<T> = { inTime: true; value: T } | { inTime: false };

/**
 * Waits for work at most so many milliseconds. Work that fails in time, fails; what becomes of late work is told to
 * `late`, so that nothing of it is lost unseen.
 */
export async function atMost<T>(
  milliseconds: number,
  work: Promise<T>,
  late: { done(value: T): void; failed(error: unknown): void },
): Promise<InTime<T>> {
  let timer: NodeJS.Timeout | undefined;
  let isLate = false;
  const tooLate = new Promise<InTime<T>>((resolve) => {
    timer = setTimeout(() => {
      isLate = true;
      resolve({ inTime: false });
    }, milliseconds);
  });
  const watched = work.then(
    (value): InTime<T> => {
      if (isLate) late.done(value);
      return { inTime: true, value };
    },
    (error: unknown): InTime<T> => {
      if (!isLate) throw error;
      late.failed(error);
      return { inTime: false };
    },
  );
  try {
    return await Promise.race([watched, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
