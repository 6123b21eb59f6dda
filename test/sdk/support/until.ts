import { firstValueFrom, filter, timeout } from 'rxjs';
import type { Observable } from 'rxjs';

/** The first value that fits; fails loudly instead of hanging. */
export function until<T>(values$: Observable<T>, fits: (value: T) => boolean, within = 15_000): Promise<T> {
  return firstValueFrom(values$.pipe(filter(fits), timeout({ first: within })));
}
