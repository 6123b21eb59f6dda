import { colleagueOf, people } from '../people.js';
import { tenants } from '../tenants.js';
import { signIn } from './colleague.js';

/**
 * Where presence needs consent (B32) the program that answers within seconds would seem to be offline to everybody: its people have asked it
 * beforehand, and it says yes as it does to whoever asks later.
 */
export async function introduceColleagues(parley: string, secret: string): Promise<void> {
  for (const { id, policies } of tenants) {
    if (policies.presence !== 'consent') continue;
    const colleague = colleagueOf(id).id;
    for (const person of people.filter(({ tenant, chat, headless }) => tenant === id && chat === 'offered' && headless !== true)) {
      const client = signIn(person, parley, secret);
      try {
        const { contacts } = await client.connect();
        await contacts.add(colleague);
      } finally {
        await client.end();
        client.dispose();
      }
    }
  }
}
