import type { IncomingMessage, ServerResponse } from 'node:http';

const ASK_EVERY_MS = 250;

/**
 * Calls `left` once nobody waits for the answer any more. Whoever closed only its own direction of
 * the connection may wait still, and cannot be told from who left but by sending something: it is
 * sent 102 now and then. Answers what ends the watch.
 */
export function watchForDeparture(
  request: IncomingMessage,
  response: ServerResponse,
  left: () => void,
): () => void {
  const { socket } = request;
  let asking: NodeJS.Timeout | undefined;
  const ask = (): void => {
    if (request.httpVersion === '1.0') return; // it knows no 102
    asking = setInterval(() => response.writeProcessing(), ASK_EVERY_MS);
  };
  const forget = (): void => {
    clearInterval(asking);
    socket.off('end', ask);
    response.off('close', gone);
  };
  const gone = (): void => {
    forget();
    left();
  };
  response.once('close', gone);
  if (response.destroyed) gone();
  else if (socket.readableEnded) ask();
  else socket.once('end', ask);
  return forget;
}
