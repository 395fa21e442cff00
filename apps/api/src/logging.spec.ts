import { Writable } from 'node:stream';
import { pino } from 'pino';
import { PinoLoggerService } from './logging.js';

describe('PinoLoggerService', () => {
  const lines: unknown[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()));
      done();
    },
  });
  const service = new PinoLoggerService(pino({ base: undefined, timestamp: false, level: 'info' }, stream));
  beforeEach(() => lines.splice(0));

  it('writes a line of what Nest and the application say, with their context', () => {
    service.log('mapped', 'Router');
    service.error({ msg: 'failed', requestId: 'r' }, undefined, 'Problem');
    service.error('failed', 'stack of it', 'Problem');
    service.warn(new Error('odd'), 'Database');
    service.debug('not wanted', 'Router');
    expect(lines).toEqual([
      { level: 30, context: 'Router', msg: 'mapped' },
      { level: 50, context: 'Problem', msg: 'failed', requestId: 'r' },
      { level: 50, context: 'Problem', more: ['stack of it'], msg: 'failed' },
      { level: 40, context: 'Database', msg: 'odd', err: expect.objectContaining({ message: 'odd' }) },
    ]);
  });
});
