/** The database holds what no demo brought: it is left as it is. The message is for a person. */
export class DemoRefusedError extends Error {
  override readonly name = 'DemoRefusedError';
}
