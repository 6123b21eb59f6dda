import type { Subscription } from 'rxjs';
import type { Parley } from '#sdk';

/**
 * Lets the browser ask before the page is closed, for as long as there is something that would be gone with it: sent by somebody, not taken
 * by the server, and not on this device's disk. Only then: a page that listens for its end at all is kept out of the back/forward cache by
 * some browsers, and what is on disk the next page sends.
 */
export function askBeforeLoss(client: Parley, page: Window): Subscription {
  // Its own, so that another session of the page does not take it away.
  const ask = (event: Event): void => event.preventDefault();
  const following = client
    .select((session) => session.outbox.items$, [])
    .subscribe((items) => {
      if (items.some(({ kept }) => !kept)) page.addEventListener('beforeunload', ask);
      else page.removeEventListener('beforeunload', ask);
    });
  following.add(() => page.removeEventListener('beforeunload', ask));
  return following;
}
