import { LIMITS, type CommandInput, type ContextLink } from '#protocol';

export const CONVERSATION = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
export const CID = '018f4e9c-5a1b-7c3d-8e4f-0123456789ab';

export const link = (over: Partial<ContextLink> = {}): ContextLink => ({ kind: 'study', id: '1.2.840.113619.2.55.3', ...over });

export const message = (over: Partial<CommandInput<'message:send'>> = {}): CommandInput<'message:send'> => ({
  conversation: CONVERSATION,
  cid: CID,
  text: 'Is the left hip in the second series?',
  links: [],
  ...over,
});

/** The largest things that the bounds of single fields admit, in the characters that need most bytes. */
export const longest = {
  userId: '漢'.repeat(LIMITS.userIdLength),
  link: {
    kind: 'k'.repeat(32),
    id: '漢'.repeat(LIMITS.linkIdLength),
    context: Object.fromEntries(
      Array.from({ length: LIMITS.linkContextEntries }, (_, index) => [`key${index}`, '漢'.repeat(LIMITS.linkContextLength)]),
    ),
    label: '😀'.repeat(LIMITS.titleLength),
    href: `https://host.example/${'漢'.repeat(LIMITS.hrefLength - 21)}`,
  } satisfies ContextLink,
};
