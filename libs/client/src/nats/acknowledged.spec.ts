import { describe, expect, it, jest } from '@jest/globals';
import { acknowledged } from './acknowledged.js';

const PATIENCE = { timeoutMs: 60, tries: 3 };

const named = (name: string, more: object = {}): Error =>
  Object.assign(new Error(name), { name, ...more });
const failing = (...errors: Error[]) => {
  const attempt = jest.fn<(timeoutMs: number) => Promise<unknown>>().mockResolvedValue('ack');
  for (const error of errors) attempt.mockRejectedValueOnce(error);
  return attempt;
};
const timeout = named('TimeoutError');

describe('what waits to be acknowledged', () => {
  it('is sent once where it is acknowledged at once', async () => {
    const attempt = failing();

    await acknowledged(attempt, PATIENCE);

    expect(attempt).toHaveBeenCalledTimes(1);
    expect(attempt).toHaveBeenCalledWith(20);
  });

  it.each([
    ['no answer', timeout],
    ['nobody to answer', named('JetStreamNotEnabled')],
    ['a stream that is busy', named('JetStreamApiError', { status: 503 })],
  ])('is sent again after %s', async (_, error) => {
    const attempt = failing(error, error);

    await acknowledged(attempt, PATIENCE);

    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it('fails as its last try does when the time is over', async () => {
    const attempt = failing(named('JetStreamNotEnabled'), timeout, timeout, timeout);

    await expect(acknowledged(attempt, PATIENCE)).rejects.toBe(timeout);

    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it.each([
    ['a closed connection', named('ClosedConnectionError')],
    ['a message too large', named('InvalidArgumentError')],
    ['a refusal', named('JetStreamApiError', { status: 400 })],
    ['no permission', named('RequestError', { cause: named('PermissionViolationError') })],
  ])('fails at once after %s', async (_, error) => {
    const attempt = failing(error);

    await expect(acknowledged(attempt, PATIENCE)).rejects.toBe(error);

    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['is sent', () => new Promise(() => {})],
    ['rests between two tries', () => Promise.reject(timeout)],
  ])('is given up with the caller’s reason while it %s', async (_, attempt) => {
    const reason = new Error('enough');
    const giving = new AbortController();

    const waiting = acknowledged(attempt, { timeoutMs: 60_000, tries: 2 }, giving.signal);
    setImmediate(() => giving.abort(reason));

    await expect(waiting).rejects.toBe(reason);
  });

  it('is not even sent where it was given up before', async () => {
    const attempt = failing();

    await expect(acknowledged(attempt, PATIENCE, AbortSignal.abort())).rejects.toThrow('aborted');

    expect(attempt).not.toHaveBeenCalled();
  });
});
