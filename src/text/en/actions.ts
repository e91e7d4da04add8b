/** What the actions slice says. */
export const actions = {} as const;
