import type { ChosenAvailability, Parley } from 'parley-chat';
import { colleagueOf, findPerson } from '../people.js';
import { Colleague, signIn } from './colleague.js';
import { isFirstStart, seedConversations } from './first-conversations.js';

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
];

export interface Colleagues {
  stop(): Promise<void>;
}

/** Signs the programs in: one colleague of each tenant who answers, and a few who are merely there. */
export async function startColleagues({ parley, secret }: { parley: string; secret: string }): Promise<Colleagues> {
  const [doctor, officer] = (['st-anna', 'north-region'] as const).map((tenant) => new Colleague({ person: colleagueOf(tenant), parley, secret }));
  const around: Parley[] = [];
  const stop = async () => {
    await Promise.allSettled([doctor?.stop(), officer?.stop(), ...around.map((client) => client.end())]);
    for (const client of around) client.dispose();
  };
  try {
    const [session] = await Promise.all([doctor?.start(), officer?.start()]);
    if (session && (await isFirstStart(session))) await seedConversations(parley, secret);
    await Promise.all(
      AROUND.map(async ({ id, availability, message }) => {
        const person = findPerson(id);
        if (!person) throw new Error(`${id} is nobody`);
        const client = signIn(person, parley, secret);
        around.push(client);
        const current = await client.connect();
        await current.presence.set(availability, message);
      }),
    );
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { stop };
}
