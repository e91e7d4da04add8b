/** What channels read of meetings. */
export const summaries = {};
