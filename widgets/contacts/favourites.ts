import { svg, type TemplateResult } from 'lit';
import type { ContactsState, ErrorCode, Policies } from '#sdk';
import { draw } from '../internal/icon.js';
import { learn, type Localisation } from '../internal/localisation.js';
import { favouriteMessages } from '../internal/messages/en-favourites.js';
import type { MessageKey } from '../internal/messages/en.js';
import { refusalText } from '../message/delivery.js';

learn({ messages: favouriteMessages });

/** `requested`: asked for, and not answered yet (B32). */
export type Favourite = 'none' | 'requested' | 'accepted';

export function favouriteOf(state: ContactsState, user: string): Favourite {
  return state.contacts.find((contact) => contact.user === user)?.state ?? 'none';
}

const outline = 'm10 2.8 2.2 4.7 5 .7-3.6 3.5.9 5.1-4.5-2.5-4.5 2.5.9-5.1L2.8 8.2l5-.7L10 2.8Z';

/** Empty, filled for a favourite, dashed while the request has no answer: told apart without colour. */
export function star(favourite: Favourite): TemplateResult {
  const strokes = {
    none: svg`<path d=${outline}/>`,
    requested: svg`<path d=${outline} stroke-dasharray="2 2.4"/>`,
    accepted: svg`<path d=${outline} fill="currentColor"/>`,
  };
  return draw(strokes[favourite], 16);
}

/** What pressing the star does. */
export function starLabel(favourite: Favourite, name: string, presence: Policies['presence'], { text }: Localisation): string {
  if (favourite === 'accepted') return text('removeFavourite', { name });
  if (favourite === 'requested') return text('withdrawRequest', { name });
  return text(presence === 'consent' ? 'askForStatus' : 'addFavourite', { name });
}

/** What is lost by removing somebody is asked first; where presence is open, nothing is (B34). */
export function asksFirst(favourite: Favourite, presence: Policies['presence'] | undefined): boolean {
  return favourite !== 'none' && presence === 'consent';
}

export function removalQuestion(favourite: Favourite, name: string, { text }: Localisation): string {
  return text(favourite === 'requested' ? 'withdrawQuestion' : 'removeFavouriteQuestion', { name });
}

/** Why the server refused something about contacts; `full` says of what there are as many as one may have. */
export function contactRefusal(code: ErrorCode | undefined, localisation: Localisation, full: MessageKey = 'favouritesFull'): string {
  if (code === 'NOT_FOUND') return localisation.text('contactUnknown');
  return code === 'TOO_MANY' ? localisation.text(full as 'favouritesFull') : refusalText(code, localisation);
}
