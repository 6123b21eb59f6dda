import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import type { RequestHandler } from 'express';

const FOLDER = fileURLToPath(new URL('../../browser/', import.meta.url));
/** Chunks are `parley-<name>-<hash of 8>.js`; what a page names itself has no hash. */
const HASHED = /^parley-[\w-]+-[\w-]{8}\.js(?:\.map)?$/;

/** How long a file may be kept: a chunk for good, because another content is another name. */
export function cacheControl(file: string): string {
  return HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** The built elements, for pages of other origins: entries are asked for anew each time, chunks carry their hash and stay. */
export function bundles(): RequestHandler {
  return express.static(FOLDER, {
    index: false,
    redirect: false,
    setHeaders(response, path) {
      response.setHeader('Cache-Control', cacheControl(basename(path)));
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    },
  });
}
