import { randomUUID } from 'node:crypto';
import { ParleyError, commands } from '#protocol';
import type { Answer, CommandName, ErrorCode } from '#protocol';
import { auditorHandlers } from '../commands/auditor-reads.js';
import { commandClasses, decidedByStorage, handlers } from '../commands/index.js';
import type { CommandClass } from '../commands/index.js';
import type { CommandContext } from '../commands/context.js';
import { plainMessage } from '../commands/plain-message.js';
import { cellOf, isAboutConversation, refusalOf, verdict } from '../domain/permissions.js';
import type { Logger } from '../logger.js';
import type { CommandMetrics, CommandResult } from '../metrics.js';
import type { RateLimits } from './rate-limits.js';
import type { RevocationWatch } from './revocation-watch.js';
import type { Session } from './session.js';

type Acknowledge = (answer: Answer<unknown>) => void;

/** One frame on its way to its answer. */
interface Call {
  readonly session: Session;
  /** Undefined when there is none of that name. */
  readonly command: Registered | undefined;
  readonly payload: unknown;
  readonly started: number;
  readonly answer: Acknowledge;
}

type Handle = (context: CommandContext, session: Session, payload: never) => unknown;

/** What the wrapper needs of a command, without its types: they are joined per name in the tables that this is made of. */
interface Registered {
  readonly name: CommandName;
  readonly kind: CommandClass;
  readonly asksStanding: boolean;
  parse(payload: unknown): { success: true; data: unknown } | { success: false };
  handle: Handle;
  /** What an auditor gets instead, or the code of why not. */
  audit: Handle | ErrorCode;
}

/**
 * The one way from a frame to a handler and back. Whatever arrives, the process goes on and there is at most one answer.
 * The order of the checks is SPEC C6. Who was revoked may have to be asked of the store and the rate have to be asked of other nodes, so commands of one connection wait for those before
 * them until these are admitted; what they do after that is ordered by the storage (SPEC D7).
 */
export class CommandWrapper {
  /** A Map and not an object, so that `constructor` and `__proto__` are no commands (attacks 26, 27). */
  readonly #commands = new Map<string, Registered>();
  readonly #context: CommandContext;
  readonly #limits: RateLimits;
  readonly #watch: Pick<RevocationWatch, 'confirm' | 'freshAt'>;
  readonly #metrics: CommandMetrics;
  readonly #logger: Logger;
  #underWay = 0;
  #draining = false;
  #drained: (() => void) | undefined;

  constructor(parts: {
    context: CommandContext;
    limits: RateLimits;
    watch: Pick<RevocationWatch, 'confirm' | 'freshAt'>;
    metrics: CommandMetrics;
    logger: Logger;
  }) {
    this.#context = parts.context;
    this.#limits = parts.limits;
    this.#watch = parts.watch;
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
    const command = typeof event === 'string' ? this.#commands.get(event) : undefined;
    if (!command) this.#metrics.packetRefused('unknown-command');
    const call: Call = { session, command, payload: args[0], started, answer: acknowledge as Acknowledge };
    this.#underWay += 1;
    try {
      checkFrame(call, args.length);
      if (this.#draining) throw new ParleyError('UNAVAILABLE', 'The server is shutting down', 1_000);
      const limited = this.#limits.consume(session.tenant, session.user, command?.kind ?? 'signals');
      if (limited || session.admitting || !this.#watch.freshAt(started)) this.#runInTurn(call, limited);
      else this.#run(call);
    } catch (error) {
      this.#refuse(call, error);
    }
  }

  /** From now on new commands are refused; resolves when those under way are answered. */
  drain(): Promise<void> {
    this.#draining = true;
    if (this.#underWay === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#drained = resolve));
  }

  #runInTurn(call: Call, limited: Promise<unknown> | undefined): void {
    const { session } = call;
    const before = session.admitting;
    // Looked at when its turn has come; until then nobody else may hear of the rejection.
    limited?.catch(() => undefined);
    // Last, so that nothing is done for anybody who was revoked while it waited (G13).
    const turn = Promise.resolve(before ? before.then(() => limited) : limited).then(() => this.#watch.confirm());
    const left = () => {
      if (session.admitting === admitting) session.admitting = undefined;
    };
    const admitting: Promise<void> = turn.then(
      () => {
        left();
        this.#run(call);
      },
      (error: unknown) => {
        left();
        this.#refuse(call, error);
      },
    );
    session.admitting = admitting;
  }

  #run(call: Call): void {
    try {
      const { session, command } = call;
      // Who was revoked is known here once the store has answered, which may be what this command has waited for.
      if (session.over) throw new ParleyError('UNAUTHENTICATED');
      if (!command) throw new ParleyError('UNKNOWN_COMMAND');
      const parsed = command.parse(call.payload);
      if (!parsed.success) throw new ParleyError('INVALID');
      // As if there were nothing; who is signed in may still ask where they stand (E1).
      if (!session.policies.enabled && !command.name.startsWith('session:')) throw new ParleyError('NOT_FOUND');
      const result = this.#carryOut(session, command, parsed.data);
      if (!(result instanceof Promise)) this.#answer(call, result);
      else
        result.then(
          (data) => this.#answer(call, data),
          (error: unknown) => this.#refuse(call, error),
        );
    } catch (error) {
      this.#refuse(call, error);
    }
  }

  #carryOut(session: Session, { audit, ...command }: Registered, payload: unknown): unknown {
    if (session.auditor && typeof audit === 'string') throw new ParleyError(audit);
    const handle = session.auditor && typeof audit === 'function' ? audit : command.handle;
    if (command.asksStanding && !session.auditor) return this.#runWhenAllowed(session, command, payload);
    return handle(this.#context, session, payload as never);
  }

  async #runWhenAllowed(session: Session, command: Pick<Registered, 'name' | 'handle'>, payload: unknown): Promise<unknown> {
    const { conversation } = payload as { conversation: string };
    const cell = verdict(command.name, await this.#context.storage.standing(session.tenant, session.user, conversation));
    if (cell !== 'allow') throw new ParleyError(cell);
    return command.handle(this.#context, session, payload as never);
  }

  /** Also after the process was stopped in the middle of it: who was revoked meanwhile is not answered. */
  #answer(call: Call, data: unknown): void {
    const confirmed = this.#watch.confirm();
    if (!confirmed) return this.#give(call, data);
    confirmed.then(
      () => this.#give(call, data),
      (error: unknown) => this.#refuse(call, error),
    );
  }

  #give({ command, started, answer }: Call, data: unknown): void {
    answer({ ok: true, data });
    this.#finished(command?.name ?? 'unknown', 'ok', started);
  }

  #refuse({ session, command, started, answer }: Call, error: unknown): void {
    const name = command?.name ?? 'unknown';
    const coded = error instanceof ParleyError ? error : new ParleyError('INTERNAL');
    if (coded !== error) {
      const request = randomUUID();
      this.#logger.error({ request, command: name, tenant: session.tenant, user: session.user, err: error }, 'command failed');
    }
    answer({ ok: false, error: coded.toWire() });
    this.#finished(name, coded.code, started);
  }

  #finished(name: CommandName | 'unknown', result: CommandResult, started: number): void {
    this.#metrics.commandDone(name, result, performance.now() - started);
    this.#underWay -= 1;
    if (this.#underWay === 0 && this.#drained) this.#drained();
  }
}

/** One object, and `as` is the user of the connection. */
function checkFrame({ session, command, payload }: Call, length: number): void {
  if (!command) return;
  if (length !== 2 || typeof payload !== 'object' || payload === null || !('as' in payload)) throw new ParleyError('INVALID');
  if (payload.as !== session.user) throw new ParleyError('WRONG_USER');
}

/** Schema and handler of one name belong together; after this line only the name says so. */
function register(name: CommandName): Registered {
  const schema = commands[name].payload;
  return {
    name,
    kind: commandClasses[name],
    asksStanding: isAboutConversation(name) && !decidedByStorage.has(name),
    parse: name === 'message:send' ? parseMessage : (payload) => schema.safeParse(payload),
    handle: handlers[name],
    audit: refusalOf(cellOf(name, 'AU')) ?? auditorHandlers[name] ?? handlers[name],
  };
}

function parseMessage(payload: unknown): ReturnType<Registered['parse']> {
  const data = plainMessage(payload);
  return data ? { success: true, data } : commands['message:send'].payload.safeParse(payload);
}
