import type { OtherTabs } from './environment.js';

/** Tabs in the background let the one in front answer first. ms */
const BEHIND = 150;

/**
 * The other tabs of this browser with the same user: told by a BroadcastChannel, kept apart by Web Locks. Without these (an old browser,
 * a page without a secure context, Node) every page is on its own. Nothing that must be right depends on it.
 */
export function joinTabs(user: string, heard: (word: string) => void): OtherTabs {
  const channel = 'BroadcastChannel' in globalThis && globalThis.document ? new BroadcastChannel(user) : null;
  if (channel) channel.onmessage = ({ data }: MessageEvent<unknown>) => typeof data === 'string' && heard(data);
  /** What is claimed here, and what ends it. */
  const claims = new Map<string, () => void>();
  return {
    tell: (word) => channel?.postMessage(word),
    async claim(what, ms) {
      if (claims.has(what)) return false;
      // Kept for the time, so that no other tab gets it; the browser lets go of it when this one is closed.
      const kept = new Promise<void>((release) => {
        const end = (): void => {
          clearTimeout(timer);
          claims.delete(what);
          release();
        };
        const timer = setTimeout(end, ms);
        claims.set(what, end);
      });
      const locks: LockManager | null | undefined = channel && navigator.locks;
      if (!locks) return true;
      if (!document.hasFocus()) await new Promise((resolve) => setTimeout(resolve, BEHIND));
      return new Promise((resolve) => {
        const held = (lock: Lock | null) => {
          resolve(lock !== null);
          return kept;
        };
        locks.request(`${user} ${what}`, { ifAvailable: true }, held).catch(() => resolve(true));
      });
    },
    close() {
      channel?.close();
      claims.forEach((end) => end());
    },
  };
}
