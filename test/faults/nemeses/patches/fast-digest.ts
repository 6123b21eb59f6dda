import { TIMES } from '#protocol/limits';

/*
 * Loaded with `--import` into a server: the heads digest comes as often as FAULTS_DIGEST says, in ms, so that a short run sees many. The
 * scenarios that prove the promised time itself do without.
 */
(TIMES as { headsDigest: number }).headsDigest = Number(process.env['FAULTS_DIGEST'] ?? TIMES.headsDigest);
