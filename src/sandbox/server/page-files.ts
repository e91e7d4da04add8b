import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TypeStripper } from './strip-types.ts';

const pageFolder = fileURLToPath(new URL('../page', import.meta.url));
// By its folder, because resolving it here would name the build for Node or, in tests, the one for development.
const litFolder = dirname(findPackageJSON('lit-html', import.meta.url) ?? '');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** A file of the page, ready to be sent. */
export interface PageFile {
  type: string;
  body: Buffer | string;
  /** Hashes of inline scripts, for the Content-Security-Policy. */
  scriptHashes: string[];
}

/** A path inside a folder, or undefined when it would lead out of it. */
function inside(folder: string, path: string): string | undefined {
  const full = normalize(join(folder, path));
  return full.startsWith(folder + sep) ? full : undefined;
}

function inlineScripts(html: string): string[] {
  const bodies = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((found) => found[1] ?? '');
  return bodies.map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`);
}

/** The path as it was meant; one that is badly encoded names no file. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}

/** Reads the page's files; TypeScript leaves as JavaScript, kept until the file changes. */
export class PageFiles {
  readonly #stripper = new TypeStripper();
  readonly #stripped = new Map<string, { changed: number; code: string }>();

  /** The file for an address path (`/`, `/page/…`, `/page/vendor/…`), or undefined. */
  async find(path: string): Promise<PageFile | undefined> {
    const file = this.#locate(readable(path));
    const type = file && types[extname(file)];
    if (!file || !type) return undefined;
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    if (extname(file) === '.ts') return { type, body: await this.#script(file, found.mtimeMs), scriptHashes: [] };
    const body = await readFile(file);
    return { type, body, scriptHashes: extname(file) === '.html' ? inlineScripts(body.toString()) : [] };
  }

  #locate(path: string): string | undefined {
    if (path === '/') return join(pageFolder, 'index.html');
    if (path === '/protocol.ts') return join(pageFolder, '..', 'protocol.ts');
    if (path.startsWith('/page/vendor/')) return inside(litFolder, path.slice('/page/vendor/'.length));
    if (path.startsWith('/page/')) return inside(pageFolder, path.slice('/page/'.length));
    return undefined;
  }

  async #script(file: string, changed: number): Promise<string> {
    const known = this.#stripped.get(file);
    if (known?.changed === changed) return known.code;
    const code = await this.#stripper.strip(await readFile(file, 'utf8'));
    this.#stripped.set(file, { changed, code });
    return code;
  }

  /** Lets go of the worker. */
  close(): Promise<void> {
    return this.#stripper.close();
  }
}
