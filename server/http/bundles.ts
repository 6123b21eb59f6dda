import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Router } from 'express';
import type { RequestHandler } from 'express';
import expressStaticGzip from 'express-static-gzip';
import { BUNDLE_FOLDER } from './bundle-files.js';
import type { KeptBundles } from './kept-bundles.js';
import { PACKAGE_VERSION } from './operation.js';

/** Chunks are `parley-<name>-<hash of 8>.js`; what a page names itself has no hash. */
const HASHED = /^parley-[\w-]+-[\w-]{8}\.js(?:\.map)?$/;
const FOR_GOOD = 'public, max-age=31536000, immutable';

/** How long a file may be kept: a chunk for good, because another content is another name. */
export function cacheControl(file: string): string {
  return HASHED.test(file.replace(/\.(?:br|gz)$/, '')) ? FOR_GOOD : 'no-cache';
}

/**
 * The built elements, for pages of other origins. Under the version of the package everything stays for good, so that a page can name what
 * it loads by its hash (`parley sri`); without one, entries are asked for anew each time, and a page gets what this server has.
 */
export function bundles(kept: KeptBundles | null): Router {
  const router = Router();
  const forGood = () => FOR_GOOD;
  router.use(`/${PACKAGE_VERSION}`, files(BUNDLE_FOLDER, forGood));
  router.use(files(BUNDLE_FOLDER, cacheControl));
  if (!kept) return router;

  // Each looks through its folder when it is made.
  const handlers = new Map<string, RequestHandler>();
  const handlerOf = (version: string, folder: string): RequestHandler => {
    const handler = handlers.get(version) ?? files(folder, forGood);
    handlers.set(version, handler);
    return handler;
  };
  router.use('/:version', (request, response, next) => {
    const { version } = request.params;
    const folder = kept.folderOf(version);
    return folder === null ? next() : handlerOf(version, folder)(request, response, next);
  });
  // What a page that was loaded from another version asks for later: its name is its content, whichever version that was.
  router.use((request, response, next) => {
    const file = request.path.slice(1);
    if (!HASHED.test(file)) return next();
    for (const version of kept.versions) {
      const folder = kept.folderOf(version);
      if (folder !== null && existsSync(join(folder, file))) return handlerOf(version, folder)(request, response, next);
    }
    next();
  });
  return router;
}

/** Each file travels as the build has compressed it, which is a third of its bytes. */
function files(folder: string, keep: (file: string) => string): RequestHandler {
  return expressStaticGzip(folder, {
    index: false,
    enableBrotli: true,
    orderPreference: ['br', 'gz'],
    serveStatic: {
      redirect: false,
      setHeaders(response, path) {
        response.setHeader('Cache-Control', keep(basename(path)));
        response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
        // Both at once: the middleware knows of the encoding only, and would forget the origin.
        response.setHeader('Vary', 'Origin, Accept-Encoding');
      },
    },
  });
}
