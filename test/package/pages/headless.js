import { createParley } from 'parley-chat';
globalThis.kept = createParley;
