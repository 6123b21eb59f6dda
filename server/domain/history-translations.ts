import type { HistoryWords } from './history-words.js';

const german: HistoryWords = {
  subject: (title) => `Chatverlauf: ${title}`,
  participants: 'Personen',
  timeZone: 'Zeitzone',
  period: 'Zeitraum',
  exportedBy: 'Gesendet von',
  started: (who, others) => `${who} hat den Chat begonnen, mit ${others}`,
  invited: (who, users) => `${who} hat eingeladen: ${users}`,
  declined: (who) => `${who} hat die Einladung abgelehnt`,
  joined: (who, users) => `${who} hat hinzugefügt: ${users}`,
  joinedAlone: (who) => `${who} ist beigetreten`,
  left: (who) => `${who} hat den Chat verlassen`,
  removed: (who, users) => `${who} hat entfernt: ${users}`,
  renamed: (who, title) => `${who} hat den Titel geändert in „${title}“`,
  untitled: (who) => `${who} hat den Titel entfernt`,
  ended: (who) => `${who} hat den Chat für alle beendet`,
  sent: (who, to) => `${who} hat den Verlauf gesendet an ${to}`,
  failed: (to) => `Der Verlauf ist nicht angekommen bei ${to}`,
  cut: (last) =>
    `Der Verlauf ist länger, als eine E-Mail sein darf. Er geht nach ${last} weiter; das Folgende steht nicht in dieser E-Mail.`,
  empty: 'Es gibt nichts zu zeigen.',
};

const french: HistoryWords = {
  subject: (title) => `Historique du chat : ${title}`,
  participants: 'Participants',
  timeZone: 'Fuseau horaire',
  period: 'Période',
  exportedBy: 'Envoyé par',
  started: (who, others) => `${who} a démarré le chat avec ${others}`,
  invited: (who, users) => `${who} a invité ${users}`,
  declined: (who) => `${who} a refusé l’invitation`,
  joined: (who, users) => `${who} a ajouté ${users}`,
  joinedAlone: (who) => `${who} a rejoint le chat`,
  left: (who) => `${who} a quitté le chat`,
  removed: (who, users) => `${who} a retiré ${users}`,
  renamed: (who, title) => `${who} a changé le titre en « ${title} »`,
  untitled: (who) => `${who} a retiré le titre`,
  ended: (who) => `${who} a terminé le chat pour tous`,
  sent: (who, to) => `${who} a envoyé l’historique à ${to}`,
  failed: (to) => `L’historique n’est pas parvenu à ${to}`,
  cut: (last) => `L’historique dépasse la taille d’un e-mail. Il continue après ${last} ; la suite ne figure pas dans cet e-mail.`,
  empty: 'Il n’y a rien à afficher.',
};

const spanish: HistoryWords = {
  subject: (title) => `Historial del chat: ${title}`,
  participants: 'Participantes',
  timeZone: 'Zona horaria',
  period: 'Período',
  exportedBy: 'Enviado por',
  started: (who, others) => `${who} inició el chat con ${others}`,
  invited: (who, users) => `${who} invitó a ${users}`,
  declined: (who) => `${who} rechazó la invitación`,
  joined: (who, users) => `${who} añadió a ${users}`,
  joinedAlone: (who) => `${who} se unió`,
  left: (who) => `${who} salió del chat`,
  removed: (who, users) => `${who} quitó a ${users}`,
  renamed: (who, title) => `${who} cambió el título a «${title}»`,
  untitled: (who) => `${who} quitó el título`,
  ended: (who) => `${who} terminó el chat para todos`,
  sent: (who, to) => `${who} envió el historial a ${to}`,
  failed: (to) => `El historial no llegó a ${to}`,
  cut: (last) => `El historial es más largo de lo que admite un correo. Continúa después de ${last}; lo que sigue no está en este correo.`,
  empty: 'No hay nada que mostrar.',
};

/** The verb first: so it agrees with one and with several. */
const arabic: HistoryWords = {
  subject: (title) => `سجل الدردشة: ${title}`,
  participants: 'المشاركون',
  timeZone: 'المنطقة الزمنية',
  period: 'الفترة',
  exportedBy: 'أرسله',
  started: (who, others) => `بدأ ${who} الدردشة مع ${others}`,
  invited: (who, users) => `دعا ${who}: ${users}`,
  declined: (who) => `رفض ${who} الدعوة`,
  joined: (who, users) => `أضاف ${who}: ${users}`,
  joinedAlone: (who) => `انضم ${who}`,
  left: (who) => `غادر ${who} الدردشة`,
  removed: (who, users) => `أزال ${who}: ${users}`,
  renamed: (who, title) => `غيّر ${who} العنوان إلى «${title}»`,
  untitled: (who) => `أزال ${who} العنوان`,
  ended: (who) => `أنهى ${who} الدردشة للجميع`,
  sent: (who, to) => `أرسل ${who} السجل إلى ${to}`,
  failed: (to) => `لم يصل السجل إلى ${to}`,
  cut: (last) => `السجل أطول مما تتسع له رسالة بريد. يستمر بعد ${last}؛ وما يليه ليس في هذه الرسالة.`,
  empty: 'لا شيء لعرضه.',
};

/** The languages besides English, by their codes: the same as those of the elements. */
export const TRANSLATED: readonly (readonly [string, HistoryWords])[] = [
  ['ar', arabic],
  ['de', german],
  ['es', spanish],
  ['fr', french],
];
