/** The most that one of them accepted in a second with the machine to itself: Prosody on files without sync; ejabberd's best was 2,550. */
export const FASTEST_PEER = 3_610;

/**
 * What peers do, measured by us in November 2026 on the same kind of machine (two shared cores, Node 20, loopback, message archive on), as
 * medians of rotating rounds with neighbours on the machine; the last line is without them. Not of the same run, so they are beside the
 * figures and no floor.
 */
export const PEERS = [
  { name: 'Prosody 0.12, SQLite', perSecond: 1_270, copies: 15_800, signIn: 6.6 },
  { name: 'Prosody 0.12, files without sync', perSecond: 3_340, copies: 16_800, signIn: 5.6 },
  { name: 'ejabberd 23.01, SQLite', perSecond: 910, copies: 30_500, signIn: 7.6 },
  { name: 'ejabberd 23.01, PostgreSQL', perSecond: 1_800, copies: 29_500, signIn: 7.7 },
  { name: 'the best of them, each with the machine to itself', perSecond: FASTEST_PEER, copies: 37_400, signIn: 4.5 },
] as const;
