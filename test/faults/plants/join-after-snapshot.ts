import { rewrite } from './rewrite.js';

/** A planted bug: the state is read first, and the rooms are joined a little later. */
rewrite(
  {
    file: 'server/realtime/connection.js',
    from: 'if (!session.auditor && !(await rooms.enter(socket, session)))\n        return;',
    to: '',
  },
  {
    file: 'server/realtime/connection.js',
    from: 'const synced = await readSynced(storage, session, session.held ?? {});',
    to: `const synced = await readSynced(storage, session, session.held ?? {});
    setTimeout(() => void rooms.enter(socket, session), 200);`,
  },
);
