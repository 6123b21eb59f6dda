import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';
import type { DemoPerson } from '../people.js';
import { tokenFor } from '../token.js';
import { dicomWeb } from './dicom-web.js';
import type { Orthanc } from './orthanc.js';

export interface ViewerSiteOptions {
  /** The folder of the viewer's files. */
  viewer: string;
  archive: Orthanc;
  /** Who works at this one. A real site asks its own sign-in. */
  person: DemoPerson;
  secret: string;
  parleyPort: number;
}

const CONFIGURATION = fileURLToPath(new URL('../../../demo-host/ohif/app-config.js', import.meta.url));

/** What stands around the viewer in a hospital: its files with a configuration of one's own, the archive, and the back end that knows who is signed in. */
export function viewerSite({ viewer, archive, person, secret, parleyPort }: ViewerSiteOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  // As OHIF's makers advise, for memory that its workers share: whatever the page loads from elsewhere must allow it.
  app.use((_request, response, next) => {
    response.set({ 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' });
    next();
  });
  app.use('/dicom-web', dicomWeb(archive, person));
  app.get('/chat/settings', (request, response) => {
    response.set('Cache-Control', 'no-store').json({ server: `http://${request.hostname}:${String(parleyPort)}` });
  });
  app.get('/chat/token', async (_request, response) => {
    response
      .set('Cache-Control', 'no-store')
      .type('text/plain')
      .send(await tokenFor(person, secret));
  });
  app.get('/app-config.js', (_request, response) => response.set('Cache-Control', 'no-cache').sendFile(CONFIGURATION));
  app.use(express.static(viewer));
  // The viewer's own addresses, such as /viewer?StudyInstanceUIDs=..., are one page.
  app.get('/{*address}', (_request, response) => response.sendFile('index.html', { root: viewer }));
  return app;
}
