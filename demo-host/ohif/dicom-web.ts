import { request as ask } from 'node:http';
import { Router, type Request, type Response } from 'express';
import type { DemoPerson } from '../people.js';
import { findStudy, maySee } from '../studies.js';
import type { Orthanc } from './orthanc.js';

const STUDY_UID = '0020000D';

type Found = Record<string, { Value?: unknown[] }>;

/** The archive as one person may see it: what is not for them is not found. It is the viewer's own door, and Parley never asks at it. */
export function dicomWeb({ url: archive, authorization }: Orthanc, person: DemoPerson): Router {
  /** Orthanc writes addresses into its answers: they shall lead back here. */
  const headersOf = ({ headers }: Request) => ({
    accept: headers.accept ?? '*/*',
    authorization,
    forwarded: `host=${headers.host ?? ''};proto=http`,
  });
  const router = Router();
  router.get('/studies', async (request, response) => {
    // Debian's Orthanc leaves out the fields that are asked for with an encoded comma between them, as the viewer does.
    const question = archive + request.originalUrl.replaceAll('%2C', ',');
    const answer = await fetch(question, { headers: { ...headersOf(request), accept: 'application/dicom+json' } });
    const found = answer.ok && answer.status !== 204 ? ((await answer.json()) as Found[]) : [];
    const visible = found.filter((study) => isVisible(person, String(study[STUDY_UID]?.Value?.[0])));
    response.status(answer.status).type('application/dicom+json').send(JSON.stringify(visible));
  });
  router.get('/studies/:uid{/*rest}', (request, response) => {
    const { uid } = request.params;
    const target = new URL(request.originalUrl, archive);
    // As the archive will read it: `..` in an address leads to another study.
    if (isVisible(person, uid) && `${target.pathname}/`.startsWith(`/dicom-web/studies/${uid}/`))
      hand(target, headersOf(request), response);
    else response.status(404).end();
  });
  router.use((_request, response) => void response.status(404).end());
  return router;
}

function isVisible(person: DemoPerson, uid: string): boolean {
  const study = findStudy(uid);
  return study !== undefined && maySee(person, study);
}

/** Hands the question on and the answer back, images included, as they come. */
function hand(target: URL, headers: Record<string, string>, response: Response): void {
  const question = ask(target, { headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  question.on('error', () => (response.headersSent ? response.destroy() : response.status(502).end()));
  response.on('close', () => question.destroy());
  question.end();
}
