import 'reflect-metadata';
import { join } from 'node:path';
import { type Config, loadConfig, PinoLogger } from '#libs/platform';
import { type Arguments, ArgumentsError, readArguments, USAGE } from './arguments.js';
import { DemoRefusedError } from './demo/demo-errors.js';
import { type DemoSights, startDemo } from './demo/demo-start.js';
import { Footfall } from './footfall.js';
import { greet } from './greeting.js';
import { keepHeapSmall } from './memory.js';
import { showSourcesInStackTraces } from './stack-traces.js';

/** A stop that takes longer is cut off: an orchestrator would kill us anyway. */
const LONGEST_STOP_MS = 30_000;

/** For people, so not on stdout, which bears one JSON object a line. */
const tell = (text: string): void => void process.stderr.write(`${text}\n`);

function argumentsOrExit(): Arguments {
  try {
    const read = readArguments(process.argv.slice(2));
    if (!read.help) return read;
    tell(USAGE);
    return process.exit(0);
  } catch (error) {
    if (!(error instanceof ArgumentsError)) throw error;
    tell(`${error.message}\n\n${USAGE}`);
    return process.exit(2);
  }
}

function configOrExit({ demoSeed }: Arguments): Config {
  try {
    const config = loadConfig();
    // Which means worker too: the one is refused without the other.
    if (demoSeed === null || config.ROLES.includes('ingest')) return config;
    throw new Error(
      '--demo needs a process that takes events and writes them: ROLES=ingest,worker',
    );
  } catch (error) {
    tell((error as Error).message);
    return process.exit(1);
  }
}

async function run({ demoSeed }: Arguments, config: Config, logger: PinoLogger): Promise<void> {
  const footfall = await Footfall.start(config, logger);
  const stopping = stopOnSignals(footfall, config, logger);
  tell(`Footfall answers on ${footfall.url} and waits for its database …`);
  const { adminKey, database } = await footfall.ready;
  const demo = demoSeed === null ? null : await demoOrExit(footfall, demoSeed, stopping, logger);
  if (stopping.aborted) return;
  tell(
    greet({
      url: footfall.url,
      docs: config.DOCS,
      database,
      adminKeyFile: join(config.DATA_DIR, 'admin.key'),
      adminKey,
      demo,
    }),
  );
}

/** Without the demo that was asked for there is nothing to look at: the process ends, in order. */
async function demoOrExit(
  footfall: Footfall,
  seed: number,
  stopping: AbortSignal,
  logger: PinoLogger,
): Promise<DemoSights | null> {
  try {
    return await startDemo(footfall.app, seed, stopping, process.stderr);
  } catch (error) {
    if (stopping.aborted) return null; // whoever stopped us ends the process
    tell(demoFailure(error));
    await footfall.stop();
    logger.flush();
    return process.exit(1);
  }
}

const demoFailure = (error: unknown): string =>
  error instanceof DemoRefusedError
    ? `${error.message}\nNothing was changed. Start without --demo, or give the demo a place of its own: ` +
      'another DATA_DIR (DATA_DIR=.demo), or where DATABASE_URL is set, another database.'
    : `The demo was not loaded to its end: ${String(error)}\nStart with --demo again: it is completed then.`;

/**
 * Ctrl-C stops at once; SIGTERM gives a balancer time to notice. A second signal ends it. What is
 * answered is aborted by the first.
 */
function stopOnSignals(footfall: Footfall, config: Config, logger: PinoLogger): AbortSignal {
  const stopping = new AbortController();
  const stop = (graceMs: number): void => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
    setTimeout(() => process.exit(1), graceMs + LONGEST_STOP_MS).unref();
    footfall.stop(graceMs).then(
      () => {
        logger.flush();
        process.exit(0);
      },
      (error: unknown) => {
        logger.fatal({ type: 'STOP_FAILED', error: String(error) });
        logger.flush();
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(config.SHUTDOWN_GRACE_MS));
  return stopping.signal;
}

/** A fault that nobody caught: the state is unknown, so the process ends, with a line that says why. */
function dieLoudly(logger: PinoLogger): void {
  const die = (error: unknown): void => {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    logger.fatal({ type: 'PROCESS_FAILED', error: cause });
    logger.flush();
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}

keepHeapSmall();
showSourcesInStackTraces();
const asked = argumentsOrExit();
const config = configOrExit(asked);
const logger = new PinoLogger(config.LOG_LEVEL);
dieLoudly(logger);
try {
  await run(asked, config, logger);
} catch (error) {
  logger.flush();
  tell(`Footfall could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
