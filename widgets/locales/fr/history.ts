import type { historyMessages } from '../../internal/messages/en-history.js';
import type { Translated } from '../../internal/messages/en.js';

export const history: Translated<typeof historyMessages, 'one' | 'many' | 'other'> = {
  historyTitle: 'Envoyer l’historique',
  historyHint: 'Ce que vous pouvez voir de ce chat est envoyé sous forme de texte. Tous les participants en sont informés.',
  historyTo: 'À',
  historyToHint: 'Personne, groupe, boîte, e-mail',
  historyEmailOption: 'Envoyer à cette adresse',
  historyKindPerson: 'Personne',
  historyKindGroup: 'Groupe',
  historyKindMailbox: 'Boîte partagée',
  historyKindEmail: 'Adresse e-mail',
  historyRecipients: 'Destinataires',
  historyNoHits: 'Aucun résultat pour « {text} ». Une adresse e-mail complète convient aussi.',
  historyHits: { one: '{count} trouvé', many: '{count} de trouvés', other: '{count} trouvés' },
  historyNoAddress: 'Pas d’adresse e-mail',
  historyFull: 'Le nombre maximal de destinataires est atteint.',
  historySave: 'Enregistrer en fichier texte',
  historySaved: 'Le fichier a été remis au navigateur.',
  historySaving: 'Collecte des messages…',
  historyNoMail: 'Ce serveur ne peut pas envoyer d’e-mails. Vous pouvez enregistrer l’historique en fichier texte.',
  historyForbidden: 'Votre organisation n’autorise pas l’envoi à cette adresse.',
  historyFailed: 'L’historique n’a pas pu être envoyé.',
  historyFileName: 'Historique du chat',
};
