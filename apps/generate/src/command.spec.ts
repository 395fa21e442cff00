import { command, UsageError } from './command.js';

describe('command', () => {
  it('has a default for everything', () => {
    expect(command([])).toEqual({
      ...{ act: 'GENERATE', accounts: 1000, positions: 50, seed: 1, snapshotId: undefined },
      ...{ desks: ['generated'], deficitShare: 0.03 },
    });
  });

  it('reads every option', () => {
    const id = 'a'.repeat(64);
    const words = [
      '--accounts',
      '7',
      '--positions',
      '3',
      '--seed',
      '9',
      '--snapshot',
      id,
      '--desk',
      'x',
      '--desk',
      'y',
    ];
    expect(command([...words, '--deficit', '0.5'])).toEqual({
      ...{ act: 'GENERATE', accounts: 7, positions: 3, seed: 9, snapshotId: id, desks: ['x', 'y'], deficitShare: 0.5 },
    });
  });

  it('removes one seed, or all', () => {
    expect(command(['--remove', '--seed', '4'])).toEqual({ act: 'REMOVE', seed: 4 });
    expect(command(['--remove'])).toEqual({ act: 'REMOVE', seed: undefined });
  });

  it('shows help where it is asked for', () => {
    expect(command(['--help'])).toEqual({ act: 'HELP' });
  });

  it.each([
    [['--accounts', '0']],
    [['--accounts', '1e3']],
    [['--positions', '-1']],
    [['--seed', '1.5']],
    [['--snapshot', 'newest']],
    [['--desk', '']],
    [['--desk', 'a b']],
    [['--deficit', '1.1']],
    [['--deficit', 'x']],
    [['folder']],
    [['--acounts', '3']],
  ])('refuses %j', (words) => {
    expect(() => command(words)).toThrow(UsageError);
  });
});
