// A way to a PostgreSQL that can be moved to another port or cut: what a restarted server or a lost network is to those
// who go through it.
import { createServer, connect } from 'node:net';

/** `port()` is where the server is now. */
export async function databaseGate(port, host = '127.0.0.1') {
  const pairs = new Set();
  let isCut = false;
  const gate = createServer((caller) => {
    const server = connect(port(), '127.0.0.1');
    const pair = { caller, server };
    pairs.add(pair);
    const end = () => {
      caller.destroy();
      server.destroy();
      pairs.delete(pair);
    };
    for (const socket of [caller, server]) socket.on('error', end).on('close', end);
    caller.pipe(server).pipe(caller);
    if (isCut) hold(pair);
  });
  // Nothing passes and nothing is closed: neither side learns of it.
  const hold = ({ caller, server }) => {
    for (const socket of [caller, server]) socket.unpipe().pause();
  };
  await new Promise((resolve) => gate.listen(0, host, resolve));
  return {
    port: gate.address().port,
    cut() {
      isCut = true;
      pairs.forEach(hold);
    },
    async close() {
      gate.close();
      for (const { caller, server } of pairs) [caller, server].forEach((socket) => socket.destroy());
    },
  };
}

/** The same database, by another way. */
export function through(url, port, host = '127.0.0.1') {
  const there = new URL(url);
  there.hostname = host;
  there.port = String(port);
  return there.href;
}
