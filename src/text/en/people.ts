/** What the people slice says. */
export const people = {} as const;
