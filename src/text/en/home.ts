/** What the home slice says. */
export const home = {} as const;
