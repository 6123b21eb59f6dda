import type { settingsMessages } from '../../internal/messages/en-settings.js';
import type { Translated } from '../../internal/messages/en.js';

export const settings: Translated<typeof settingsMessages, 'one' | 'many' | 'other'> = {
  settings: 'Paramètres',
  settingsFailed: 'L’enregistrement a échoué.',
  settingsNoticing: 'Notifications',
  settingsSound: 'Sonnette à l’arrivée d’un message',
  settingsTry: 'Essayer le son',
  settingsBanner: 'Bannière en bas de la page',
  settingsDesktop: 'Notifications sur le bureau',
  settingsDesktopDenied: 'Le navigateur n’autorise pas les notifications pour cette page.',
  settingsTitle: '« Messages non lus » dans le titre de la fenêtre',
  settingsPreview: 'Afficher le texte dans les bannières et notifications',
  settingsPreviewOff: 'Non autorisé ici.',
  settingsPresence: 'Votre statut',
  settingsAway: 'Absent après',
  settingsAwayNever: 'Jamais',
  settingsMinutes: { one: '{count} minute', many: '{count} de minutes', other: '{count} minutes' },
  settingsOnCall: 'Occupé pendant un appel',
  settingsLists: 'Listes et heures',
  settingsOffline: 'Afficher les contacts hors ligne',
  settingsClock: 'Horloge',
  settingsClock24: '24 heures, 14:05',
  settingsClock12: '12 heures, 2:05 PM',
  settingsClockAuto: 'Selon l’usage de la langue',
};
