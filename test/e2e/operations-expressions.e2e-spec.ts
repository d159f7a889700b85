import { describe, expect, it } from '@jest/globals';
import { familiesOf } from '../support/exposition.js';
import { PromqlCheck } from '../support/promql-check.js';

const METRICS = `
# HELP a_total Counted.
# TYPE a_total counter
a_total{reason="one"} 1
a_total{reason="t\\"wo"} 2

# HELP b_bytes Measured.
# TYPE b_bytes gauge
b_bytes 3

# HELP c_seconds Timed.
# TYPE c_seconds histogram
c_seconds_bucket{le="1",route="/x"} 1
c_seconds_bucket{le="+Inf",route="/x"} 1
c_seconds_sum{route="/x"} 0.5
c_seconds_count{route="/x"} 1
`;

/** What guards alerts and dashboards must itself be able to fail. */
describe('the check of expressions', () => {
  const check = new PromqlCheck(familiesOf(METRICS));

  it.each([
    'a_total',
    'sum by (reason) (rate(a_total[5m]))',
    'sum(rate(a_total[5m])) by (reason)',
    'sum without (instance) (rate(a_total{reason="one", instance=~"$instance"}[5m])) > 0.5',
    'increase(a_total{reason=~"one|t.*"}[1h30m]) > 0 or a_total unless a_total offset 1h',
    'histogram_quantile(0.99, sum by (le, route) (rate(c_seconds_bucket{route="/x"}[5m])))',
    'rate(c_seconds_sum[5m]) / rate(c_seconds_count[5m])',
    'predict_linear(b_bytes[6h], 4 * 3600) < 0 and on (instance) -b_bytes ^ 2 > bool 1e3',
    'topk(3, b_bytes) * on (job) group_left () up',
    'max_over_time(sum(rate(a_total[5m]))[1h:1m])',
    'absent(up{job="footfall"}) # a remark',
  ])('finds nothing wrong with %s', (expression) => {
    expect(check.problems(expression)).toEqual([]);
  });

  it.each([
    ['a misspelt metric', 'rate(a_totals[5m])', 'no series a_totals'],
    ['a histogram without its suffix', 'c_seconds', 'no series c_seconds'],
    ['a gauge with a suffix', 'b_bytes_total', 'no series b_bytes_total'],
    ['a label that is not there', 'a_total{why="one"}', 'no label why'],
    ['a bound where there are no buckets', 'c_seconds_sum{le="1"}', 'no label le'],
    ['a value that never comes', 'a_total{reason="three"}', 'no reason is three'],
    ['one such value among others', 'a_total{reason=~"one|three"}', 'no reason is three'],
    ['an exclusion of nothing', 'a_total{reason!="three"}', 'no reason is three'],
    ['a sum by a label that is not there', 'sum by (route) (a_total)', 'no label route'],
    ['a match on a label that is not there', 'a_total / on (route) a_total', 'no label route'],
    ['a rate of a gauge', 'rate(b_bytes[5m])', 'no sense of the gauge b_bytes'],
    ['an increase of a gauge', 'sum(increase(b_bytes[5m]))', 'no sense of the gauge'],
    ['a slope of a counter', 'deriv(a_total[5m])', 'no sense of the counter'],
    ['a rate without a range', 'rate(a_total)', 'wants a range'],
    ['a rate of a sum', 'rate(sum(a_total)[5m])', 'a subquery'],
    ['a range alone', 'a_total[5m]', 'ends in a range'],
    ['a sum of ranges', 'sum(a_total[5m])', 'wants a vector'],
    ['a quantile without le', 'histogram_quantile(0.9, sum(rate(c_seconds_bucket[5m])))', 'le'],
    ['a quantile of no buckets', 'histogram_quantile(0.9, rate(c_seconds_sum[5m]))', 'no sense'],
    ['a quantile without its share', 'histogram_quantile(rate(c_seconds_bucket[5m]))', '2 param'],
    ['a function of another language', 'derivative(b_bytes)', 'not known'],
    ['a bracket too few', 'sum(rate(a_total[5m])', ') is missing'],
    ['a bracket too many', 'sum(a_total))', 'an operator is missing'],
    ['a matcher without quotes', 'a_total{reason=one}', 'a text is missing'],
    ['two expressions', 'a_total b_bytes', 'an operator is missing'],
    ['a range without a unit', 'rate(a_total[5])', 'a duration is missing'],
    ['a stray character', 'a_total & 1', 'no place'],
    ['nothing at all', '', 'an expression is missing'],
  ])('finds %s', (_what, expression, problem) => {
    expect(check.problems(expression).join('\n')).toContain(problem);
  });

  it.each(['b_bytes', 'sum(a_total)', 'b_bytes > 1 or b_bytes', '1 > 0', 'b_bytes > bool 1'])(
    'finds that %s is no alert',
    (expression) => {
      expect(check.problemsOfAlert(expression)).not.toEqual([]);
    },
  );

  it.each([
    'b_bytes > 1',
    'absent(up)',
    'b_bytes > 1 unless b_bytes offset 1h',
    'b_bytes and b_bytes > 1',
    'b_bytes > 1 or sum without (reason) (a_total) > 2',
  ])('finds that %s may be one', (expression) => {
    expect(check.problemsOfAlert(expression)).toEqual([]);
  });

  it('reads every label and value of a scrape', () => {
    const [counted, , timed] = familiesOf(METRICS);

    expect([...(counted?.labels.get('reason') ?? [])]).toEqual(['one', 't\\"wo']);
    expect([...(timed?.labels.keys() ?? [])]).toEqual(['le', 'route']);
    expect(() => familiesOf('d_total 1')).toThrow('d_total');
  });
});
