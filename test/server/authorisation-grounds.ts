import { sqliteGround } from './authorisation-ground.js';
import type { GroundKind } from './authorisation-ground.js';

/** Every ground on which the matrix is asked. */
export const grounds: readonly GroundKind[] = [sqliteGround];
