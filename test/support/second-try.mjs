import { jest } from '@jest/globals';

// The contracts promise answers within 50 ms and 1 s, and a shared machine stalls for longer now
// and then. In CI a test that fails is tried once more; .ci/run names those that needed it.
if (process.env['CI'] === 'true') jest.retryTimes(1, { logErrorsBeforeRetry: true });
