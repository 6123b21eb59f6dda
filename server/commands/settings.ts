import type { Preferences } from '#protocol';
import { given } from '../domain/given.js';
import type { Handler } from './context.js';

export const setSettings: Handler<'settings:set'> = async ({ storage, publisher, presence }, caller, { change }) => {
  const { tenant, user } = caller;
  const { settings, revision } = await storage.inNameOf(caller).setSettings(tenant, user, given<Preferences>(change));
  publisher.stateChanged(tenant, user, revision, { type: 'settings', settings }, caller);
  presence.settingsChanged(tenant, user, settings);
  return { settings, revision };
};
