import express, { Router } from 'express';
import type { NetworkProxy } from '../network/network-proxy.js';
import { readConditions } from '../network/network-proxy.js';

/** The playground's network, for all of its pages at once. */
export function networkApi(network: NetworkProxy): Router {
  const router = Router();
  router.get('/network', (_request, response) => void response.json(network.conditions));
  router.put('/network', express.json(), (request, response) => {
    const wanted = readConditions(request.body);
    if (wanted === null) return void response.status(400).json({ error: 'There is no such network' });
    network.set(wanted);
    response.json(network.conditions);
  });
  router.post('/network/cut', (_request, response) => {
    network.cut();
    response.json(network.conditions);
  });
  return router;
}
