import type { Budget } from './budget.js';

type What = 'nodes' | 'rows' | 'jump' | 'nodesLeft' | 'listenersLeft' | 'timersLeft';

/** A page with 20 badges and an open panel; what is left is counted after everything was taken out of it again. */
export const DOM: Readonly<Record<What, Budget>> = {
  nodes: {
    what: 'nodes in the document, 2,000 messages held',
    most: 3_000,
    bound: true,
    why: 'What a browser lays out and keeps styles for. Windowed lists of other chats have 18,000, others a dozen for each message.',
  },
  rows: {
    what: 'rows in the list, 2,000 messages held',
    most: 40,
    bound: true,
    why: 'What is in view and one screen more, however many messages there are.',
  },
  jump: { what: 'whole px that what one reads moves when older messages come', most: 0, why: 'Whoever reads loses their place otherwise.' },
  nodesLeft: { what: 'nodes left behind', most: 0, why: 'A host that shows and hides its chat all day must not grow.' },
  listenersLeft: { what: 'listeners left behind', most: 0, why: 'Each holds whatever it was made in.' },
  timersLeft: { what: 'timers left behind', most: 0, why: 'A chat that is gone does nothing any more.' },
};
