import type { Handler } from './context.js';

export const searchDirectory: Handler<'directory:search'> = async ({ storage }, caller, { text, limit }) => ({
  people: await storage.searchPeople(caller.tenant, text, limit),
});

export const getPeople: Handler<'directory:get'> = async ({ storage }, caller, { users }) => ({
  people: await storage.people(caller.tenant, users),
});
