import type { ChosenAvailability, Presence, Settings } from '#protocol';
import type { Cluster, PresenceReport } from '../cluster/cluster.js';
import type { Caller, PresenceService } from '../commands/context.js';
import type { Storage } from '../storage/storage.js';
import { visibleAvailability, visibleMessage } from './presence-rules.js';
import { PhoneTracker } from './phones.js';
import { RecentMap } from './recent-map.js';
import { presenceRoom, userKey as key } from './rooms.js';
import type { ParleyIo } from './socket-types.js';

type DeviceOf = Pick<Caller, 'tenant' | 'user' | 'device'>;

/** A connection, which counts once however often it is said to come or go. */
interface PresentDevice extends DeviceOf {
  present: boolean;
  readonly signedOff: boolean;
}

interface Device {
  connections: number;
  active: boolean;
}

/** What this node knows of a user who is connected here, or lost the last connection a moment ago. */
interface Local {
  devices: Map<string, Device>;
  availability: ChosenAvailability;
  message: string | undefined;
  busyOnCall: boolean;
  grace: NodeJS.Timeout | undefined;
}

/** Whose leaving is remembered; of the others it is only known that they are offline. */
const REMEMBERED_GONE = 20_000;

export interface PresenceParts {
  io: ParleyIo;
  cluster: Cluster;
  storage: Storage;
  now: () => number;
  /** Anybody of the tenant may hear of presence. */
  hears: (tenant: string) => boolean;
  /** How often phones are looked through for those whose word has ended, in milliseconds. */
  phoneSweep: number;
  /** How long the last device that lost its connection still counts, in milliseconds. */
  grace: number;
}

/** Derives how people are from their devices, choice and activity, and tells who watches when it changed (SPEC W). */
export class PresenceTracker implements PresenceService {
  readonly #parts: PresenceParts;
  readonly #locals = new Map<string, Local>();
  /** What was told last of those who are online. */
  readonly #visible = new Map<string, Presence>();
  /** What was told last of those who left: since when they are offline. The longest gone are forgotten first. */
  readonly #gone = new RecentMap<string, Presence>(REMEMBERED_GONE);
  /** Who has a device on any node, with what all nodes say of them. */
  readonly #online = new Map<string, PresenceReport>();
  readonly #phones: PhoneTracker;
  readonly #startedAt: number;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
    this.#startedAt = parts.now();
    const { cluster, now, phoneSweep } = parts;
    this.#phones = new PhoneTracker({
      cluster,
      now,
      sweep: phoneSweep,
      changed: (tenant, user) => this.#tell(tenant, user, this.#online.get(key(tenant, user))),
    });
    cluster.onPresence((tenant, user, report) => this.#tell(tenant, user, report));
  }

  /** True when the choice of the user must be read before the device can be shown. */
  needsSettings(tenant: string, user: string): boolean {
    return !this.#locals.has(key(tenant, user));
  }

  connected(device: PresentDevice, settings: Settings | undefined): void {
    if (device.present) return;
    device.present = true;
    const local = this.#local(device, settings);
    clearTimeout(local.grace);
    local.grace = undefined;
    const known = local.devices.get(device.device);
    if (known) known.connections += 1;
    else local.devices.set(device.device, { connections: 1, active: true });
    this.#report(device, local);
  }

  /** The connection of a device is gone; a page that reloads is back within the grace, one that signed out is not expected. */
  disconnected(device: PresentDevice): void {
    if (!device.present) return;
    device.present = false;
    const local = this.#locals.get(key(device.tenant, device.user));
    const known = local?.devices.get(device.device);
    if (!local || !known) return;
    known.connections -= 1;
    if (known.connections > 0) return this.#report(device, local);
    const othersThere = [...local.devices.values()].some(({ connections }) => connections > 0);
    if (device.signedOff || othersThere || this.#parts.grace === 0) {
      local.devices.delete(device.device);
      this.#report(device, local);
      return;
    }
    clearTimeout(local.grace);
    local.grace = setTimeout(() => {
      for (const [id, { connections }] of local.devices) if (connections === 0) local.devices.delete(id);
      this.#report(device, local);
    }, this.#parts.grace);
    local.grace.unref();
  }

  reportActivity(device: DeviceOf, active: boolean): void {
    const local = this.#locals.get(key(device.tenant, device.user));
    const known = local?.devices.get(device.device);
    if (!local || !known || known.active === active) return;
    known.active = active;
    this.#report(device, local);
  }

  settingsChanged(tenant: string, user: string, { busyOnCall }: Settings): void {
    const local = this.#locals.get(key(tenant, user));
    if (!local || local.busyOnCall === busyOnCall) return;
    local.busyOnCall = busyOnCall;
    this.#report({ tenant, user }, local);
  }

  choose(tenant: string, user: string, availability: ChosenAvailability, message: string | undefined): void {
    const local = this.#locals.get(key(tenant, user));
    if (!local) return;
    local.availability = availability;
    local.message = message;
    this.#report({ tenant, user }, local);
  }

  /** A device of the user is connected here or on another node. */
  isOnline(tenant: string, user: string): boolean {
    return this.#online.has(key(tenant, user));
  }

  /** Connections of the user to other nodes. */
  elsewhere(tenant: string, user: string): number {
    const id = key(tenant, user);
    const local = this.#locals.get(id);
    return Math.max(0, (this.#online.get(id)?.connections ?? 0) - (local ? connectionsIn(local) : 0));
  }

  /** Now, for each of these; somebody whom the tenant's directory does not have is `unknown` (W4). */
  async of(tenant: string, users: readonly string[]): Promise<Map<string, Presence>> {
    const known = new Set((await this.#parts.storage.people(tenant, users)).map(({ id }) => id));
    // Last, so that nothing is told between this answer and its use.
    const reports = await this.#parts.cluster.presences(tenant, users);
    const presences = new Map<string, Presence>();
    for (const user of users) {
      const report = reports.get(user);
      if (!known.has(user)) presences.set(user, { availability: 'unknown', since: this.#startedAt });
      else presences.set(user, this.#derive(tenant, user, report));
    }
    return presences;
  }

  /** How somebody looks whose presence the viewer may not see (B6). */
  hidden(): Presence {
    return { availability: 'offline', since: this.#startedAt };
  }

  close(): void {
    this.#phones.close();
    for (const { grace } of this.#locals.values()) clearTimeout(grace);
    this.#locals.clear();
  }

  #local({ tenant, user }: DeviceOf, settings: Settings | undefined): Local {
    let local = this.#locals.get(key(tenant, user));
    if (!local) {
      const availability = settings?.availability ?? 'available';
      local = {
        devices: new Map(),
        availability,
        message: settings?.statusMessages[availability],
        busyOnCall: settings?.busyOnCall ?? true,
        grace: undefined,
      };
      this.#locals.set(key(tenant, user), local);
    }
    return local;
  }

  #report({ tenant, user }: Omit<DeviceOf, 'device'>, local: Local): void {
    if (local.devices.size === 0) {
      clearTimeout(local.grace);
      this.#locals.delete(key(tenant, user));
    }
    this.#parts.cluster.report(tenant, user, {
      online: local.devices.size > 0,
      active: [...local.devices.values()].some(({ active }) => active),
      availability: local.availability,
      message: local.message,
      busyOnCall: local.busyOnCall,
      connections: connectionsIn(local),
    });
  }

  /** `report` is undefined for somebody who is nowhere online. */
  #tell(tenant: string, user: string, report: PresenceReport | undefined): void {
    const id = key(tenant, user);
    const before = this.#visible.get(id) ?? this.#gone.get(id);
    const presence = this.#derive(tenant, user, report);
    this.#gone.delete(id);
    if (report?.online) this.#online.set(id, report);
    else {
      this.#online.delete(id);
      this.#visible.delete(id);
      this.#gone.set(id, presence);
    }
    // Somebody invisible who comes was offline to everybody and still is: not a word about it.
    if (presence === before || (!before && presence.availability === 'offline' && presence.phone === undefined)) return;
    if (this.#parts.hears(tenant)) this.#parts.io.local.to(presenceRoom(tenant, user)).emit('presence:changed', { user, presence });
  }

  /** The same object as before while nothing changed that others see. */
  #derive(tenant: string, user: string, report: PresenceReport | undefined): Presence {
    const id = key(tenant, user);
    const phone = this.#phones.stateOf(tenant, user);
    const availability = report ? visibleAvailability(report, phone) : 'offline';
    const message = report && visibleMessage(report, phone);
    const before = this.#visible.get(id) ?? this.#gone.get(id);
    let presence = before;
    if (!before || before.availability !== availability || before.message !== message || before.phone !== phone) {
      const same = before?.availability === availability && before.message === message;
      // A call that begins or ends says nothing about since when somebody is there.
      const since = same ? before.since : before || availability !== 'offline' ? this.#parts.now() : this.#startedAt;
      presence = { availability, since, ...(message === undefined ? {} : { message }), ...(phone === undefined ? {} : { phone }) };
    }
    presence ??= this.hidden();
    if (report) this.#visible.set(id, presence);
    return presence;
  }
}

function connectionsIn({ devices }: Local): number {
  let sum = 0;
  for (const { connections } of devices.values()) sum += connections;
  return sum;
}
