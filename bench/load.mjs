import { connect } from 'node:net';

/**
 * Loads one path over keep-alive connections for a while, each connection sending its next request
 * once its last was answered. Prepared bytes and no HTTP client: the generator shares the cores
 * with what it measures.
 *
 * @param {object} options
 * @param {number} options.port
 * @param {string} options.path
 * @param {(sequence: number) => string} options.body a body with an id of its own
 * @param {number} [options.connections]
 * @param {number} [options.durationMs]
 * @param {Record<string, string>} [options.headers]
 * @param {(body: string) => void} [options.acknowledged] hears each body that was answered 2xx
 * @returns {Promise<Load>}
 *
 * @typedef {object} Load
 * @property {number} requests answered
 * @property {number} seconds
 * @property {number} perSecond
 * @property {number} p50Ms
 * @property {number} p99Ms
 * @property {Record<string, number>} statuses other than 2xx
 * @property {number} errors connections that broke
 */
export async function load({
  port,
  path,
  body,
  connections = 64,
  durationMs = 5_000,
  headers = {},
  acknowledged,
}) {
  const head = headOf(path, headers);
  const latencies = [];
  const statuses = {};
  let sequence = 0;
  let errors = 0;
  const startedMs = performance.now();
  const endMs = startedMs + durationMs;

  const run = () =>
    new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let sentMs = 0;
      let text = '';
      let pending = '';
      const next = () => {
        if (performance.now() >= endMs) {
          socket.end();
          return;
        }
        text = body(sequence++);
        sentMs = performance.now();
        socket.write(`${head}${Buffer.byteLength(text)}\r\n\r\n${text}`);
      };
      socket.on('connect', next);
      socket.on('data', (chunk) => {
        pending += chunk.toString('latin1');
        const length = answerLength(pending);
        if (length === 0) return;
        const status = pending.slice(9, 12);
        const closes = /\r\nconnection: close\r\n/i.test(pending.slice(0, length));
        pending = pending.slice(length);
        latencies.push(performance.now() - sentMs);
        if (status.startsWith('2')) acknowledged?.(text);
        else statuses[status] = (statuses[status] ?? 0) + 1;
        if (!closes) next();
      });
      socket.on('error', () => errors++);
      socket.on('close', resolve);
    });

  await Promise.all(Array.from({ length: connections }, run));
  const seconds = (performance.now() - startedMs) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.floor(latencies.length * share)] ?? NaN;
  return {
    requests: latencies.length,
    seconds,
    perSecond: latencies.length / seconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    statuses,
    errors,
  };
}

function headOf(path, headers) {
  const lines = Object.entries({
    Host: '127.0.0.1',
    'Content-Type': 'application/json',
    'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) bench',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\nContent-Length: `;
}

/** Of the first answer in the text; 0 while it is not whole. */
function answerLength(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return 0;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end + 2))?.[1] ?? 0;
  const whole = end + 4 + Number(length);
  return text.length < whole ? 0 : whole;
}
