// What Maven calls before the browser tests: on a machine without a Chromium of its own, takes the one
// inside the npm package @sparticuz/chromium and leaves target/chromium/executable. Does nothing
// where a Chromium is on the PATH or has been fetched. Usage: node fetch.mjs [--skip=true]...
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';

const PACKAGE = '@sparticuz/chromium@147.0.0';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const home = resolve('target', 'chromium');
const executable = join(home, 'executable');
const onPath = (process.env.PATH ?? '').split(delimiter).some((folder) => NAMES.some((name) => runs(join(folder, name))));
if (process.argv.includes('--skip=true') || onPath || runs(executable)) process.exit(0);

mkdirSync(home, { recursive: true });
const install = ['install', '--prefix', home, '--no-audit', '--no-fund', '--loglevel=error', PACKAGE];
const npm = spawnSync('npm', install, { stdio: 'inherit' });
if (npm.status !== 0) {
  console.error(`No Chromium is on the PATH and ${PACKAGE} could not be fetched. Install one: apt-get install chromium`);
  process.exit(1);
}
// The package unpacks into the temporary directory, and its libraries only where it believes to
// be in the cloud it was made for.
process.env.TMPDIR = home;
process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x';
const chromium = createRequire(join(home, 'package.json'))('@sparticuz/chromium');
const program = await chromium.executablePath();
const libraries = join(home, 'al2023', 'lib');
writeFileSync(
  executable,
  `#!/bin/sh\nLD_LIBRARY_PATH="${libraries}:${home}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" exec "${program}" "$@"\n`,
  { mode: 0o755 },
);
