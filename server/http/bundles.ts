import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import expressStaticGzip from 'express-static-gzip';

const FOLDER = fileURLToPath(new URL('../../browser/', import.meta.url));
/** Chunks are `parley-<name>-<hash of 8>.js`; what a page names itself has no hash. */
const HASHED = /^parley-[\w-]+-[\w-]{8}\.js(?:\.map)?$/;

/** How long a file may be kept: a chunk for good, because another content is another name. */
export function cacheControl(file: string): string {
  return HASHED.test(file.replace(/\.(?:br|gz)$/, '')) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/**
 * The built elements, for pages of other origins: entries are asked for anew each time, chunks carry their hash and stay. Each travels as the
 * build has compressed it, which is a third of its bytes.
 */
export function bundles(): RequestHandler {
  return expressStaticGzip(FOLDER, {
    index: false,
    enableBrotli: true,
    orderPreference: ['br', 'gz'],
    serveStatic: {
      redirect: false,
      setHeaders(response, path) {
        response.setHeader('Cache-Control', cacheControl(basename(path)));
        response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
        // Both at once: the middleware knows of the encoding only, and would forget the origin.
        response.setHeader('Vary', 'Origin, Accept-Encoding');
      },
    },
  });
}
