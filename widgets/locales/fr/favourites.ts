import type { favouriteMessages } from '../../internal/messages/en-favourites.js';
import type { Translated } from '../../internal/messages/en.js';

export const favourites: Translated<typeof favouriteMessages, 'one' | 'many' | 'other'> = {
  addFavourite: 'Ajouter {name} aux favoris',
  removeFavourite: 'Retirer {name} des favoris',
  withdrawRequest: 'Retirer la demande à {name}',
  askForStatus: 'Demander à {name} de partager son statut',
  removeFavouriteQuestion: 'Retirer {name} de vos favoris ? Vous ne verrez plus vos statuts respectifs.',
  withdrawQuestion: 'Retirer la demande à {name} ?',
  removeContact: 'Retirer',
  takeBack: 'Retirer',
  favouritesFull: 'Vous avez atteint le nombre maximal de favoris.',
  contactUnknown: 'Cette personne n’est plus dans l’annuaire.',
};
