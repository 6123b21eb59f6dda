import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { eventually } from '../../support/eventually.js';

/** What the hub was asked by HTTP. */
export interface Asked {
  mode: string;
  authorization: string | undefined;
  type: string | undefined;
  form: Record<string, string>;
}

export interface Answer {
  id: string;
  status: string;
}

export interface HubOptions {
  /** Seconds. */
  lease?: number;
  /** What it refuses to send although it was asked for. */
  withheld?: readonly string[];
  token?: string;
  /** Gives another address with each lease, as a hub may. */
  moves?: boolean;
  /** Sends what is open to whoever subscribes. */
  replays?: boolean;
  /** Answers the question for what is open, which a hub need not. */
  answers?: boolean;
}

interface Subscriber {
  path: string;
  topic: string;
  events: string[];
  name: string;
  socket: WebSocket | null;
  lease: NodeJS.Timeout | null;
}

export interface Notification {
  timestamp: string;
  id: string;
  event: { 'hub.topic': string; 'hub.event': string; context: unknown[] };
}

/**
 * A hub as the standard has it (FHIRcast 3.0: subscribing, notifying, requests for a change, syncerror, the current context), on loopback,
 * with what a test needs beside: it can be made to refuse, deny, repeat itself, fall silent, and say what no hub should.
 */
export class TestHub {
  readonly asked: Asked[] = [];
  readonly answers: Answer[] = [];
  readonly published: Notification[] = [];
  options: HubOptions;
  /** Statuses with which the next requests are refused. */
  readonly refusals: number[] = [];
  /** How often it was asked what is open. */
  contextsAsked = 0;
  /** How many WebSockets were opened. */
  joined = 0;
  #held: Promise<void> = Promise.resolve();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #subscribers = new Map<string, Subscriber>();
  /** By topic: the last opening of each resource that was not closed. */
  readonly #open = new Map<string, Map<string, Notification>>();

  private constructor(options: HubOptions) {
    this.options = { replays: true, answers: true, ...options };
    this.#server.on('upgrade', (request: IncomingMessage, socket, head) => {
      const subscriber = this.#subscribers.get(request.url ?? '');
      if (!subscriber) return socket.destroy();
      this.#sockets.handleUpgrade(request, socket, head, (open) => this.#joined(subscriber, open));
    });
  }

  static async start(options: HubOptions = {}): Promise<TestHub> {
    const hub = new TestHub(options);
    hub.#server.listen(0, '127.0.0.1');
    await once(hub.#server, 'listening');
    return hub;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hub`;
  }

  get connected(): number {
    return [...this.#subscribers.values()].filter(({ socket }) => socket).length;
  }

  /** Tells everybody who is subscribed to it, and remembers what is open. */
  notify(topic: string, name: string, context: unknown[] = [], further: Partial<Notification> = {}): Notification {
    const event = { 'hub.topic': topic, 'hub.event': name, context };
    const notification = { timestamp: new Date().toISOString(), id: randomUUID(), event, ...further };
    this.#remember(notification);
    this.send(JSON.stringify(notification), (subscriber) => subscriber.topic === topic && grants(subscriber.events, name));
    return notification;
  }

  /** Any text, to everybody who is connected, or to some of them. */
  send(text: string | Buffer, to: (subscriber: Subscriber) => boolean = () => true): void {
    for (const subscriber of this.#subscribers.values()) if (to(subscriber)) subscriber.socket?.send(text);
  }

  /** Answers to questions for the context are as old as the question, and come when the function returned is called. */
  holdContext(): () => Promise<void> {
    let release = (): void => {};
    this.#held = new Promise((resolve) => (release = resolve));
    return async () => {
      release();
      await this.#held;
    };
  }

  /** The status with which a notification was answered. */
  async answerTo(id: string): Promise<string> {
    return eventually(() => this.answers.find((answer) => answer.id === id)?.status, `the answer to ${id}`);
  }

  /** The subscription is over, and the hub says why. */
  deny(reason: string): void {
    for (const subscriber of [...this.#subscribers.values()]) this.#end(subscriber, reason);
  }

  /** Every connection breaks, without a word. */
  cut(): void {
    for (const subscriber of [...this.#subscribers.values()]) {
      this.#subscribers.delete(subscriber.path);
      if (subscriber.lease) clearTimeout(subscriber.lease);
      subscriber.socket?.terminate();
    }
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const refused = this.refusals.shift();
    if (refused !== undefined) return void response.writeHead(refused, { 'retry-after': '0' }).end('no');
    const { authorization } = request.headers;
    if (this.options.token !== undefined && authorization !== `Bearer ${this.options.token}`)
      return void response.writeHead(401).end('who is it?');
    if (request.method === 'GET') {
      this.contextsAsked += 1;
      if (!this.options.answers) return void response.writeHead(404).end();
      const context = this.#contextOf(decodeURIComponent(request.url?.slice('/hub/'.length) ?? ''));
      await this.#held;
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(context);
    }
    const type = request.headers['content-type'];
    if (type === 'application/json') return this.#publish(JSON.parse(body) as Notification, response);
    if (type !== 'application/x-www-form-urlencoded') return void response.writeHead(415).end();
    const form = Object.fromEntries(new URLSearchParams(body));
    this.asked.push({ mode: form['hub.mode'] ?? '', authorization, type, form });
    if (form['hub.channel.type'] !== 'websocket' || !form['hub.topic']) return void response.writeHead(400).end('websocket and topic');
    if (form['hub.mode'] === 'unsubscribe') return this.#unsubscribe(form, response);
    if (form['hub.mode'] !== 'subscribe' || !form['hub.events']) return void response.writeHead(400).end('mode and events');
    this.#subscribe(form, response);
  }

  #subscribe(form: Record<string, string>, response: ServerResponse): void {
    const known = this.#subscribers.get(pathOf(form['hub.channel.endpoint']));
    const events = (form['hub.events'] ?? '').split(',').filter((name) => !this.options.withheld?.includes(name.toLowerCase()));
    const renewed = known && !this.options.moves ? known : null;
    const subscriber = renewed ?? {
      path: `/socket/${randomUUID()}`,
      topic: form['hub.topic'] ?? '',
      socket: null,
      lease: null,
      events,
      name: '',
    };
    subscriber.events = events;
    subscriber.name = form['subscriber.name'] ?? '';
    this.#subscribers.set(subscriber.path, subscriber);
    const endpoint = this.url.replace('http:', 'ws:').replace('/hub', subscriber.path);
    response.writeHead(202, { 'content-type': 'application/json' }).end(JSON.stringify({ 'hub.channel.endpoint': endpoint }));
    if (renewed?.socket) this.#confirm(renewed);
  }

  #unsubscribe(form: Record<string, string>, response: ServerResponse): void {
    const subscriber = this.#subscribers.get(pathOf(form['hub.channel.endpoint']));
    response.writeHead(subscriber ? 202 : 404, { 'content-type': 'application/json' }).end('{}');
    if (subscriber) this.#end(subscriber, 'unsubscribed');
  }

  #joined(subscriber: Subscriber, socket: WebSocket): void {
    subscriber.socket = socket;
    this.joined += 1;
    socket.on('message', (data: Buffer) => this.#heard(subscriber, JSON.parse(data.toString()) as Answer));
    socket.on('close', (code: number) => {
      if (!this.#subscribers.delete(subscriber.path)) return;
      if (subscriber.lease) clearTimeout(subscriber.lease);
      // Whoever goes without a word may have missed something.
      if (code !== 1000 && code !== 1001) this.#syncError(subscriber, 'connection');
    });
    this.#confirm(subscriber);
    if (this.options.replays)
      for (const notification of this.#open.get(subscriber.topic)?.values() ?? [])
        if (grants(subscriber.events, notification.event['hub.event'])) socket.send(JSON.stringify(notification));
  }

  #confirm(subscriber: Subscriber): void {
    const { lease = 7200 } = this.options;
    subscriber.socket?.send(
      JSON.stringify({
        'hub.mode': 'subscribe',
        'hub.topic': subscriber.topic,
        'hub.events': subscriber.events.join(','),
        'hub.lease_seconds': lease,
      }),
    );
    if (subscriber.lease) clearTimeout(subscriber.lease);
    subscriber.lease = setTimeout(() => this.#end(subscriber, 'the lease is over'), lease * 1_000);
  }

  #end(subscriber: Subscriber, reason: string): void {
    this.#subscribers.delete(subscriber.path);
    if (subscriber.lease) clearTimeout(subscriber.lease);
    const { topic, events } = subscriber;
    subscriber.socket?.send(
      JSON.stringify({ 'hub.mode': 'denied', 'hub.topic': topic, 'hub.events': events.join(','), 'hub.reason': reason }),
    );
    subscriber.socket?.close(1000);
  }

  #heard(subscriber: Subscriber, answer: Answer): void {
    this.answers.push(answer);
    if (!/^2\d\d$/.test(answer.status)) this.#syncError(subscriber, answer.id);
  }

  #syncError(subscriber: Subscriber, id: string): void {
    const coding = [
      { system: 'https://fhircast.hl7.org/events/syncerror/eventid', code: id },
      { system: 'https://fhircast.hl7.org/events/syncerror/subscriber', code: subscriber.name },
    ];
    const issue = [{ severity: 'warning', code: 'processing', details: { coding } }];
    this.notify(subscriber.topic, 'syncerror', [{ key: 'operationoutcome', resource: { resourceType: 'OperationOutcome', issue } }]);
  }

  #publish(notification: Notification, response: ServerResponse): void {
    this.published.push(notification);
    response.writeHead(202).end();
    const { event, timestamp, id } = notification;
    this.notify(event['hub.topic'], event['hub.event'], event.context, { timestamp, id });
  }

  #remember(notification: Notification): void {
    const { 'hub.topic': topic, 'hub.event': name } = notification.event;
    const [resource = '', act] = name.toLowerCase().split('-');
    const open = this.#open.get(topic) ?? new Map<string, Notification>();
    this.#open.set(topic, open);
    if (act === 'open') open.set(resource, notification);
    if (act === 'close') open.delete(resource);
  }

  #contextOf(topic: string): string {
    const last = [...(this.#open.get(topic)?.values() ?? [])].at(-1);
    const type = last?.event['hub.event'].split('-')[0] ?? '';
    return JSON.stringify({ 'context.type': type, 'context.versionId': last?.id ?? '', context: last?.event.context ?? [] });
  }
}

/** Names are compared without regard to their case. */
function grants(events: readonly string[], name: string): boolean {
  return events.some((event) => event.toLowerCase() === name.toLowerCase());
}

function pathOf(endpoint: string | undefined): string {
  return endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).pathname : '';
}

async function text(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
