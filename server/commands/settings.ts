import type { Preferences } from '#protocol';
import type { Handler } from './context.js';

export const setSettings: Handler<'settings:set'> = async ({ storage, publisher, presence }, caller, { change }) => {
  const { tenant, user } = caller;
  const { settings, revision } = await storage.setSettings(tenant, user, given(change));
  publisher.stateChanged(tenant, user, revision, { type: 'settings', settings }, caller);
  presence.settingsChanged(tenant, user, settings);
  return { settings, revision };
};

/** A key without a value is none: it must not hide what is stored. */
function given(change: { [K in keyof Preferences]?: Preferences[K] | undefined }): Partial<Preferences> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
