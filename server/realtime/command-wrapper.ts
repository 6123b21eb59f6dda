import { randomUUID } from 'node:crypto';
import { ParleyError, commands } from '#protocol';
import type { Answer, CommandName } from '#protocol';
import { commandClasses, decidedByStorage, handlers } from '../commands/index.js';
import type { CommandClass } from '../commands/index.js';
import type { CommandContext } from '../commands/context.js';
import { permissions, verdict } from '../domain/permissions.js';
import type { Logger } from '../logger.js';
import type { CommandMetrics } from '../metrics.js';
import type { RateLimits } from './rate-limits.js';
import type { Session } from './session.js';

type Acknowledge = (answer: Answer<unknown>) => void;

/** What the wrapper needs of a command, without its types: they are joined per name in the tables that this is made of. */
interface Registered {
  readonly name: CommandName;
  readonly kind: CommandClass;
  readonly scope: 'self' | 'initiate' | 'conversation';
  readonly asksStanding: boolean;
  parse(payload: unknown): { success: true; data: unknown } | { success: false };
  handle(context: CommandContext, session: Session, payload: unknown): unknown;
}

/**
 * The one way from a frame to a handler and back. Whatever arrives, the process goes on and there is at most one answer.
 * The order of the checks is SPEC C6; everything before the handler is synchronous, because it runs for every frame.
 */
export class CommandWrapper {
  /** A Map and not an object, so that `constructor` and `__proto__` are no commands (attacks 26, 27). */
  readonly #commands = new Map<string, Registered>();
  readonly #context: CommandContext;
  readonly #limits: RateLimits;
  readonly #metrics: CommandMetrics;
  readonly #logger: Logger;
  #underWay = 0;
  #draining = false;
  #drained: (() => void) | undefined;

  constructor(parts: { context: CommandContext; limits: RateLimits; metrics: CommandMetrics; logger: Logger }) {
    this.#context = parts.context;
    this.#limits = parts.limits;
    this.#metrics = parts.metrics;
    this.#logger = parts.logger;
    for (const name of Object.keys(commands) as CommandName[]) this.#commands.set(name, register(name));
  }

  /** A frame: the event's name and everything after it, the acknowledgement last. */
  receive(session: Session, event: unknown, args: readonly unknown[]): void {
    const started = performance.now();
    const acknowledge = args.at(-1);
    if (typeof acknowledge !== 'function') {
      this.#metrics.packetRefused('no-acknowledgement');
      return;
    }
    const answer = acknowledge as Acknowledge;
    const command = typeof event === 'string' ? this.#commands.get(event) : undefined;
    let payload: unknown;
    try {
      payload = this.#admit(session, command, args);
    } catch (error) {
      if (!command) this.#metrics.packetRefused('unknown-command');
      this.#refuse(session, command?.name ?? 'unknown', started, answer, error);
      return;
    }
    if (command) this.#run(session, command, payload, started, answer);
  }

  /** From now on new commands are refused; resolves when those under way are answered. */
  drain(): Promise<void> {
    this.#draining = true;
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#drained = resolve));
  }

  #admit(session: Session, command: Registered | undefined, args: readonly unknown[]): unknown {
    const payload = args[0];
    if (command && (args.length !== 2 || typeof payload !== 'object' || payload === null || !('as' in payload)))
      throw new ParleyError('INVALID');
    if (command && (payload as { as: unknown }).as !== session.user) throw new ParleyError('WRONG_USER');
    session.budget.take(command?.kind ?? 'signals', this.#limits.rates, Date.now());
    if (!command) throw new ParleyError('UNKNOWN_COMMAND');
    if (this.#draining) throw new ParleyError('UNAVAILABLE', 'The server is shutting down', 1_000);
    const parsed = command.parse(payload);
    if (!parsed.success) throw new ParleyError('INVALID');
    if (command.scope === 'initiate' && !session.policies.initiate) throw new ParleyError('INITIATE_FORBIDDEN');
    return parsed.data;
  }

  #run(session: Session, command: Registered, payload: unknown, started: number, answer: Acknowledge): void {
    this.#underWay += 1;
    const failed = (error: unknown) => {
      this.#refuse(session, command.name, started, answer, error);
      this.#finished();
    };
    const done = (data: unknown) => {
      answer({ ok: true, data });
      this.#metrics.commandDone(command.name, 'ok', performance.now() - started);
      this.#finished();
    };
    try {
      const result = command.asksStanding
        ? this.#runWhenAllowed(session, command, payload)
        : command.handle(this.#context, session, payload);
      if (result instanceof Promise) result.then(done, failed);
      else done(result);
    } catch (error) {
      failed(error);
    }
  }

  async #runWhenAllowed(session: Session, command: Registered, payload: unknown): Promise<unknown> {
    const { conversation } = payload as { conversation: string };
    const { standing, ended } = await this.#context.storage.standing(session.tenant, session.user, conversation);
    const cell = verdict(command.name, standing, ended);
    if (cell !== 'allow') throw new ParleyError(cell);
    return command.handle(this.#context, session, payload);
  }

  #refuse(session: Session, name: CommandName | 'unknown', started: number, answer: Acknowledge, error: unknown): void {
    const coded = error instanceof ParleyError ? error : new ParleyError('INTERNAL');
    if (coded !== error) {
      const request = randomUUID();
      this.#logger.error({ request, command: name, tenant: session.tenant, user: session.user, err: error }, 'command failed');
    }
    answer({ ok: false, error: coded.toWire() });
    this.#metrics.commandDone(name, coded.code, performance.now() - started);
  }

  #finished(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0 && this.#drained) this.#drained();
  }
}

/** Schema and handler of one name belong together; after this line only the name says so. */
function register(name: CommandName): Registered {
  const schema = commands[name].payload;
  const rule = permissions[name];
  return {
    name,
    kind: commandClasses[name],
    scope: rule.scope,
    asksStanding: rule.scope === 'conversation' && !decidedByStorage.has(name),
    parse: (payload) => schema.safeParse(payload),
    handle: handlers[name],
  };
}
