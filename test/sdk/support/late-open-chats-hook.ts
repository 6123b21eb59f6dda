import { registerHooks } from 'node:module';

/** Put to false it keeps the file from being loaded; a page that asks again gets it once it is true. */
export const network = { up: true };

/* With this imported first, the SDK has what the bundle for hosts puts in the place of stores/open-chats.ts. */
registerHooks({
  resolve(specifier, context, next) {
    const late = specifier === './open-chats.js' && context.parentURL?.endsWith('/stores/server-state.js') === true;
    if (!network.up && specifier === '../stores/open-chats.js') throw new Error('no network');
    return next(late ? '../bundle/late-open-chats.js' : specifier, context);
  },
});
