import type { Logger } from '../logger.js';
import type { Storage } from '../storage/storage.js';
import type { PolicyBook } from './policy-book.js';
import type { PresenceTracker } from './presence.js';
import type { RoomKeeper } from './room-keeper.js';
import { presenceRoom, userKey } from './rooms.js';
import type { Session } from './session.js';
import type { ParleyIo } from './socket-types.js';

/** Users looked after at once: the digest may name everybody of a tenant. */
const AT_ONCE = 4;

export interface LostHintsParts {
  io: ParleyIo;
  storage: Pick<Storage, 'userState' | 'mutualContacts'>;
  rooms: Pick<RoomKeeper, 'align'>;
  presence: Pick<PresenceTracker, 'choose' | 'settingsChanged' | 'needsSettings'>;
  policies: Pick<PolicyBook, 'of'>;
  sessionsOf: (tenant: string, user: string) => Iterable<Session>;
  logger: Logger;
}

/**
 * A user's state has a revision of which this node was not told: whatever it was, the connections of the user are put where the store
 * says. The client asks for its part by the revision of the digest (SPEC H1).
 */
export class LostHints {
  readonly #parts: LostHintsParts;
  readonly #waiting = new Map<string, [tenant: string, user: string]>();
  #running = 0;

  constructor(parts: LostHintsParts) {
    this.#parts = parts;
  }

  look(tenant: string, user: string, revision: number): void {
    const known = [...this.#parts.sessionsOf(tenant, user)].every((session) => session.revision >= revision);
    if (!known) this.restore(tenant, user);
  }

  /** What is known of the user here may be older than what the store says. */
  restore(tenant: string, user: string): void {
    this.#waiting.set(userKey(tenant, user), [tenant, user]);
    if (this.#running < AT_ONCE) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running += 1;
    for (const [key, [tenant, user]] of this.#waiting) {
      this.#waiting.delete(key);
      await this.#restore(tenant, user).catch((error: unknown) =>
        this.#parts.logger.warn({ err: error }, 'what a user was not told could not be read'),
      );
    }
    this.#running -= 1;
  }

  async #restore(tenant: string, user: string): Promise<void> {
    const { rooms, presence, storage } = this.#parts;
    await rooms.align(tenant, user);
    await this.#unwatch(tenant, user);
    if (presence.needsSettings(tenant, user)) return;
    const { settings } = await storage.userState(tenant, user, 1);
    presence.settingsChanged(tenant, user, settings);
    presence.choose(tenant, user, settings.availability, settings.statusMessages[settings.availability]);
  }

  /** A consent may have ended (B34). */
  async #unwatch(tenant: string, viewer: string): Promise<void> {
    const { io, storage, policies, sessionsOf } = this.#parts;
    if (policies.of(tenant).policies.presence === 'open') return;
    const prefix = presenceRoom(tenant, '');
    for (const { socketId } of [...sessionsOf(tenant, viewer)]) {
      const socket = io.sockets.sockets.get(socketId);
      const watched = [...(socket?.rooms ?? [])].filter((room) => room.startsWith(prefix)).map((room) => room.slice(prefix.length));
      if (!socket || watched.length === 0) continue;
      const consenting = new Set([viewer, ...(await storage.mutualContacts(tenant, viewer, watched))]);
      for (const user of watched) if (!consenting.has(user)) void socket.leave(presenceRoom(tenant, user));
    }
  }
}
