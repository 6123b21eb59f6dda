import type { Contact, ContactGroup, ContactRequest, ContactsState, Policies } from '#protocol';

/**
 * What the policy `presence` makes of who has whom as a favourite. `open`: everybody's presence is seen, so a favourite needs nobody's
 * consent and asks for nothing (B31). `consent`: a favourite who has not the other as one asks, and sees nothing until then (B32, B33).
 */
export function contactsUnder(
  policy: Policies['presence'],
  {
    favourites,
    askedBy,
    groups,
  }: {
    favourites: readonly { user: string; mutual: boolean }[];
    askedBy: readonly ContactRequest[];
    groups: readonly ContactGroup[];
  },
): ContactsState {
  return {
    contacts: favourites.map(({ user, mutual }): Contact => ({ user, state: policy === 'open' || mutual ? 'accepted' : 'requested' })),
    requests: policy === 'open' ? [] : [...askedBy],
    groups: [...groups],
  };
}
