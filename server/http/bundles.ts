import { fileURLToPath } from 'node:url';
import express from 'express';
import type { RequestHandler } from 'express';

const FOLDER = fileURLToPath(new URL('../../browser/', import.meta.url));
const HASHED = /[-.][A-Za-z0-9_-]{8,}\.(?:js|css|map)$/;

/** The built elements, for pages of other origins: entries are asked for anew each time, chunks carry their hash and stay. */
export function bundles(): RequestHandler {
  return express.static(FOLDER, {
    index: false,
    redirect: false,
    setHeaders(response, path) {
      response.setHeader('Cache-Control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    },
  });
}
