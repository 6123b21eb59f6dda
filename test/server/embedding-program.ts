import { createServer, readConfig } from '../../server/index.js';

/** A program with a server in it, which goes on when the server cannot. */
let times = 0;
const server = await createServer(readConfig(process.env, {}), {
  onFailure: ({ message }) => process.stdout.write(`told ${(times += 1) === 1 ? 'once' : 'again'}: ${message}\n`),
});
const { url } = await server.listen();
process.stdout.write(`Serves on ${url}\n`);
