export interface DesktopNotice {
  title: string;
  /** Empty unless policy and person both want the text shown (reliability 6.5). */
  body: string;
  /** A later notice with the same tag replaces the earlier one. */
  tag: string;
}

/** True when the person has allowed notifications of the operating system for this site. */
function mayNotify(): boolean {
  return 'Notification' in globalThis && Notification.permission === 'granted';
}

/** Asks the person; to be called in answer to an act of theirs. Resolves to whether they allow it. */
export async function askToNotify(): Promise<boolean> {
  if (!('Notification' in globalThis)) return false;
  return (await Notification.requestPermission()) === 'granted';
}

/**
 * Without a sound of its own: there is the doorbell. A browser that refuses (a page in a frame, a phone) has the banner. In `shown` for as long
 * as it may be on the screen.
 */
export function notify({ title, body, tag }: DesktopNotice, shown: Set<Notification>, opened: () => void): void {
  if (!mayNotify()) return;
  try {
    const notification = new Notification(title, { body, tag, silent: true });
    shown.add(notification);
    notification.onclose = () => shown.delete(notification);
    notification.onclick = () => {
      notification.close();
      opened();
    };
  } catch {
    return;
  }
}
