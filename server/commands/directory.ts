import type { Handler } from './context.js';

export const searchDirectory: Handler<'directory:search'> = async ({ storage }, { tenant }, { text, limit, kinds = ['person'] }) => {
  const [people, groups, mailboxes] = await Promise.all([
    kinds.includes('person') ? storage.searchPeople(tenant, text, limit) : [],
    kinds.includes('group') ? storage.searchGroups(tenant, text, limit) : undefined,
    kinds.includes('mailbox') ? storage.searchMailboxes(tenant, text, limit) : undefined,
  ]);
  return { people, ...(groups && { groups }), ...(mailboxes && { mailboxes }) };
};

export const browseDirectory: Handler<'directory:browse'> = ({ storage }, { tenant }, page) => storage.browsePeople(tenant, page);

export const getPeople: Handler<'directory:get'> = async ({ storage }, caller, { users }) => ({
  people: await storage.people(caller.tenant, users),
});
