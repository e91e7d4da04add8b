import { z } from 'zod';

const uuid = z.uuid();

/** Whether a value from outside can be the id of a row. Whether there is such a row, and whose it is, only a store knows. */
export const isPointer = (value: unknown): value is string => uuid.safeParse(value).success;
