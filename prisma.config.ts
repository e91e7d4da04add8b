import { defineConfig } from 'prisma/config';

// `prisma generate` looks for the native schema engine although it does not use it, and would download it.
// Any executable file satisfies the look; generating then needs no network.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: 'prisma' });
