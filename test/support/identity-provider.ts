import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type GenerateKeyPairResult,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

export type Algorithm = 'RS256' | 'ES256' | 'EdDSA' | 'PS256';

interface SigningKey {
  readonly algorithm: Algorithm;
  readonly pair: GenerateKeyPairResult;
  readonly jwk: JWK;
}

/** A real identity provider on loopback: a discovery document, its keys, and tokens of them. */
export class IdentityProviderServer {
  /** How often its keys were asked for. */
  asked = 0;
  /** What the discovery document says beside what it ought to. */
  discovery: object = {};
  private server: Server | null = null;
  private port = 0;
  private readonly published = new Map<string, SigningKey>();

  static async start(): Promise<IdentityProviderServer> {
    const provider = new IdentityProviderServer();
    await provider.listen();
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port}/realms/main`;
  }

  /** Publishes a key from now on. */
  async addKey(kid: string, algorithm: Algorithm): Promise<void> {
    const pair = await generateKeyPair(algorithm, { extractable: true });
    const jwk = { ...(await exportJWK(pair.publicKey)), kid, alg: algorithm, use: 'sig' };
    this.published.set(kid, { algorithm, pair, jwk });
  }

  /** Withdraws a key: what it signed before is not to be trusted any more. */
  withdrawKey(kid: string): void {
    this.published.delete(kid);
  }

  /** A key as everybody can read it. */
  publicKey(kid: string): CryptoKey {
    return this.published.get(kid)!.pair.publicKey;
  }

  /** Signed by a key that is published, for one hour and for the audience `footfall`. */
  token(kid: string, claims: JWTPayload = {}): Promise<string> {
    const { algorithm, pair } = this.published.get(kid)!;
    return this.signed({ alg: algorithm, kid }, pair.privateKey, claims);
  }

  signed(
    header: { readonly alg: string; readonly kid?: string },
    key: CryptoKey | Uint8Array,
    claims: JWTPayload = {},
  ): Promise<string> {
    const seconds = Math.floor(Date.now() / 1000);
    const sound = { sub: 'user-1', iss: this.issuer, aud: 'footfall', exp: seconds + 3600 };
    return new SignJWT({ ...sound, ...claims }).setProtectedHeader(header).sign(key);
  }

  /** It cannot be reached until it listens again, at the same address. */
  async goAway(): Promise<void> {
    const { server } = this;
    this.server = null;
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => {
      const answer = this.answerTo(request.url ?? '');
      response.writeHead(answer === null ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  private answerTo(path: string): object | null {
    const { issuer } = this;
    if (path === '/realms/main/.well-known/openid-configuration') {
      return { issuer, jwks_uri: `${issuer}/keys`, ...this.discovery };
    }
    if (path !== '/realms/main/keys') return null;
    this.asked += 1;
    return { keys: [...this.published.values()].map(({ jwk }) => jwk) };
  }
}
