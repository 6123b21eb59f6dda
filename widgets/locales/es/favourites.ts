import type { favouriteMessages } from '../../internal/messages/en-favourites.js';
import type { Translated } from '../../internal/messages/en.js';

export const favourites: Translated<typeof favouriteMessages, 'one' | 'many' | 'other'> = {
  addFavourite: 'Añadir a {name} a favoritos',
  removeFavourite: 'Quitar a {name} de favoritos',
  withdrawRequest: 'Retirar la solicitud a {name}',
  askForStatus: 'Pedir a {name} que comparta su estado',
  removeFavouriteQuestion: '¿Quitar a {name} de sus favoritos? Dejarán de ver el estado del otro.',
  withdrawQuestion: '¿Retirar la solicitud a {name}?',
  removeContact: 'Quitar',
  takeBack: 'Retirar',
  favouritesFull: 'Ya tiene el máximo de favoritos.',
  contactUnknown: 'Esta persona ya no está en el directorio.',
};
