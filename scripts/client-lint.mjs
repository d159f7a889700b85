// Judges the packed @footfall/client as those who install it would: publint for the package, and
// arethetypeswrong for its types. Run `npm run client:build` first.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { CLIENT } from './client-build.mjs';
import { packClient } from './client-pack.mjs';

/**
 * As the profile `esm-only` of arethetypeswrong has it: the package is ES modules, so whoever
 * requires it (Node.js 20.19 can) needs TypeScript's own leave, and the resolution of before
 * `exports` finds nothing.
 */
const NOT_PROMISED = ['node10', 'node16-cjs'];

const folder = mkdtempSync(join(tmpdir(), 'footfall-client-'));
try {
  const tarball = readFileSync(packClient(CLIENT, folder));
  const faults = [...(await faultsOfThePackage(tarball)), ...(await faultsOfTypes(tarball))];
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function faultsOfThePackage(tarball) {
  const bytes = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.length);
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg)}`);
}

async function faultsOfTypes(tarball) {
  const { types, problems } = await checkPackage(createPackageFromTarballData(tarball));
  if (!types) return ['arethetypeswrong: the package has no types'];
  return problems
    .filter(
      ({ resolutionKind, resolutionOption }) =>
        !NOT_PROMISED.includes(resolutionKind ?? resolutionOption),
    )
    .map((problem) => `arethetypeswrong: ${JSON.stringify(problem)}`);
}
