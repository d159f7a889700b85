import 'reflect-metadata';
import { join } from 'node:path';
import { type Config, loadConfig, PinoLogger } from '#libs/platform';
import { Footfall } from './footfall.js';
import { greet } from './greeting.js';
import { keepHeapSmall } from './memory.js';

/** A stop that takes longer is cut off: an orchestrator would kill us anyway. */
const LONGEST_STOP_MS = 30_000;

/** For people, so not on stdout, which bears one JSON object a line. */
const tell = (text: string): void => void process.stderr.write(`${text}\n`);

function configOrExit(): Config {
  try {
    return loadConfig();
  } catch (error) {
    tell((error as Error).message);
    return process.exit(1);
  }
}

async function run(config: Config, logger: PinoLogger): Promise<void> {
  const footfall = await Footfall.start(config, logger);
  stopOnSignals(footfall, config, logger);
  tell(`Footfall answers on ${footfall.url} and waits for its database …`);
  const { adminKey, database } = await footfall.ready;
  tell(
    greet({
      url: footfall.url,
      docs: config.DOCS,
      database,
      adminKeyFile: join(config.DATA_DIR, 'admin.key'),
      adminKey,
    }),
  );
}

/** Ctrl-C stops at once; SIGTERM gives a balancer time to notice. A second signal ends it. */
function stopOnSignals(footfall: Footfall, config: Config, logger: PinoLogger): void {
  let asked = false;
  const stop = (graceMs: number): void => {
    if (asked) process.exit(1);
    asked = true;
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
const config = configOrExit();
const logger = new PinoLogger(config.LOG_LEVEL);
dieLoudly(logger);
try {
  await run(config, logger);
} catch (error) {
  logger.flush();
  tell(`Footfall could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
