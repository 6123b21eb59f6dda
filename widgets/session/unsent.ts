import type { Subscription } from 'rxjs';
import type { Parley } from '#sdk';

/**
 * Lets the browser ask before the page is closed, for as long as the outbox holds something that the server has not taken. Only then:
 * a page that listens for its end at all is kept out of the back/forward cache by some browsers. A draft was not sent by anybody.
 */
export function askBeforeLoss(client: Parley, page: Window): Subscription {
  // Its own, so that another session of the page does not take it away.
  const ask = (event: Event): void => event.preventDefault();
  const following = client
    .select((session) => session.outbox.items$, [])
    .subscribe(({ length }) => {
      if (length > 0) page.addEventListener('beforeunload', ask);
      else page.removeEventListener('beforeunload', ask);
    });
  following.add(() => page.removeEventListener('beforeunload', ask));
  return following;
}
