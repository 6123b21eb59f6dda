import type { Messages } from '../internal/messages/en.js';
import { core } from './fr/core.js';
import { panel } from './fr/panel.js';

/** French. */
export const messages: Partial<Messages> = { ...core, ...panel };
