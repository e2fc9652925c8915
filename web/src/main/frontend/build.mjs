// What Maven calls: installs the packages when the lock file changed, and builds the page when its
// sources changed. Usage: node build.mjs build | test [--skip=true]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(fileURLToPath(import.meta.url));
const output = join(home, '..', '..', '..', 'target', 'frontend');
const installStamp = join(home, 'node_modules', '.vigil-installed');
const buildStamp = join(output, '..', 'frontend.stamp');

const [task = 'build', ...flags] = process.argv.slice(2);

function digest(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) hash.update(path).update(readFileSync(join(home, path)));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(join(home, folder), { withFileTypes: true })
    .flatMap((e) => (e.isDirectory() ? filesBelow(join(folder, e.name)) : [join(folder, e.name)]))
    .sort();
}

function stampIs(stamp, value) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
}

function npm(...args) {
  const run = spawnSync('npm', args, { cwd: home, stdio: 'inherit', shell: process.platform === 'win32' });
  if (run.error) {
    console.error(`npm could not be started (${run.error.message}). Install Node 20.19 or later, or build with -Dskip.frontend=true.`);
    process.exit(1);
  }
  if (run.status !== 0) process.exit(run.status ?? 1);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.version} is too old for the page: install Node 20.19 or later, or build with -Dskip.frontend=true.`);
  process.exit(1);
}

const packages = digest(['package.json', 'package-lock.json', '.npmrc']);

function install() {
  if (stampIs(installStamp, packages)) return;
  npm('ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(installStamp, packages);
}

if (task === 'test') {
  if (flags.includes('--skip=true')) process.exit(0);
  install();
  npm('run', '--silent', 'lint');
  npm('test', '--silent', '--', '--reporter=dot');
} else {
  const top = readdirSync(home).filter((name) => /\.(html|json|ts|js|mjs)$/.test(name)).sort();
  const sources = digest([...top, '.npmrc', ...filesBelow('src'), ...filesBelow('public'), ...filesBelow('dev')]);
  if (existsSync(join(output, 'index.html')) && stampIs(buildStamp, sources)) process.exit(0);
  install();
  npm('run', '--silent', 'build', '--', '--logLevel=warn');
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, sources);
}
