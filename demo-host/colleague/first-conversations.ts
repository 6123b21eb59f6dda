import type { ContextLink, Parley, Session } from 'parley-chat';
import { firstValueFrom, filter, timeout } from 'rxjs';
import { mails } from '../mails.js';
import { findPerson } from '../people.js';
import { studies } from '../studies.js';
import { signIn } from './colleague.js';

interface Line {
  by: string;
  text: string;
  links?: ContextLink[];
}

export interface Scene {
  /** The first one starts it. */
  people: string[];
  title?: string;
  lines: Line[];
}

const study = (number: number): ContextLink => ({ kind: 'study', id: studies[number]?.uid ?? '' });
const resource = (id: string): ContextLink => ({ kind: 'resource', id });
const mail = (number: number): ContextLink => ({ kind: 'mail', id: mails[number]?.id ?? '' });

/** The oldest first: what comes last stands on top of everybody's list. */
const SCENES: readonly Scene[] = [
  {
    people: ['leila', 'ines', 'anna'],
    title: 'Stroke team',
    lines: [
      { by: 'leila', text: 'Otto has arrived, onset 14:20. CT is done.', links: [study(2)] },
      { by: 'ines', text: 'No bleeding that I would worry about. MR next, please.' },
      { by: 'leila', text: 'Booked for 16:45.' },
      { by: 'ines', text: 'MR is here.', links: [study(3)] },
    ],
  },
  {
    people: ['tomas', 'anna'],
    lines: [
      { by: 'tomas', text: 'Could you have a look at this knee before I see her at four?', links: [study(4)] },
      { by: 'anna', text: 'Sure, after the chest.' },
    ],
  },
  {
    people: ['mark', 'priya', 'anna', 'sam', 'felix', 'mia'],
    title: 'Chest group',
    lines: [
      { by: 'priya', text: 'The prior from last year, for comparison.', links: [study(7)] },
      { by: 'mark', text: 'Thank you. The left base looks new to me.' },
      { by: 'felix', text: 'I can keep a bed on 4 East until six.', links: [resource('anna-4e')] },
    ],
  },
  {
    people: ['anna', 'mark'],
    lines: [
      { by: 'mark', text: 'Hi Anna, the thorax is done. Can you read it first?', links: [study(0)] },
      { by: 'anna', text: 'Opening it now.' },
      { by: 'anna', text: 'There is something in the left lower lobe, about 2 cm. Does she have symptoms?' },
      { by: 'mark', text: 'A cough for six weeks, no fever.' },
    ],
  },
  {
    people: ['sam', 'anna'],
    lines: [{ by: 'sam', text: 'Hello Anna, I am on call today. This one looks urgent to me, what do you think?', links: [study(0)] }],
  },
  {
    people: ['sam', 'mark'],
    lines: [{ by: 'sam', text: 'Hello Mark, Radiology here. Write to me, and link the examination that you mean.' }],
  },

  {
    people: ['olga', 'henrik', 'sofia', 'david'],
    title: 'Ostra: CT down',
    lines: [
      { by: 'sofia', text: 'Ostra has no CT since 13:05. Stroke and trauma go to Kingsmere.', links: [resource('ostra-ed')] },
      { by: 'henrik', text: 'Fjordside can take minor trauma until 18:00.', links: [resource('fjordside-ed')] },
      { by: 'olga', text: 'Crews are told.' },
    ],
  },
  {
    people: ['amara', 'yuki'],
    lines: [
      { by: 'amara', text: 'Could you read this one for us?', links: [study(8)] },
      { by: 'yuki', text: 'In ten minutes.' },
    ],
  },
  {
    people: ['alex', 'olga'],
    lines: [
      { by: 'alex', text: 'Hello Olga, the bed desk is open. Ask me for a bed, or link a resource.', links: [resource('kingsmere-icu')] },
    ],
  },

  {
    people: ['idris', 'clara'],
    lines: [
      { by: 'idris', text: 'The plans for Mill Lane are here. The second exit is on the wrong side.', links: [mail(0)] },
      { by: 'clara', text: 'Please tell Hélène before the council meeting.' },
      { by: 'idris', text: 'Will do. Viktor measured the wall again, too.' },
    ],
  },
  {
    people: ['robin', 'clara'],
    lines: [{ by: 'robin', text: 'Hello Clara, front desk here. Write to me, or link the mail that you mean.' }],
  },

  {
    people: ['petra', 'kim'],
    lines: [
      { by: 'petra', text: 'I am with a customer until ten past. Could you take a number for me?' },
      { by: 'kim', text: 'Of course, I send them by chat.' },
    ],
  },
  {
    people: ['jo', 'kim'],
    lines: [{ by: 'jo', text: 'Morning Kim. If nobody in service is free, put them through to me.' }],
  },
];

/** Whether the store is empty as far as this person sees. */
export async function isFirstStart(session: Session): Promise<boolean> {
  await firstValueFrom(session.conversations.loading$.pipe(filter((loading) => !loading)));
  const list = await firstValueFrom(session.conversations.list$);
  return list.length === 0;
}

/** Lets the people of the scenes talk, so that nobody's list is empty at first sight. */
export async function seedConversations(parley: string, secret: string, scenes: readonly Scene[] = SCENES): Promise<void> {
  const clients = new Map<string, Parley>();
  const names = new Set(scenes.flatMap((scene) => scene.people));
  try {
    const sessions = new Map<string, Session>();
    await Promise.all(
      [...names].map(async (id) => {
        const person = findPerson(id);
        if (!person) throw new Error(`the scenes name ${id}, who is nobody`);
        const client = signIn(person, parley, secret);
        clients.set(id, client);
        sessions.set(id, await client.connect());
      }),
    );
    for (const scene of scenes) await play(scene, sessions);
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
    for (const client of clients.values()) client.dispose();
  }
}

async function play({ people, title, lines }: Scene, sessions: ReadonlyMap<string, Session>): Promise<void> {
  const [starter = '', ...others] = people;
  const conversation = await sessionOf(sessions, starter).startChat({ to: others, ...(title === undefined ? {} : { title }) });
  for (const [before, { by, text, links = [] }] of lines.entries()) {
    const session = sessionOf(sessions, by);
    // Who answers has read what was said before, after the entry that starts the conversation.
    await session.command('receipt:mark', { conversation: conversation.id, read: before + 1 });
    const sent = session.send(conversation.id, { text, links });
    // The next line answers this one: it waits until the server has it.
    await firstValueFrom(
      session.outbox.items$.pipe(
        filter((items) => !items.some((item) => item.cid === sent.cid)),
        timeout(10_000),
      ),
    );
  }
}

function sessionOf(sessions: ReadonlyMap<string, Session>, id: string): Session {
  const session = sessions.get(id);
  if (!session) throw new Error(`${id} speaks in a scene without being signed in`);
  return session;
}
