import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';

/** A process that stops on signals as the service does, its module compiled on the spot. */
function stoppable(stop: string): ReturnType<typeof spawn> {
  const { code } = transformFileSync(join(__dirname, 'shutdown.ts'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
  });
  const script = `${code}\nlet stops = 0; const stop = ${stop};
    exports.stopOnSignal(stop); setInterval(() => undefined, 1000); console.log('up');`;
  return spawn(process.execPath, ['-e', script], { cwd: __dirname, stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Sends `signals` once the process is up; its exit code and all it printed. */
function ended(child: ReturnType<typeof spawn>, signals: readonly NodeJS.Signals[]): Promise<[number | null, string]> {
  return new Promise((resolve) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      if (output === '') signals.forEach((signal) => child.kill(signal));
      output += chunk.toString();
    });
    child.on('close', (code) => resolve([code, output]));
  });
}

const STOP = "() => { console.log('stop', ++stops); return new Promise((done) => setTimeout(done, 100)); }";

describe('stopOnSignal', () => {
  it.each<[NodeJS.Signals[]]>([[['SIGTERM']], [['SIGINT']], [['SIGINT', 'SIGTERM', 'SIGINT']]])(
    'stops once and exits with 0 on %j',
    async (signals) => expect(await ended(stoppable(STOP), signals)).toEqual([0, 'up\nstop 1\n']),
  );

  it('exits with 1 where stopping failed', async () => {
    const failing = "() => Promise.reject(new Error('no'))";
    expect((await ended(stoppable(failing), ['SIGTERM']))[0]).toBe(1);
  });
});
