import * as z from 'zod';
import { TIMES, emailAddress as isEmailAddress } from '#protocol';
import { isRefusedByBrowsers } from './browser-ports.js';
import { missingPackages } from './optional-packages.js';

const wholeNumber = (least: number, most: number) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/, 'not a whole number').transform(Number)])
    .pipe(z.number().int('not a whole number').min(least, `less than ${least}`).max(most, `more than ${most}`));
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] })]);
const list = z
  .union([
    z.array(z.string()),
    z.string().transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    ),
  ])
  .pipe(z.array(z.string()));

/** A browser's origin, exactly as it stands in the Origin header: scheme, host and port, nothing after it. */
const origin = z
  .string()
  .refine((value) => value !== '*', "'*' would let every page use the sessions of its visitors")
  .refine(
    (value) => URL.canParse(value) && new URL(value).origin === value && /^https?:/.test(value),
    'not an origin such as https://host.example',
  );

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
const keySetAddress = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
}, 'not an https address (http is accepted on this machine only)');

const anchorsPlace = z.string().refine((value) => {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(value)) return value.trim() !== '';
  return keySetAddress.safeParse(value).success;
}, 'neither a folder nor an https address (http is accepted on this machine only)');

/** HS256 needs a key as long as its hash (RFC 7518 3.2). */
const secret = z.string().refine((value) => Buffer.byteLength(value) >= 32, 'shorter than 32 bytes');

/** Every character that a header and a list separated by commas can carry. */
const hostKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}=[!-+\--~]{32,}$/, 'not tenant=key with a key of at least 32 characters');

const mailServer = z
  .string()
  .refine((value) => /^smtps?:\/\//.test(value) && URL.canParse(value) && new URL(value).hostname !== '', 'not an smtp or smtps address');
const databaseAddress = z
  .string()
  .refine(
    (value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value) && new URL(value).pathname.length > 1,
    'not an address such as postgres://user:password@db.example/parley',
  );
const redisAddress = z
  .string()
  .refine(
    (value) => /^rediss?:\/\//.test(value) && URL.canParse(value) && new URL(value).hostname !== '',
    'not an address such as redis://:password@redis.example:6379',
  );
const emailAddress = z.string().refine((value) => isEmailAddress.safeParse(value).success, 'not an e-mail address');

/**
 * Every setting of the server, once. The environment variable of `trustProxy` is PARLEY_TRUST_PROXY and its flag is
 * `--trust-proxy`; an embedding program uses the names as they stand here.
 */
export const settingSchemas = {
  /** Address to listen on; 0.0.0.0 for all. */
  host: z.string().min(1).default('127.0.0.1'),
  /** TCP port; 0 takes a free one. Without a proxy in front, not one that browsers refuse to talk to. */
  port: wholeNumber(0, 65_535).default(4100),
  /** Folder of the SQLite database. */
  data: z.string().min(1).default('./data'),
  /** A database of PostgreSQL instead, such as `postgres://user:password@db.example/parley`; any number of nodes may share it. */
  databaseUrl: databaseAddress.optional(),
  /** Connections of this node to PostgreSQL that write, and as many that read. */
  databaseConnections: wholeNumber(1, 1_000).default(8),
  /** Redis, over which several nodes on one PostgreSQL hear each other at once; without it they find in the database what others did. */
  redisUrl: redisAddress.optional(),
  /** Bring the schema of the store up to date at the start. Off: a start refuses a store that is not (`parley migrate` brings it there). */
  migrate: flag.default(true),
  /** Origins of the pages that may connect, separated by commas. No page may connect while it is empty. */
  origins: list.pipe(z.array(origin)).default([]),
  /** Accept clients without an Origin header: Node and native hosts (reliability 8.8). */
  nativeClients: flag.default(false),
  /** Where the host's public keys are. */
  jwksUrl: keySetAddress.optional(),
  /** Shared secret for HS256, at least 32 bytes; several separated by commas while it is rotated: the first one signs. */
  secret: list.pipe(z.array(secret).min(1, 'empty')).optional(),
  /** Keys of hosts' back ends, each for one tenant with every right of the REST API: `tenant=key`, separated by commas; several while one is rotated. */
  hostKeys: list.pipe(z.array(hostKey)).default([]),
  /** Folder in which the bundles of all versions that ran here are kept and served, shared by all nodes; without it a server has its own only. */
  bundles: z.string().min(1).optional(),
  /** The role `auditor` of a token reads every conversation of its tenant, and each reading is written down; off, it is no role. */
  auditors: flag.default(false),
  /** The admin page under `/admin` and what it reads; a token needs the scope `parley:admin` besides. Off, there is nothing at these addresses. */
  adminPage: flag.default(false),
  /** The `iss` that tokens must carry; not checked when absent. */
  issuer: z.string().min(1).optional(),
  /** The `aud` that tokens must carry. */
  audience: z.string().min(1).default('parley'),
  /** The longest life of a token that is accepted, in seconds. */
  tokenLifetime: wholeNumber(60, 86_400).default(900),
  /** Who may start conversations: everyone, or only those whose token says `initiate: true` (E3). */
  initiate: z.enum(['everyone', 'authorised']).default('everyone'),
  /** Keep the label and address that a host gives with a link. Off: the host resolves every link for each viewer. */
  storedLabels: flag.default(false),
  /** How many proxies in front of this server are ours; the address of a client is read that many hops back. */
  trustProxy: wholeNumber(0, 10).default(0),
  /** PEM files, to serve https without a proxy. */
  tlsCert: z.string().min(1).optional(),
  tlsKey: z.string().min(1).optional(),
  /** The mail server that takes histories, such as `smtps://user:password@mail.host.example`; without it no history is sent by mail (B18). */
  smtpUrl: mailServer.optional(),
  /** The address from which mails come. */
  mailFrom: emailAddress.optional(),
  /** Bearer token that /metrics asks for, at least 16 characters. Without it, whoever reaches the address may read them. */
  metricsToken: z.string().min(16, 'shorter than 16 characters').optional(),
  /** Where signed heads of all logs go: a folder, best on another machine's volume, or an https address that keeps what is posted to it. */
  anchors: anchorsPlace.optional(),
  /** Ed25519 private key in PEM that signs them; without it one is made in the data folder (`parley keys print`). */
  anchorKey: z.string().min(1).optional(),
  /** Admit `parley erase`: the removal of one message's text for a reason of law, by two persons (G18). */
  erasure: flag.default(false),
  /** Hours between two checks of the whole archive while the server runs; 0: none. */
  verifyInterval: wholeNumber(0, 8_760).default(24),
  logLevel: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /** Writes of one user a second (messages, conversations, invitations); twice as many at once. 0: no limit. */
  rateMessages: wholeNumber(0, 1_000_000).default(20),
  /** Directory searches of one user a minute (attack 47). 0: no limit. */
  rateSearches: wholeNumber(0, 1_000_000).default(30),
  /** Histories that one user sends by mail a minute: each is up to a hundred mails to wherever the tenant allows. 0: no limit. */
  rateHistories: wholeNumber(0, 1_000_000).default(10),
  /** Other reads of one user a second. 0: no limit. */
  rateReads: wholeNumber(0, 1_000_000).default(50),
  /** Typing, receipts, presence and refused packets of one user a second. 0: no limit. */
  rateSignals: wholeNumber(0, 1_000_000).default(50),
  /** Refused tokens of one address a minute. 0: no limit. */
  rateRefusals: wholeNumber(0, 1_000_000).default(600),
  /** Connections of one address that have not shown a token yet (attack 16). */
  pendingConnections: wholeNumber(1, 1_000_000).default(1_000),
  /** Connections of one user at once, over all nodes: tabs and devices. 0: no limit. */
  userConnections: wholeNumber(0, 1_000_000).default(100),
  /** Frames that may wait for a client that does not read them; past it the connection is cut and comes back to catch up (attack 73). */
  waitingFrames: wholeNumber(10, 1_000_000).default(4_096),
} as const;

/** Durations of the protocol, in milliseconds; tests shorten them. */
export const timings = z
  .object({
    headsDigest: z.number().positive().default(TIMES.headsDigest),
    /** How often while the other nodes are not heard: the digest is all that tells of what they commit. */
    headsDigestAlone: z.number().positive().default(2_000),
    /** How long an entry waits for the one before it, which another node committed. */
    entryWait: z.number().nonnegative().default(50),
    /** How often a node asks the store who was revoked (G13). */
    revocationCheck: z.number().positive().default(500),
    /** An older answer is too old: commands wait for the next one. */
    revocationFresh: z.number().positive().default(1_000),
    /** A command that waited so long for an answer is refused. */
    revocationLongest: z.number().positive().default(5_000),
    /** How often a node shows the others that it lives. */
    clusterBeat: z.number().positive().default(1_000),
    /** A node that was silent for so long is dead, and its users are offline. */
    clusterExpiry: z.number().positive().default(6_000),
    /** How long the start waits for Redis. */
    clusterPatience: z.number().nonnegative().default(3_000),
    typing: z.number().positive().default(TIMES.typing),
    expiryNotice: z.number().nonnegative().default(TIMES.expiryNotice),
    expiryGrace: z.number().nonnegative().default(2_000),
    /** How often tokens are looked at for their end. */
    expirySweep: z.number().positive().default(1_000),
    /** How often connections are looked through for clients that do not read. */
    slowSweep: z.number().positive().default(1_000),
    /** A person whose last device lost its connection is shown as before for so long: a reload is no absence. */
    presenceGrace: z.number().nonnegative().default(5_000),
    /** How often phones are looked through for those of which nothing is known any more (B43). */
    phoneSweep: z.number().positive().default(1_000),
    /** A connection that has not shown a token after this time is closed. */
    connect: z.number().positive().default(10_000),
    /** A client that does not answer the close of its WebSocket is cut off after this time. */
    close: z.number().positive().default(1_000),
    /** Headers and bodies must arrive within this time (attack 17). */
    request: z.number().positive().default(10_000),
    /** Until what a tenant decided is asked for again, when it could not be read; doubled each time, up to `policyRetryLongest`. */
    policyRetry: z.number().positive().default(1_000),
    policyRetryLongest: z.number().positive().default(30_000),
    /** Until the second attempt to send a mail; doubled for each one after it, up to `mailRetryLongest`. */
    mailRetry: z.number().positive().default(10_000),
    mailRetryLongest: z.number().positive().default(3_600_000),
    /** A mail that has not left after this time has failed. */
    mailGiveUp: z.number().positive().default(86_400_000),
    /** Each step of the talk with the mail server takes at most so long. */
    mailStep: z.number().positive().default(30_000),
    /** A mail whose node died is taken by another after this time. */
    mailLease: z.number().positive().default(300_000),
    /** Between two lines of signed heads. */
    anchors: z.number().positive().default(60_000),
    /** From the start to the first check of the archive; after it `verifyInterval` counts. */
    verifyFirst: z.number().positive().default(60_000),
    /** The check rests so long after every 500 entries. */
    verifyRest: z.number().nonnegative().default(50),
    /** `close()` waits so long for commands that were accepted. */
    drain: z.number().positive().default(3_000),
  })
  .prefault({});
export type Timings = z.output<typeof timings>;

const serverConfig = z.object({ ...settingSchemas, timings }).superRefine((config, context) => {
  const need = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (config.jwksUrl === undefined && config.secret === undefined)
    need('secret', 'neither PARLEY_SECRET nor PARLEY_JWKS_URL is set: no token could be checked');
  if (config.trustProxy === 0 && isRefusedByBrowsers(config.port))
    need('port', `browsers refuse to talk to port ${config.port} (a bad port of the Fetch standard); choose another`);
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined)) {
    need(config.tlsCert === undefined ? 'tlsCert' : 'tlsKey', 'a certificate and its key are needed together');
  }
  if (config.smtpUrl !== undefined && config.mailFrom === undefined) need('mailFrom', 'mails need an address from which they come');
});

/** A checked configuration, as `readConfig` returns it. */
export type ServerConfig = z.output<typeof serverConfig>;
/** What an embedding program gives to `createServer`: everything but the key has a default. */
export type ServerOptions = z.input<typeof serverConfig>;
export type SettingName = keyof typeof settingSchemas;

/** A configuration that cannot be used. The message names every setting that is wrong, and never its value. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Checks and completes options; `label` says how the reader knows a setting. */
export function parseConfig(options: unknown, label: (setting: string) => string = (setting) => setting): ServerConfig {
  const parsed = serverConfig.safeParse(options);
  if (parsed.success) {
    const missing = missingPackages(parsed.data, label);
    if (missing.length > 0) throw new ConfigError(missing);
    return parsed.data;
  }
  throw new ConfigError(parsed.error.issues.map((issue) => `${label(String(issue.path[0] ?? 'options'))}: ${innermost(issue)}`));
}

/** A union reports its branches; the last message is the one about the text that the operator wrote. */
function innermost(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_union') return issue.message;
  const branch = issue.errors.at(-1)?.[0];
  return branch ? innermost(branch) : issue.message;
}
