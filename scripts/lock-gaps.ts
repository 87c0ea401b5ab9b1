/** A package as package-lock.json (version 3) writes it; only what we look at. */
export type LockedPackage = {
  readonly version?: string;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

/** The lock's packages by where npm puts them: 'node_modules/vite', '' for ourselves. */
export type Locked = Readonly<Record<string, LockedPackage>>;

/** A build for some platform that npm left out of the lock, and what the lock should say of it. */
export type Gap = {
  readonly at: string;
  readonly entry: LockedPackage;
};

const SYSTEMS: Readonly<Record<string, string>> = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
  win: 'win32',
  win32: 'win32',
  windows: 'win32',
};
const PROCESSORS = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * Finds them. npm 11 leaves a build out when the registry it asked lacked it, and `npm ci` then
 * refuses the lock on every machine. System, processor and C library are read from the name.
 */
export function lockGaps(packages: Locked): Gap[] {
  return Object.entries(packages).flatMap(([parent, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies).flatMap(([name, version]) =>
      find(packages, parent, name, version) === undefined && /^\d/.test(version)
        ? [{ at: placeFor(packages, parent, name), entry: entryFor(packages, parent, name) }]
        : [],
    ),
  );
}

function find(packages: Locked, parent: string, name: string, version: string): string | undefined {
  const at = ladder(parent)
    .map((prefix) => `${prefix}node_modules/${name}`)
    .find((place) => packages[place] !== undefined);
  if (at === undefined) return undefined;
  const isRange = !/^\d/.test(version);
  return isRange || packages[at]?.version === version ? at : undefined;
}

/** Where Node would look from `parent`: its own folder first, the top last. */
function ladder(parent: string): string[] {
  const steps = parent === '' ? [] : [`${parent}/`];
  for (let at = parent; at.includes('/node_modules/'); ) {
    at = at.slice(0, at.lastIndexOf('/node_modules/'));
    steps.push(`${at}/`);
  }
  return [...steps, ''];
}

/** At the top when that place is free, else inside its parent. */
function placeFor(packages: Locked, parent: string, name: string): string {
  const [sibling, version] =
    Object.entries(packages[parent]?.optionalDependencies ?? {}).find(
      ([other, wanted]) => find(packages, parent, other, wanted) !== undefined,
    ) ?? [];
  if (sibling !== undefined && version !== undefined) {
    return (find(packages, parent, sibling, version) ?? '').replace(sibling, name);
  }
  const top = `node_modules/${name}`;
  return packages[top] === undefined ? top : `${parent}/${top}`;
}

function entryFor(packages: Locked, parent: string, name: string): LockedPackage {
  const { dev, devOptional, optionalDependencies = {} } = packages[parent] ?? {};
  const words = (name.split('/').at(-1) ?? name).split('-');
  const os = words.map((word) => SYSTEMS[word]).find((word) => word !== undefined);
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (os === undefined || cpu === undefined) {
    throw new Error(`cannot tell the platform of ${name}: run npm install, then this again`);
  }
  const libc = ['musl', 'musleabihf'].some((word) => words.includes(word)) ? ['musl'] : undefined;
  return {
    version: optionalDependencies[name] ?? '',
    cpu: [cpu],
    ...(dev === true ? { dev } : {}),
    ...(devOptional === true ? { devOptional } : {}),
    ...(libc === undefined ? {} : { libc }),
    optional: true,
    os: [os],
  };
}
