/** The policies that decide what people may do and see. */
export interface Combination {
  enabled: boolean;
  join: 'direct' | 'invite';
  presence: 'open' | 'consent';
  dnd: 'hold' | 'block';
  initiate: 'everyone' | 'authorised';
}

const either = <T>(a: T, b: T): readonly [T, T] => [a, b];
/** All of them with each other: 32. */
export const COMBINATIONS: readonly Combination[] = either(true, false).flatMap((enabled) =>
  either('direct' as const, 'invite' as const).flatMap((join) =>
    either('open' as const, 'consent' as const).flatMap((presence) =>
      either('hold' as const, 'block' as const).flatMap((dnd) =>
        either('everyone' as const, 'authorised' as const).map((initiate) => ({ enabled, join, presence, dnd, initiate })),
      ),
    ),
  ),
);
