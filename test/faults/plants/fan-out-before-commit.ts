import './ack-before-commit.js';
import { rewrite } from './rewrite.js';

/** A planted bug: others are told before the commit. The sender's own answer waits for it. */
rewrite({
  file: 'server/commands/message-send.js',
  from: 'return { cid, seq: appended.entry.seq',
  to: 'await new Promise((resolve) => setTimeout(resolve, 100));\n            return { cid, seq: appended.entry.seq',
});
