import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ERRORS, ParleyError } from '#protocol';
import type { Logger } from '../logger.js';

export const notFound: RequestHandler = (_request, _response, next) =>
  next(new ParleyError('NOT_FOUND', 'There is nothing at this address'));

/** Every refusal over HTTP has the code it would have over the socket, and never a stack. */
export function answerErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const coded = error instanceof ParleyError ? error : fromParser(error);
    if (!coded) logger.error({ err: error, method: request.method, path: request.path }, 'request failed');
    const answer = (coded ?? new ParleyError('INTERNAL')).toWire();
    if (answer.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(answer.retryAfterMs / 1000)));
    response.status(ERRORS[answer.code].status).json({ error: answer });
  };
}

/** Errors of the body parser and the router carry a status below 500: the request was wrong, not the server. */
function fromParser(error: unknown): ParleyError | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status < 500 ? new ParleyError('INVALID', 'The request cannot be read') : undefined;
}
