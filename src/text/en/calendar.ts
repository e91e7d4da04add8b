/** What is said of working days and absences. */
export const calendar = {};
