import { describe, expect, it, jest } from '@jest/globals';
import type { Database } from '#libs/database';
import type { AggregationLog } from '../aggregation.log.js';
import { CHECKOUT_SESSIONS } from '../checkout/checkout-sessions.sql.js';
import { Projector, type Step } from './projector.repository.js';

const DEADLOCK = Object.assign(new Error('deadlock detected'), { code: '40P01' });
const STEP: Step = { rows: 1, days: [], more: false };

describe('a step of a projection', () => {
  const transaction = jest.fn<() => Promise<Step>>();
  const projector = new Projector({ transaction } as unknown as Database, {} as AggregationLog);

  it('is tried again where it met another one', async () => {
    transaction.mockReset().mockRejectedValueOnce(DEADLOCK).mockResolvedValue(STEP);

    expect(await projector.step(CHECKOUT_SESSIONS)).toEqual(STEP);
  });

  it('gives up where it meets another one each time', async () => {
    transaction.mockReset().mockRejectedValue(DEADLOCK);

    await expect(projector.step(CHECKOUT_SESSIONS)).rejects.toThrow('deadlock');
    expect(transaction).toHaveBeenCalledTimes(3);
  });

  it('is not tried again for any other reason', async () => {
    transaction.mockReset().mockRejectedValueOnce(new Error('away')).mockResolvedValue(STEP);

    await expect(projector.step(CHECKOUT_SESSIONS)).rejects.toThrow('away');
  });
});
