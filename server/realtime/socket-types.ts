import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { ClientToServerEvents, ServerToClientEvents } from '#protocol';
import type { Session } from './session.js';

export type ParleySocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, { session: Session }>;
export type ParleyIo = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, { session: Session }>;
