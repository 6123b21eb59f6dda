import type { ChosenAvailability, Parley } from 'parley-chat';
import { colleagueOf, findPerson } from '../people.js';
import { Colleague, signIn } from './colleague.js';
import { isFirstStart, seedConversations } from './first-conversations.js';
import { introduceColleagues } from './introductions.js';

/** People who are signed in somewhere and say how they are, so that presence has something to show. They do not answer. */
const AROUND: readonly { id: string; availability: ChosenAvailability; message: string }[] = [
  { id: 'priya', availability: 'busy', message: 'Outpatient clinic until 16:00' },
  { id: 'leila', availability: 'available', message: '' },
  { id: 'tomas', availability: 'busy', message: 'In theatre 3' },
  { id: 'felix', availability: 'available', message: 'Admission desk' },
  { id: 'ines', availability: 'away', message: 'Back at 15:30' },
  { id: 'henrik', availability: 'available', message: '' },
  { id: 'amara', availability: 'busy', message: 'Resuscitation room' },
  { id: 'ruth', availability: 'away', message: 'Ward round' },
  { id: 'helene', availability: 'busy', message: 'Council meeting until 16:00' },
  { id: 'idris', availability: 'available', message: '' },
  { id: 'maren', availability: 'available', message: 'At the counter' },
  { id: 'ewa', availability: 'away', message: 'Back at 15:00' },
  { id: 'petra', availability: 'available', message: '' },
  { id: 'luca', availability: 'available', message: '' },
  { id: 'dmitri', availability: 'busy', message: 'Quarterly figures' },
  { id: 'chloe', availability: 'available', message: 'Home office' },
  { id: 'ravi', availability: 'away', message: 'Lunch until 13:30' },
  { id: 'aisha', availability: 'dnd', message: 'Closing the books' },
  { id: 'peter', availability: 'available', message: '' },
];

/** In each of these somebody answers; the first one tells whether the store is empty. */
const TENANTS = ['st-anna', 'north-region', 'town-hall', 'kontor'] as const;

export interface Colleagues {
  stop(): Promise<void>;
}

/** Signs the programs in: one colleague of each tenant who answers, and a few who are merely there. On an empty store, people talk first. */
export async function startColleagues({ parley, secret }: { parley: string; secret: string }): Promise<Colleagues> {
  const colleagues = TENANTS.map((tenant) => new Colleague({ person: colleagueOf(tenant), parley, secret }));
  const around = AROUND.map(({ id }) => {
    const person = findPerson(id);
    if (!person) throw new Error(`${id} is nobody`);
    return signIn(person, parley, secret);
  });
  const stop = async () => {
    await Promise.allSettled([...colleagues.map((colleague) => colleague.stop()), ...around.map((client) => client.end())]);
    for (const client of around) client.dispose();
  };
  try {
    const [session] = await Promise.all(colleagues.map((colleague) => colleague.start()));
    if (session && (await isFirstStart(session))) {
      await seedConversations(parley, secret);
      await introduceColleagues(parley, secret);
    }
  } catch (cause) {
    await stop();
    throw cause;
  }
  // Nobody waits for these: whoever opens a page sees them come.
  void Promise.allSettled(around.map((client, index) => arrive(client, AROUND[index])));
  return { stop };
}

async function arrive(client: Parley, how: (typeof AROUND)[number] | undefined): Promise<void> {
  const session = await client.connect();
  if (how) await session.presence.set(how.availability, how.message);
}
