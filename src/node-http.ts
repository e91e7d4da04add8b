/**
 * Node's HTTP. An `import` of `node:http` reads everything that it exports, and some of that loads the whole of Node's
 * `fetch`: megabytes that nothing here uses. Types may come from there.
 */
export const { createServer, request } = process.getBuiltinModule('node:http');
