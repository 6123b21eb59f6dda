import type { RequestHandler, Response } from 'express';
import { findPerson, personIn } from '../people.js';
import type { DemoPerson } from '../people.js';

/** Choosing a person IS the sign-in here: `?as=<id>`, and `&region=<tenant>` for those who work for several. */
export const requirePerson: RequestHandler = (request, response, next) => {
  const { as, region } = request.query;
  const person = typeof as === 'string' ? findPerson(as) : undefined;
  if (!person) return void response.status(401).json({ error: 'Nobody is signed in: ?as=<id> names nobody.' });
  const there = typeof region === 'string' && region !== '' ? personIn(person, region) : person;
  if (!there) return void response.status(403).json({ error: 'You do not work for this region.' });
  response.locals['person'] = there;
  next();
};

export function signedIn(response: Response): DemoPerson {
  const { person } = response.locals as { person: DemoPerson };
  return person;
}
