import type { PluralForms } from './en.js';

/** What the star beside a name says: in the head of a chat and in the contacts. */
export const favouriteMessages = {
  addFavourite: 'Add {name} to favourites',
  removeFavourite: 'Remove {name} from favourites',
  withdrawRequest: 'Take back the request to {name}',
  /** Policy `consent`: before somebody is asked, and while they have not answered (B32). */
  askForStatus: 'Ask {name} to share their status',
  removeFavouriteQuestion: 'Remove {name} from your favourites? You will no longer see each other’s status.',
  withdrawQuestion: 'Take back the request to {name}?',
  removeContact: 'Remove',
  takeBack: 'Take back',
  favouritesFull: 'You have as many favourites as one may have.',
  contactUnknown: 'This person is not in the directory any more.',
} as const satisfies Record<string, string | PluralForms>;
