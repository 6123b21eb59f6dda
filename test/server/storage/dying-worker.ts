import { serve } from '../../../server/storage/sqlite/worker-side.js';

/** Stands for a thread of the engine that meets its end with calls under way. */
serve(() => ({
  epoch: '',
  secret: new Uint8Array(32),
  facts: {},
  call: () => process.exit(1),
  close: async () => undefined,
}));
