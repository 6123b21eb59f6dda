import type { Messages } from '../internal/messages/en.js';
import { core } from './es/core.js';
import { panel } from './es/panel.js';

/** Spanish. */
export const messages: Partial<Messages> = { ...core, ...panel };
