/** What people are asked, and what they answered. */
export const prompts = {};
