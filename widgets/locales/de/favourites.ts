import type { favouriteMessages } from '../../internal/messages/en-favourites.js';
import type { Translated } from '../../internal/messages/en.js';

export const favourites: Translated<typeof favouriteMessages, 'one' | 'other'> = {
  addFavourite: '{name} zu Favoriten hinzufügen',
  removeFavourite: '{name} aus Favoriten entfernen',
  withdrawRequest: 'Anfrage an {name} zurückziehen',
  askForStatus: 'Status anfragen bei {name}',
  removeFavouriteQuestion: '{name} aus den Favoriten entfernen? Der Status ist danach gegenseitig nicht mehr sichtbar.',
  withdrawQuestion: 'Anfrage an {name} zurückziehen?',
  removeContact: 'Entfernen',
  takeBack: 'Zurückziehen',
  favouritesFull: 'Mehr Favoriten sind nicht möglich.',
  contactUnknown: 'Diese Person steht nicht mehr im Verzeichnis.',
};
