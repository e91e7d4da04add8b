/** Where a bot of the tests has its pages, and what signs the links to them. */
export const pages = { webPort: 0, publicUrl: null, linkSecret: 'a-secret-of-the-tests-that-signs-links' };
