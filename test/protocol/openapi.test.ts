import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ERRORS } from '#protocol';
import { routes } from '../../server/http/openapi.js';
import { startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { openApiText } from './openapi.js';

interface Operation {
  operationId: string;
  requestBody?: { content: { 'application/json': { schema: { properties: Record<string, unknown>; additionalProperties?: boolean } } } };
  responses: Record<string, unknown>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: { Refusal: { properties: { error: { properties: { code: { enum: string[] } } } } } } };
}

const stored = readFileSync(path.join(import.meta.dirname, '../../../server/http/openapi.json'), 'utf8');

describe('OpenAPI document', () => {
  let server: TestServer;
  let served: Document;
  before(async () => {
    server = await startServer();
    served = (await (await fetch(`${server.url}/v1/openapi.json`)).json()) as Document;
  });
  after(() => server.close());

  it('is what the routes say: npm run docs:protocol writes it anew', () => {
    assert.ok(stored === openApiText(), 'server/http/openapi.json is not current');
  });

  it('is what a server gives to everybody who asks', () => {
    assert.deepEqual(served, JSON.parse(stored));
    assert.equal(served.openapi, '3.1.0');
  });

  it('has every address once, each of which wants to know who asks', async () => {
    const described = Object.entries(served.paths).flatMap(([at, operations]) =>
      Object.keys(operations).map((method) => `${method} ${at}`),
    );
    assert.deepEqual(described.sort(), routes.map(({ method, path: at }) => `${method} /v1${at}`).sort());
    const operations = Object.values(served.paths).flatMap((each) => Object.values(each));
    assert.equal(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
    for (const name of described) {
      const [method = '', at = ''] = name.split(' ');
      const { status } = await fetch(`${server.url}${at.replace('{id}', 'x')}`, { method: method.toUpperCase() });
      assert.equal(status, 401, name);
    }
  });

  it('says which policies there are and that no others are taken, and every code of a refusal', () => {
    const schema = served.paths['/v1/policies']?.['put']?.requestBody?.content['application/json'].schema;
    assert.equal(schema?.additionalProperties, false);
    assert.ok(
      ['enabled', 'initiate', 'join', 'dnd', 'presence', 'visibleDays', 'export', 'notice'].every(
        (name) => name in (schema?.properties ?? {}),
      ),
    );
    assert.deepEqual(served.components.schemas.Refusal.properties.error.properties.code.enum, Object.keys(ERRORS));
  });
});
