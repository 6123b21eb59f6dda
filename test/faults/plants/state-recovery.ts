import { rewrite } from './rewrite.js';

/** A planted bug: Socket.IO's connection state recovery is on. */
rewrite({ file: 'server/realtime/socket-server.js', from: '...HEARTBEAT,', to: '...HEARTBEAT, connectionStateRecovery: {},' });
