import type { Messages } from '../internal/messages/en.js';
import { core } from './ar/core.js';
import { panel } from './ar/panel.js';

/** Arabic. */
export const messages: Partial<Messages> = { ...core, ...panel };
