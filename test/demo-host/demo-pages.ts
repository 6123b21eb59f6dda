/** Every page of the demo, by its address. */
export const DEMO_PAGES = [
  '/',
  '/viewer',
  '/dashboard',
  '/mail',
  '/mail/calendar',
  '/mail/contacts',
  '/mail/received',
  '/console',
  '/two',
  '/help',
  '/theme',
  '/playground',
];
