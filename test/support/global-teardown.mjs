/** Stops the server that the setup booted. */
export default async function tearDown() {
  await globalThis.footfallTestPostgres?.stop();
}
