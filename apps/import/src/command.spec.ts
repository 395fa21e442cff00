import { command, UsageError } from './command.js';

describe('command', () => {
  it('reads a folder and names the snapshot after it', () => {
    expect(command(['some/where/'])).toMatchObject({
      ...{ source: 'where', feed: 'main', asOf: undefined, reportFile: undefined, comparesCopy: false },
    });
  });

  it('reads every option', () => {
    const words = ['x', '--feed', 'desk', '--as-of', '2026-08-21T20:00:00Z', '--report', 'r.json', '--compare-copy'];
    expect(command(words)).toMatchObject({
      ...{ feed: 'desk', asOf: '2026-08-21T20:00:00Z', reportFile: 'r.json', comparesCopy: true },
    });
  });

  it('shows help where it is asked for', () => {
    expect(command(['--help'])).toBeUndefined();
  });

  it.each([[[]], [['a', 'b']], [['a', '--fed', 'x']], [['a', '--feed']]])('refuses %j', (words) => {
    expect(() => command(words)).toThrow(UsageError);
  });
});
