import type { ContextLink } from 'parley-chat';
import { mails, maySeeMail } from '../mails.js';
import type { DemoPerson } from '../people.js';
import { findResource, maySeeResource } from '../resources.js';
import { findStudy, maySee, studies } from '../studies.js';
import type { Study } from '../studies.js';

export interface Reply {
  text: string;
  links: ContextLink[];
}

export interface Question {
  /** Who answers. */
  colleague: DemoPerson;
  /** What the person is called. */
  from: string;
  text: string;
  links: readonly ContextLink[];
  /** How many answers were given to this person before; phrases take turns. */
  turn: number;
}

/** What a friendly colleague would say. Links are looked up with the colleague's own rights, as in any host. */
export function replyTo({ colleague, from, text, links, turn }: Question): Reply {
  const [link] = links;
  if (link) return aboutLink(colleague, link);
  const found = PHRASES.find(({ asked }) => asked.test(text));
  const choices = found?.answers ?? OTHERWISE;
  const chosen = choices[turn % choices.length] ?? '';
  return { text: chosen.replace('{name}', from), links: [] };
}

function aboutLink(colleague: DemoPerson, link: ContextLink): Reply {
  if (link.kind === 'study') {
    const study = findStudy(link.id);
    if (!study || !maySee(colleague, study))
      return { text: 'I may not open that examination from here. Please ask the department that it belongs to.', links: [] };
    const prior = priorOf(study);
    return {
      text: `I have the ${study.description} open. ${finding(study)}${prior ? ' The prior is linked, compare the two.' : ''}`,
      links: prior ? [{ kind: 'study', id: prior.uid }] : [],
    };
  }
  if (link.kind === 'resource') {
    const resource = findResource(link.id);
    if (!resource || !maySeeResource(colleague, resource)) return { text: 'That one is not on my board, sorry.', links: [] };
    const { free, total } = resource.beds;
    return {
      text: `Looking at ${resource.name}, ${resource.sort.toLowerCase()}: ${String(free)} of ${String(total)} free. ${free > 0 ? 'Shall I hold one for you?' : 'I would try the next nearest.'}`,
      links: [],
    };
  }
  if (link.kind === 'mail') return { text: aboutMail(colleague, link.id), links: [] };
  return { text: 'Thank you, I will have a look.', links: [] };
}

function aboutMail(colleague: DemoPerson, id: string): string {
  const mail = mails.find((one) => one.id === id);
  if (!mail) return 'Thank you, I will read it.';
  if (!maySeeMail(colleague, mail)) return 'That mail is not for me to open. Forward it to the front desk, or tell me what it says.';
  return `I have “${mail.subject}” in front of me. Shall I answer ${mail.from.name}, or will you?`;
}

function priorOf(study: Study): Study | undefined {
  return studies.find(
    (other) =>
      other.tenant === study.tenant && other.patient.id === study.patient.id && other.modality === study.modality && other.at < study.at,
  );
}

function finding({ pictures }: Study): string {
  switch (pictures.of) {
    case 'chest-ct':
      if (pictures.nodule > 0) return 'There is a nodule in the left lower lobe, and a little fluid beside it.';
      return 'Some fluid at the left base, nothing in the arteries as far as I can see.';
    case 'chest-xr':
      return pictures.nodule > 0 ? 'I would not call the left base clear, a CT would settle it.' : 'Lungs look clear to me.';
    case 'head-ct':
      return 'I see a small dense spot right frontal, no shift.';
    case 'head-mr':
      return 'The bright spot right frontal fits the CT.';
    case 'knee-mr':
      return 'The rear horn of the medial meniscus is torn, and the bone next to it is bruised.';
  }
}

/** The first line that fits is taken; answers take turns. */
const PHRASES: readonly { asked: RegExp; answers: readonly string[] }[] = [
  { asked: /\b(thanks|thank you|thx|danke|merci|gracias)\b/i, answers: ['You are welcome, {name}.', 'Any time.'] },
  {
    asked: /\b(hi|hello|hey|good (morning|evening|afternoon)|hallo|servus|bonjour|hola)\b/i,
    answers: ['Hello {name}! What can I look at for you?', 'Hi {name}, I am here.'],
  },
  { asked: /\b(bye|see you|good night)\b/i, answers: ['Good bye, {name}. Write any time.'] },
  {
    asked: /\b(urgent|emergency|stat|now|quick)\b/i,
    answers: [
      'Understood, I am on it. Link the item, so that I open the right one.',
      'On it. For anything that cannot wait a minute, please call as well.',
    ],
  },
  {
    asked: /\b(nodule|lesion|mass|left base|shadow|fluid)\b/i,
    answers: [
      'I agree, I would compare it with the prior. Link it and I will look at both.',
      'Yes, I noticed that too. A follow-up would be sensible.',
    ],
  },
  {
    asked: /\b(bed|beds|transfer|capacity|divert)\b/i,
    answers: [
      'Kingsmere looks best at the moment. Link the one you mean and I will check.',
      'Let me see. Link the resource and I will tell you what is free.',
    ],
  },
  {
    asked: /\?\s*$/,
    answers: [
      'Good question. Link the item that you mean and I will look at it with you.',
      'Let me check. Which one do you mean? The link button puts it into your message.',
    ],
  },
];

const OTHERWISE: readonly string[] = [
  'Got it, {name}. If you link what you have open, I can look at the same thing.',
  'All right. I am a program that plays a colleague, but your message really went through the server and back.',
  'Noted. Try the link button above the message field: I will open what you send.',
];
