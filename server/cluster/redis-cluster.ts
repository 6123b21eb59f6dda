import { hkdfSync, randomUUID } from 'node:crypto';
import type {
  AdapterFactory,
  Cluster,
  ClusterNotice,
  Limiter,
  NoticeListener,
  PhoneListener,
  PhoneReport,
  PresenceListener,
  PresenceReport,
  RateLimit,
} from './cluster.js';
import { readMessages } from './messages.js';
import type { NodeMessage } from './messages.js';
import { Peers } from './peers.js';
import { PhoneBook } from './phone-book.js';
import { PresenceBoard } from './presence-board.js';
import type { Publication, PublicationListener } from './publication.js';
import { AdapterClient, adapterOn } from './redis-adapter.js';
import { RedisLimiter } from './redis-limiter.js';
import { RedisLink } from './redis-link.js';

export interface RedisClusterOptions {
  url: string;
  /** Of the store that all nodes share: what is theirs in Redis is named by it, and two installations may share a Redis. */
  secret: Uint8Array;
  /** How often each node shows that it lives, in milliseconds. */
  beat: number;
  /** A node that was silent for so long is dead, and its users are gone. */
  expiry: number;
  /** How long the start waits for Redis. */
  patience: number;
  /** Something was heard that could not be acted on. */
  failed: (error: unknown) => void;
}

/** Messages of nodes about themselves, which are acted on whatever is known of users. */
const OF_NODES: ReadonlySet<NodeMessage['type']> = new Set<NodeMessage['type']>(['beat', 'bye', 'ask']);

/**
 * Many nodes that hear each other through Redis. Nothing is kept there but the counts of rate limits: what nodes know of users is told,
 * numbered, and asked for again where a number is missing, so that an empty Redis costs nothing. Losing Redis makes each node stand
 * alone until it comes back.
 */
export class RedisCluster implements Cluster {
  readonly shared = true;
  readonly adapter: AdapterFactory;
  readonly #options: RedisClusterOptions;
  readonly #node = randomUUID();
  readonly #prefix: string;
  readonly #link: RedisLink;
  readonly #board: PresenceBoard;
  readonly #phones = new PhoneBook();
  readonly #peers: Peers;
  readonly #presenceListeners: PresenceListener[] = [];
  readonly #phoneListeners: PhoneListener[] = [];
  readonly #noticeListeners: NoticeListener[] = [];
  readonly #publicationListeners: PublicationListener[] = [];
  readonly #upListeners: ((up: boolean) => void)[] = [];
  #hears: () => boolean = () => true;
  /** Leaves at the end of the turn, in one message. */
  #outgoing: NodeMessage[] = [];
  #told = 0;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(options: RedisClusterOptions) {
    this.#options = options;
    this.#prefix = `parley:${Buffer.from(hkdfSync('sha256', options.secret, '', 'cluster', 9)).toString('base64url')}`;
    const adapterClient: { heard?: AdapterClient['heard'] } = {};
    this.#link = new RedisLink({
      url: options.url,
      prefix: this.#prefix,
      beat: options.beat,
      beatText: () => this.#encode([{ type: 'beat', told: this.#told }]),
      heard: (text) => this.#heard(text),
      broadcast: (...args) => {
        if (this.#hears()) adapterClient.heard?.(...args);
      },
      onUp: (up) => {
        for (const listener of this.#upListeners) listener(up);
      },
    });
    const client = new AdapterClient(this.#link);
    adapterClient.heard = (...args) => client.heard(...args);
    this.adapter = adapterOn(client, this.#prefix);
    this.#board = new PresenceBoard((tenant, user, together) => {
      for (const listener of this.#presenceListeners) listener(tenant, user, together);
    });
    this.#peers = new Peers({
      expiry: options.expiry,
      ask: (node) => this.#say({ type: 'ask', of: node }),
      gone: (node) => this.#board.drop(node),
    });
  }

  get up(): boolean {
    return this.#link.up;
  }

  /** Nodes that are known to live, this one included. */
  get size(): number {
    return this.#peers.size + 1;
  }

  onUp(listener: (up: boolean) => void): void {
    this.#upListeners.push(listener);
  }

  async start(): Promise<void> {
    this.#sweeping = setInterval(() => this.#peers.sweep(), this.#options.beat).unref();
    const { promise, resolve } = Promise.withResolvers<void>();
    const patience = setTimeout(resolve, this.#options.patience);
    this.onUp(() => resolve());
    this.#link.start();
    await promise;
    clearTimeout(patience);
  }

  publish(publications: readonly Publication[]): void {
    for (const publication of publications) for (const listener of this.#publicationListeners) listener(publication, true);
    this.#say({ type: 'publications', publications });
  }

  onPublication(listener: PublicationListener): void {
    this.#publicationListeners.push(listener);
  }

  hearOthersWhile(condition: () => boolean): void {
    this.#hears = condition;
  }

  report(tenant: string, user: string, report: PresenceReport): void {
    this.#board.set(this.#node, tenant, user, report);
    this.#told += 1;
    this.#say({ type: 'presence', tenant, user, report, told: this.#told });
  }

  onPresence(listener: PresenceListener): void {
    this.#presenceListeners.push(listener);
  }

  online(tenant: string): { people: number; connections: number } {
    return this.#board.online(tenant);
  }

  presences(tenant: string, users: readonly string[]): Promise<Map<string, PresenceReport>> {
    const found = new Map<string, PresenceReport>();
    for (const user of users) {
      const together = this.#board.together(tenant, user);
      if (together) found.set(user, together);
    }
    return Promise.resolve(found);
  }

  reportPhones(tenant: string, reports: readonly PhoneReport[]): void {
    this.#phones.keep(tenant, reports);
    this.#tellPhones(tenant, reports);
    this.#told += 1;
    this.#say({ type: 'phones', tenant, reports, told: this.#told });
  }

  onPhone(listener: PhoneListener): void {
    this.#phoneListeners.push(listener);
  }

  announce(notice: ClusterNotice): void {
    for (const listener of this.#noticeListeners) listener(notice);
    this.#say({ type: 'notice', notice });
  }

  onNotice(listener: NoticeListener): void {
    this.#noticeListeners.push(listener);
  }

  rateLimiter(limit: RateLimit): Limiter {
    return new RedisLimiter(this.#link, this.#prefix, limit);
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    const listeners = [this.#presenceListeners, this.#phoneListeners, this.#noticeListeners, this.#publicationListeners, this.#upListeners];
    for (const each of listeners) each.length = 0;
    await this.#link.close(this.#encode([...this.#outgoing, { type: 'bye' }]));
  }

  #say(message: NodeMessage): void {
    if (!this.#link.up) return;
    this.#outgoing.push(message);
    if (this.#outgoing.length > 1) return;
    setImmediate(() => {
      const outgoing = this.#outgoing;
      this.#outgoing = [];
      if (outgoing.length > 0) this.#link.say(this.#encode(outgoing));
    });
  }

  #encode(messages: readonly NodeMessage[]): string {
    return JSON.stringify({ node: this.#node, messages });
  }

  #heard(text: string): void {
    const said = readMessages(text);
    if (!said) return;
    const { node, messages } = said;
    if (node === this.#node) {
      if (messages.some(({ type }) => type === 'beat')) this.#link.echoed();
      return;
    }
    for (const message of messages) {
      try {
        this.#act(node, message);
      } catch (error) {
        this.#options.failed(error);
      }
    }
  }

  #act(node: string, message: NodeMessage): void {
    // What is not heard now has no number, or a number that the next beat finds missing.
    if (!OF_NODES.has(message.type) && !this.#hears()) return;
    switch (message.type) {
      case 'beat':
        this.#peers.beat({ node, told: message.told });
        break;
      case 'bye':
        this.#peers.left(node);
        break;
      case 'ask':
        if (message.of === this.#node) this.#tellAll();
        break;
      case 'publications':
        for (const publication of message.publications) for (const listener of this.#publicationListeners) listener(publication, false);
        break;
      case 'notice':
        for (const listener of this.#noticeListeners) listener(message.notice);
        break;
      case 'presence':
        if (this.#peers.reported(node, message.told)) this.#board.set(node, message.tenant, message.user, message.report);
        break;
      case 'phones':
        if (this.#peers.reported(node, message.told)) this.#tellPhones(message.tenant, message.reports);
        break;
      case 'all':
        this.#peers.replaced(node, message.told);
        this.#board.replace(node, message.presences);
        for (const { tenant, reports } of message.phones) this.#tellPhones(tenant, reports);
        break;
    }
  }

  #tellAll(): void {
    this.#say({ type: 'all', told: this.#told, presences: this.#board.of(this.#node), phones: this.#phones.known() });
  }

  #tellPhones(tenant: string, reports: readonly PhoneReport[]): void {
    for (const report of reports) for (const listener of this.#phoneListeners) listener(tenant, report);
  }
}
