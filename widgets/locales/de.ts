import type { Messages } from '../internal/messages/en.js';
import { core } from './de/core.js';
import { panel } from './de/panel.js';

/** German. */
export const messages: Partial<Messages> = { ...core, ...panel };
