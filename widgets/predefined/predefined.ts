import type { PredefinedMessage, SessionInfo, Settings } from '#sdk';

/** The tenant's predefined messages, then one's own (M13). Empty: no menu is shown, and what would have opened it opens the chat (M15). */
export function predefinedOf(info: SessionInfo | null, settings: Settings | null): readonly PredefinedMessage[] {
  return [...(info?.predefined ?? []), ...(settings?.predefined ?? [])];
}
