import { Router } from 'express';
import type { Request, Response } from 'express';
import { imageCount, imagePath } from '../dicom/archive.js';
import type { Exchange } from '../exchange/exchange.js';
import type { ParleyBackend } from '../parley-backend.js';
import { findPerson, people } from '../people.js';
import { findResource, maySeeResource, resources } from '../resources.js';
import type { NetworkProxy } from '../network/network-proxy.js';
import type { ReceivedMails } from '../smtp/received-mails.js';
import { findStudy, maySee, studies } from '../studies.js';
import type { Study } from '../studies.js';
import { tenants } from '../tenants.js';
import { tokenFor } from '../token.js';
import { exchangeApi } from './exchange-api.js';
import { mailApi } from './mail-api.js';
import { networkApi } from './network-api.js';
import { policyApi } from './policy-api.js';
import { requirePerson, signedIn } from './signed-in.js';

export interface ApiOptions {
  secret: string;
  /** Folder of the DICOM files. */
  archive: string;
  received: ReceivedMails;
  exchange: Exchange;
  backend: ParleyBackend;
  /** The wire of the playground. */
  network: NetworkProxy;
}

const DENIED = { denied: true, reason: 'You may not see this' };

/** The demo's back end. A real host asks its own session who it is instead of `requirePerson`; everything after is the same. */
export function demoApi({ secret, archive, received, exchange, backend, network }: ApiOptions): Router {
  const router = Router();
  const started = Date.now();

  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });

  router.get('/people', (_request, response) => void response.json(people));

  router.get('/tenants', (_request, response) => void response.json(tenants));
  router.use(requirePerson);

  router.get('/token', async (_request, response) => {
    const person = signedIn(response);
    if (person.headless) return void response.status(403).json({ error: 'This colleague is a program; nobody can sign in as it.' });
    response.type('text/plain').send(await tokenFor(person, secret));
  });

  router.get('/studies', (_request, response) => {
    const person = signedIn(response);
    response.json(studies.filter((study) => maySee(person, study)).map(shown));
  });
  router.get('/studies/:uid', (request, response) => {
    const study = permittedStudy(request, response);
    if (study) response.json(shown(study));
  });
  router.get('/studies/:uid/images/:number', (request, response) => {
    const study = permittedStudy(request, response);
    if (!study) return;
    const number = Number(request.params.number);
    if (!Number.isInteger(number) || number < 1 || number > imageCount(study))
      return void response.status(404).json({ error: 'No such image' });
    response.set({ 'Cache-Control': 'private, max-age=3600', 'Content-Type': 'application/dicom' });
    response.sendFile(imagePath(archive, study, number - 1));
  });

  const shownResource = ({ updatedAgo, only: _only, ...resource }: (typeof resources)[number]) => ({
    ...resource,
    updatedAt: started - updatedAgo * 60_000,
  });
  router.get('/resources', (_request, response) => {
    const person = signedIn(response);
    response.json(resources.filter((resource) => maySeeResource(person, resource)).map(shownResource));
  });
  router.get('/resources/:id', (request, response) => {
    const resource = findResource(request.params.id);
    if (!resource) return void response.status(404).json({ error: 'No such resource' });
    if (!maySeeResource(signedIn(response), resource)) return void response.status(403).json(DENIED);
    response.json(shownResource(resource));
  });
  router.use(mailApi(received), exchangeApi(exchange), policyApi(backend), networkApi(network));
  return router;
}

/** Answers by itself when there is no such study or the person may not see it. */
function permittedStudy(request: Request, response: Response): Study | null {
  const study = findStudy(String(request.params['uid']));
  if (!study) response.status(404).json({ error: 'No such examination' });
  else if (!maySee(signedIn(response), study)) response.status(403).json(DENIED);
  else return study;
  return null;
}

/** What the pages get: the referrer by name too, and how many images there are. */
function shown(study: Study): Omit<Study, 'pictures' | 'tenant'> & { images: number; referrerName: string } {
  const { pictures: _pictures, tenant: _tenant, ...rest } = study;
  return { ...rest, images: imageCount(study), referrerName: findPerson(study.referrer)?.name ?? '' };
}
