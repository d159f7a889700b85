import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { describeWith } from '../support/needs.js';
import { FootfallProcess } from '../support/process.js';
import { hasShell, ShownCommands } from '../support/shown-commands.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

describeWith(hasShell, 'no bash, curl or tar')(
  'the commands of README, after a first start',
  () => {
    const readme = new ShownCommands('README.md');
    let footfall: FootfallProcess;

    beforeAll(async () => {
      footfall = await FootfallProcess.start();
      await footfall.ready();
    });
    afterAll(() => footfall?.dispose());

    const run = (text: string): string => readme.runOne(text, footfall);

    it('put an offer, send an event for it and read it back', async () => {
      expect(run('-X PUT')).toMatch(/^HTTP\/1\.1 201/m);
      await until('the offer is known', () => /^HTTP\/1\.1 204/m.test(run('"event-1"')));

      await until('it is read back', () => run('sessionId=session-1"').includes('"event-1"'));
      expect(JSON.parse(run('event-1/receipt'))).toMatchObject({ state: 'stored' });
    });

    it('show a refusal, and a verdict for each event of a batch', () => {
      const refusal = run('"event-2"');
      const batch = run('/events/checkout/batch');

      expect(refusal).toMatch(/^HTTP\/1\.1 400/m);
      expect(refusal).toContain('"breaches"');
      expect(batch).toMatch(/"verdict":"accepted".*"verdict":"rejected"/);
    });

    it('put, show, list and delete offers', () => {
      const answers = run('offer-2').match(/HTTP\/1\.1 \d+/g);

      expect(answers).toEqual(['HTTP/1.1 201', 'HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 204']);
    });

    it('bring offers in from files and out again, by HTTP and on the machine', () => {
      const byHttp = run('/offers/import');
      const onTheMachine = run('offers import');

      expect(byHttp).toContain('"created":2');
      expect(byHttp).toContain('offer-3,product-3,producer-1');
      expect(onTheMachine).toContain('offer-5');
    });

    it('list and count what was rejected, and send it again', () => {
      const listed = run('/rejected-events?limit');
      const retried = run('/rejected-events/retry');

      expect(listed).toContain('"reason":"breach"');
      expect(listed).toContain('"totals":[{"reason":"breach"');
      expect(retried).toContain('"verdict":"still_refused"');
    });

    it('send events of every other contract', async () => {
      const tracked = run('/events/tracking');
      const analytics = run('"asset_viewed"');
      const money = run('/events/commerce -H');

      expect(tracked).toMatch(/^HTTP\/1\.1 204/m);
      expect(analytics).toMatch(/^HTTP\/1\.1 202[^]*"tracked":true[^]*"ASSET_VIEWED"/m);
      expect(money.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
      await until('the refund is read back', () =>
        run('/events/commerce -H').includes('"amountMinor":1000'),
      );
    });

    it('say what an asset is called', () => {
      expect(run('/catalog/assets')).toContain('"title":"Green tea at dawn"');
    });

    it('read the funnel of the checkout that was sent', async () => {
      await until('the session is counted', () => run('/checkout/funnel').includes('"sessions":1'));

      expect(JSON.parse(run('/checkout/funnel'))).toMatchObject({
        filters: { offerId: 'offer-1' },
        range: { isLastDayIncomplete: true },
      });
    });

    it('read the platform, revenue net of what was paid back, and a file', () => {
      const [platform, revenue, ...file] = run('/dashboards/platform').split(/(?<=})(?=\{|event)/);

      expect(JSON.parse(platform!)).toMatchObject({ licenses: { created: 0 } });
      expect(JSON.parse(revenue!)).toHaveProperty('currencies');
      expect(file.join('')).toContain('event-1');
    });

    it('make a key for one producer', () => {
      expect(run('--owner producer:producer-1')).toMatch(/^ff_[\w-]+$/m);
    });

    it('ask for health and figures', () => {
      const text = run('/livez');

      expect(text).toContain('footfall_events_lost_total');
    });

    it('make and list keys', () => {
      const text = run('--name reader');

      expect(text).toMatch(/^ff_[\w-]+$/m);
      expect(text).toContain('reader');
    });

    it('were all run', () => {
      expect(readme.neverRun).toEqual([]);
    });
  },
);
