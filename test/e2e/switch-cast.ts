import { createParley } from '#sdk';
import type { ParleyOptions, Session } from '#sdk';
import { signToken } from '../support/server-process.js';
import type { Random } from '../support/random.js';
import type { Stage } from './stage.js';
import { Tenant } from './tenant.js';

/** Somebody who works at the shared workstation. */
export interface Worker {
  readonly user: string;
  readonly tenant: string;
  /** Their chat with a colleague, and one that they share with others of the workstation. */
  readonly chat: string;
  readonly ward: string;
  /** Writes to them. */
  readonly colleague: Session;
  /** Their own eyes elsewhere: what the server has. */
  readonly elsewhere: Session;
}

/** Words that nobody makes up, each known to some of the workers only: found anywhere else they were left behind, or leaked. */
export class Words {
  readonly #random: Random;
  readonly #known = new Map<string, readonly string[]>();

  constructor(random: Random) {
    this.#random = random;
  }

  get size(): number {
    return this.#known.size;
  }

  make(...users: string[]): string {
    const word = `cn${Array.from({ length: 10 }, () => this.#random.below(16).toString(16)).join('')}`;
    this.#known.set(word, users);
    return word;
  }

  /** What this user may not find. */
  *foreignTo(user: string): Iterable<string> {
    for (const [word, users] of this.#known) if (!users.includes(user)) yield word;
  }
}

/** Two people of one tenant, who share a chat, and one of another; each with more than forty words of their own or of their tenant. */
export class Cast {
  readonly words: Words;
  readonly workers: Worker[] = [];
  readonly #stage: Stage;
  readonly #clients: { dispose(): void }[] = [];
  readonly #names = new Map<string, string>();

  private constructor(stage: Stage, random: Random) {
    this.#stage = stage;
    this.words = new Words(random);
  }

  static async gather(stage: Stage, random: Random): Promise<Cast> {
    const cast = new Cast(stage, random);
    await cast.#tenant('clinic', ['alice', 'carol']);
    await cast.#tenant('practice', ['bob']);
    return cast;
  }

  close(): void {
    for (const client of this.#clients) client.dispose();
  }

  async #tenant(id: string, users: string[]): Promise<void> {
    const tenant = new Tenant(this.#stage, id);
    const { words } = this;
    const shared = () => words.make(...users);
    await tenant.decide({ storedLabels: true, previewText: true, notice: shared() });
    await tenant.put('predefined-messages', { messages: [1, 2, 3].map(() => ({ text: shared() })) });
    for (const user of users) {
      // In the directory, which everybody of the tenant may look into.
      for (const person of [user, `${user}-colleague`]) {
        this.#names.set(`${id} ${person}`, shared());
        await tenant.put(`users/${person}`, {
          name: this.#names.get(`${id} ${person}`),
          title: shared(),
          organisation: shared(),
          email: `${shared()}@clinic.example`,
        });
      }
      this.#stage.claim(id, user, { name: this.#names.get(`${id} ${user}`) });
    }
    for (const other of ['somebody-else', ...users.map((user) => `${user}-other`)]) await tenant.person(other);
    const first = users[0] ?? '';
    const host = await this.#signIn(id, `${first}-colleague`);
    const ward = await host.startChat({ to: [...users, 'somebody-else'], title: shared(), description: shared(), text: shared() });
    await tenant.decide({ join: 'invite' });
    for (const user of users) this.workers.push(await this.#worker(id, user, ward.id));
  }

  async #worker(tenant: string, user: string, ward: string): Promise<Worker> {
    const own = () => this.words.make(user);
    const colleague = await this.#signIn(tenant, `${user}-colleague`);
    const { id: chat } = await colleague.startChat({ to: [user] });
    for (let sent = 0; sent < 14; sent += 1)
      colleague.send(chat, { text: own(), links: sent % 5 === 0 ? [{ kind: 'study', id: own(), label: own() }] : [] });
    await colleague.startChat({ to: [user, `${user}-other`], title: own(), text: own() });
    const elsewhere = await this.#signIn(tenant, user);
    await elsewhere.presence.set('busy', own());
    for (let group = 0; group < 3; group += 1) await elsewhere.contacts.saveGroup({ name: own(), users: [`${user}-colleague`] });
    return { user, tenant, chat, ward, colleague, elsewhere };
  }

  async #signIn(tenant: string, user: string): Promise<Session> {
    const { secret, parley: server } = this.#stage;
    const name = this.#names.get(`${tenant} ${user}`) ?? user;
    const options: ParleyOptions = { server, token: () => signToken(secret, user, { tenant, name }) };
    const client = createParley(options);
    this.#clients.push(client);
    return client.connect();
  }
}
