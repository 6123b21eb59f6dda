import { mintToken } from 'parley-chat/server';
import type { DemoPerson } from './people.js';
import { people } from './people.js';

/** A token as the demo's back end gives it to the page of a signed-in person. */
export function tokenFor(person: DemoPerson, secret: string): Promise<string> {
  const { id, tenant, name, title, organisation, initiate } = person;
  return mintToken({ secret, sub: id, tenant, name, title, organisation, initiate });
}

/** Tells the Parley server who there is, so that people can be found before they sign in for the first time. */
export async function fillDirectory(parley: string, secret: string): Promise<void> {
  for (const tenant of new Set(people.map((person) => person.tenant))) {
    const token = await mintToken({ secret, sub: 'demo-host', tenant, name: 'Demo host', scope: 'parley:directory', lifetime: 60 });
    const users = people
      .filter((person) => person.tenant === tenant)
      .map(({ id, name, title, organisation }) => ({ id, name, title, organisation }));
    const answer = await fetch(`${parley}/v1/users/import`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ users }),
    });
    if (!answer.ok) throw new Error(`the directory of ${tenant} was refused: ${String(answer.status)} ${await answer.text()}`);
  }
}
