import { Logger } from '@nestjs/common';

// A test that expects trouble should not print it; an application of a test brings its own logger.
Logger.overrideLogger(false);
