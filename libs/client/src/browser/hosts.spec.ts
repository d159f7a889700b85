import { describe, expect, it } from '@jest/globals';
import { checkoutModeOf, executionEnvironmentOf, rootDomainOf } from './hosts.js';

describe('the mode of a checkout', () => {
  it.each([
    ['b4you.com.br', 'embedded'],
    ['checkout.b4you.com.br', 'embedded'],
    ['b4you-sandbox.com.br', 'sandbox'],
    ['checkout.b4you-sandbox.com.br', 'sandbox'],
    ['localhost', 'development'],
    ['127.0.0.1', 'development'],
    ['192.168.0.10', 'development'],
    ['[::1]', 'development'],
    ['shop.example.com', 'transparent'],
    ['notb4you.com.br', 'transparent'],
    ['b4you.com.br.example.com', 'transparent'],
    ['sandbox.example.com', 'transparent'],
    ['10.example.com', 'transparent'],
    ['localhost.example.com', 'transparent'],
  ] as const)('on %s is %s', (host, mode) => {
    expect(checkoutModeOf(host)).toBe(mode);
  });

  it('is told by other domains where the platform has others', () => {
    const domains = { embedded: 'pay.example.com', sandbox: 'pay-sandbox.example.com' };

    expect(checkoutModeOf('eu.pay.example.com', domains)).toBe('embedded');
    expect(checkoutModeOf('pay-sandbox.example.com', domains)).toBe('sandbox');
    expect(checkoutModeOf('checkout.b4you.com.br', domains)).toBe('transparent');
  });
});

describe('the kind of traffic', () => {
  it.each([
    ['checkout.b4you.com.br', 'production'],
    ['checkout.b4you-sandbox.com.br', 'sandbox'],
    ['sandbox.example.com', 'sandbox'],
    ['localhost', 'development'],
    ['127.1.2.3', 'development'],
    ['[2001:db8::1]', 'development'],
    ['1.2.3.4.example.com', 'production'],
  ] as const)('on %s is %s', (host, environment) => {
    expect(executionEnvironmentOf(host)).toBe(environment);
  });
});

describe('the root domain', () => {
  it.each([
    ['checkout.shop.example.com', 'example.com'],
    ['example.com', 'example.com'],
    ['checkout.b4you.com.br', 'com.br'],
    ['intranet', 'intranet'],
    ['localhost', 'localhost'],
    ['192.168.0.10', '192.168.0.10'],
    ['[::1]', '[::1]'],
  ])('of %s is %s', (host, domain) => {
    expect(rootDomainOf(host)).toBe(domain);
  });
});
