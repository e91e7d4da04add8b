/** What the accounts slice says. */
export const accounts = {} as const;
