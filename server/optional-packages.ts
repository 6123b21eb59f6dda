interface Wanting {
  databaseUrl?: string | undefined;
  redisUrl?: string | undefined;
  smtpUrl?: string | undefined;
}

/** Packages that most servers do without: who installs Parley installs those that a setting needs (`peerDependencies` in package.json). */
const NEEDED_BY = {
  databaseUrl: ['pg'],
  redisUrl: ['ioredis', '@socket.io/redis-adapter'],
  smtpUrl: ['nodemailer'],
} as const satisfies Record<keyof Wanting, readonly string[]>;

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Which settings need a package that is not installed: each as a line with the code PACKAGE_MISSING. */
export function missingPackages(config: Wanting, label: (setting: string) => string): string[] {
  return (Object.keys(NEEDED_BY) as (keyof Wanting)[]).flatMap((setting) => {
    if (config[setting] === undefined) return [];
    const missing = NEEDED_BY[setting].filter((name) => !isInstalled(name));
    return missing.length === 0 ? [] : [`PACKAGE_MISSING: ${label(setting)} needs what is not installed: npm install ${missing.join(' ')}`];
  });
}
