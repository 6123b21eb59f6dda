import express, { Router } from 'express';
import type { Exchange, ExchangeState } from '../exchange/exchange.js';
import { CannotDo } from '../exchange/exchange.js';
import { signedIn } from './signed-in.js';

/** What an operator's console asks its back end: a stream of what the telephones do, and the keys. */
export function exchangeApi(exchange: Exchange): Router {
  const router = Router();

  router.use('/exchange', (_request, response, next) => {
    if (signedIn(response).host !== 'console')
      return void response.status(403).json({ denied: true, reason: 'This is for the switchboard' });
    next();
  });

  /** Server-sent events: the whole state at once and after every change. */
  router.get('/exchange/events', (request, response) => {
    response.set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    const send = (state: ExchangeState) => response.write(`data: ${JSON.stringify(state)}\n\n`);
    send(exchange.state);
    const unsubscribe = exchange.subscribe(send);
    request.on('close', unsubscribe);
  });

  router.get('/exchange/calls/:id', (request, response) => {
    const call = exchange.find(request.params.id);
    if (!call) return void response.status(404).json({ error: 'This call is over' });
    response.json(call);
  });

  router.post('/exchange/:act', express.json(), (request, response) => {
    const act = ACTS[request.params.act];
    if (!act) return void response.status(404).json({ error: 'The console has no such key' });
    const body: unknown = request.body;
    const id = typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string' ? body.id : undefined;
    try {
      act(exchange, signedIn(response).id, id);
    } catch (cause) {
      if (!(cause instanceof CannotDo)) throw cause;
      return void response.status(409).json({ error: cause.message });
    }
    response.status(204).end();
  });
  return router;
}

const ACTS: Readonly<Record<string, (exchange: Exchange, operator: string, id: string | undefined) => void>> = {
  ring: (exchange) => exchange.ring(),
  answer: (exchange, operator, id) => exchange.answer(operator, id),
  hold: (exchange, operator) => exchange.hold(operator),
  release: (exchange, operator) => exchange.release(operator),
  transfer: (exchange, operator, id) => exchange.transfer(operator, id ?? ''),
};
