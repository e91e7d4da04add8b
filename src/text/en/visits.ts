/** What the visits slice says. */
export const visits = {} as const;
