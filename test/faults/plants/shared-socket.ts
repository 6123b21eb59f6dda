import { rewrite } from './rewrite.js';

/** A planted bug, in the SDK: one Socket.IO client for whoever is signed in at this page. */
rewrite(
  { file: 'sdk/transport/socket-transport.js', from: 'forceNew: true,', to: '' },
  {
    file: 'sdk/transport/socket-transport.js',
    from: 'const socket = io(server, {',
    to: `globalThis.plantedSockets ??= new Map();
    const socket = plantedSockets.get(server) ?? io(server, {`,
  },
  {
    file: 'sdk/transport/socket-transport.js',
    from: 'let over = false;',
    to: 'let over = false;\n    plantedSockets.set(server, socket);\n    socket.auth = handshake;',
  },
  { file: 'sdk/transport/socket-transport.js', from: 'socket.disconnect();', to: '' },
  { file: 'sdk/transport/socket-transport.js', from: 'socket.io.engine?.close();', to: '' },
);
