import { rewrite } from './rewrite.js';

/** A planted bug, on PostgreSQL: the number comes from a sequence and not from the locked row of the conversation. */
rewrite(
  {
    file: 'server/storage/postgres/schema.js',
    from: 'CREATE TABLE entries (',
    to: 'CREATE SEQUENCE planted START 2;\nCREATE TABLE entries (',
  },
  {
    file: 'server/storage/postgres/append.js',
    from: 'const outcomes = messages.map((message) => {',
    to: `const numbers = (await session.query("SELECT nextval('planted') AS n FROM generate_series(1, $1::int)", [messages.length])).map(({ n }) => Number(n));
    const outcomes = messages.map((message, index) => {`,
  },
  {
    file: 'server/storage/postgres/append.js',
    from: 'const position = { ...log, tenant, updatedAt: log.updated_at };',
    to: 'const position = { ...log, head: numbers[index] - 1, tenant, updatedAt: log.updated_at };',
  },
);
