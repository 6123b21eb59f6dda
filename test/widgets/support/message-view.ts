import { Localisation } from '../../../widgets/internal/localisation.js';
import type { MessageView } from '../../../widgets/message/message.js';

/** How one message of a chat of two is shown when nothing is special about it. */
export const view: MessageView = {
  style: 'bubble',
  localisation: new Localisation('en'),
  name: 'Mark Lee',
  group: false,
  conversation: 'c1',
  tinted: false,
  readBy: 0,
  expanded: false,
  showState: false,
  toggle: () => undefined,
  retry: () => undefined,
  discard: () => undefined,
  details: () => undefined,
};
