import { type ContactGroup, type Conversation, LIMITS, ParleyError, type Session } from '#sdk';
import type { MessageKey } from '../internal/messages/en.js';
import type { ParleyElement } from '../internal/parley-element.js';
import { contactRefusal } from './favourites.js';

/** What a person chose for some people, or for one of their groups. */
export type Act =
  | { type: 'message'; users: readonly string[] }
  /** A predefined message as a draft (M16). */
  | { type: 'draft'; users: readonly string[]; text: string }
  | { type: 'favourite'; users: readonly string[]; on: boolean }
  | { type: 'answer'; user: string; accepted: boolean }
  | { type: 'add-to-group'; users: readonly string[]; group: ContactGroup }
  | { type: 'remove-from-group'; users: readonly string[]; group: ContactGroup }
  | { type: 'save-group'; id?: string; name: string; users: readonly string[] }
  /** `ids`: all groups in the new order, of which `group` was moved. */
  | { type: 'arrange-groups'; group: ContactGroup; ids: readonly string[] }
  | { type: 'delete-group'; group: ContactGroup };

const FULL: Partial<Record<Act['type'], MessageKey>> = { 'save-group': 'groupsFull', 'add-to-group': 'groupFull' };

interface ActHost {
  say(text: string): void;
  opened(conversation: Conversation): void;
  groups(): readonly ContactGroup[];
}

/** Carries out what was chosen; says in `error` what did not work, in plain words. */
export class ContactActs {
  error = '';
  readonly #host: ParleyElement;
  readonly #told: ActHost;

  constructor(host: ParleyElement, told: ActHost) {
    this.#host = host;
    this.#told = told;
  }

  /** Whether it was done. */
  async perform(act: Act): Promise<boolean> {
    const session = this.#host.client?.session;
    if (!session) return false;
    this.error = '';
    try {
      await this.#carryOut(session, act);
      return true;
    } catch (cause) {
      this.error = contactRefusal(cause instanceof ParleyError ? cause.code : undefined, this.#host.localisation, FULL[act.type]);
      return false;
    } finally {
      this.#host.requestUpdate();
    }
  }

  async #carryOut(session: Session, act: Act): Promise<void> {
    const { contacts } = session;
    const { text } = this.#host.localisation;
    switch (act.type) {
      case 'message':
        return this.#told.opened(await start(session, act.users));
      case 'draft':
        return this.#told.opened(await session.openChat({ to: [...act.users], text: act.text }));
      case 'favourite':
        for (const user of act.users) await (act.on ? contacts.add(user) : contacts.remove(user));
        return;
      case 'answer':
        return act.accepted ? contacts.accept(act.user) : contacts.decline(act.user);
      case 'save-group':
        await contacts.saveGroup(act);
        if (act.id === undefined) this.#told.say(text('groupCreated', { name: act.name }));
        return;
      case 'add-to-group': {
        const group = this.#now(act.group);
        const fresh = act.users.filter((user) => !group.users.includes(user));
        if (fresh.length === 0) return;
        await contacts.saveGroup({ ...group, users: [...group.users, ...fresh] });
        return this.#told.say(text('addedToGroup', { count: fresh.length, name: group.name }));
      }
      case 'remove-from-group': {
        const group = this.#now(act.group);
        await contacts.saveGroup({ ...group, users: group.users.filter((user) => !act.users.includes(user)) });
        return;
      }
      case 'delete-group':
        return contacts.removeGroup(act.group.id);
      case 'arrange-groups':
        await contacts.arrangeGroups(act.ids);
        return this.#told.say(text('groupMoved', { name: act.group.name, count: act.ids.indexOf(act.group.id) + 1 }));
    }
  }

  /** A menu may have been open for a while, and another device have changed the group. */
  #now(group: ContactGroup): ContactGroup {
    return this.#told.groups().find(({ id }) => id === group.id) ?? group;
  }
}

/**
 * A chat of two is found again; with several it is a new group, all in at once (S11), or as many as one command takes and then the others.
 * In a call the caller is in the draft (M11).
 */
async function start(session: Session, users: readonly string[]): Promise<Conversation> {
  const most = LIMITS.membersPerCommand;
  const conversation = await session.openChat({ to: users.slice(0, most) });
  for (let at = most; at < users.length; at += most) await session.invite(conversation.id, users.slice(at, at + most));
  return conversation;
}
