// Brings a clone, fresh or stale, to where it can start: packages, Prisma client, compiled files. What is current is
// left alone. Runs on the machine's own Node before anything is installed, so it uses nothing but Node.
import { isInstallCurrent, installPackages } from './packages.mjs';
import { build, isBuildCurrent } from './compiled-files.mjs';
import { generatePrismaClient, isPrismaClientCurrent } from './prisma-client.mjs';

const OLDEST_NODE = [20, 19];

function isNodeNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

function step(name, isCurrent, act) {
  if (isCurrent()) return;
  const start = performance.now();
  process.stdout.write(`${name} … `);
  act();
  process.stdout.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
}

try {
  if (!isNodeNewEnough()) {
    throw new Error(`Marginal needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  }
  step('Installing packages', isInstallCurrent, installPackages);
  step('Generating the Prisma client', isPrismaClientCurrent, generatePrismaClient);
  step('Compiling', isBuildCurrent, build);
} catch (error) {
  process.stdout.write('\n');
  console.error(error.message);
  process.exitCode = 1;
}
