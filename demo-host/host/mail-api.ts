import { Router } from 'express';
import { groups, mailboxes, mailboxesOf } from '../groups.js';
import { addressesOf, mails, maySeeMail } from '../mails.js';
import type { DemoMail } from '../mails.js';
import type { DemoPerson } from '../people.js';
import { appointments } from '../appointments.js';
import type { ReceivedMail, ReceivedMails } from '../smtp/received-mails.js';
import { signedIn } from './signed-in.js';

/** A mail as the pages get it: those that lie there from the start and those that came by SMTP alike. */
export interface ShownMail extends Omit<DemoMail, 'at'> {
  /** UTC, ms. */
  at: number;
  /** It came by SMTP since the start. */
  received?: true;
}

/** What the webmail asks its back end. */
export function mailApi(received: ReceivedMails): Router {
  const router = Router();

  router.get('/mails', (_request, response) => {
    const person = signedIn(response);
    const own = [
      ...received.forAddresses(addressesOf(person)).map(fromSmtp),
      ...mails.filter((mail) => maySeeMail(person, mail)).map(shown),
    ];
    response.json(own.sort((a, b) => b.at - a.at));
  });
  router.get('/mails/:id', (request, response) => {
    const arrived = received.find(request.params.id);
    const mail = arrived ? fromSmtp(arrived) : mails.filter(({ id }) => id === request.params.id).map(shown)[0];
    if (!mail) return void response.status(404).json({ error: 'No such mail' });
    if (!maySeeMail(signedIn(response), mail)) return void response.status(403).json({ denied: true, reason: 'You may not see this' });
    response.json(mail);
  });
  router.get('/mailboxes', (_request, response) => {
    const person = signedIn(response);
    response.json(mailboxesOf(person.id));
  });
  router.get('/address-book', (_request, response) => {
    const here = <T extends { tenant: string }>(all: readonly T[]) => all.filter(({ tenant }) => tenant === signedIn(response).tenant);
    response.json({ groups: here(groups), mailboxes: here(mailboxes) });
  });
  router.get('/appointments', (_request, response) => void response.json(isClerk(signedIn(response)) ? appointments : []));
  /** Everything that came by SMTP, whoever it was for: the page of the demo that proves what was sent. */
  router.get('/received', (_request, response) => void response.json(isClerk(signedIn(response)) ? received.list() : []));
  return router;
}

const isClerk = ({ host }: DemoPerson): boolean => host === 'mail';

function shown({ at, ...mail }: DemoMail): ShownMail {
  return { ...mail, at: new Date(at).getTime() };
}

function fromSmtp({ id, at, from, to, subject, text }: ReceivedMail): ShownMail {
  return { id, at, from, to, subject, text, unread: true, received: true };
}
