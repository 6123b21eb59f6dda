import { withoutSecrets } from '../config-sources.js';
import { greetSmtp } from '../gateways/mail/smtp.js';
import { PATIENCE, findings, reasonOf } from './finding.js';
import type { Check } from './finding.js';

/** PING there and back, in milliseconds: past it nodes hear each other later than people notice. */
const SLOW = 50;

export const redisCheck: Check = {
  about: 'redis',
  async look({ config: { redisUrl, databaseUrl } }) {
    const { ok, warn, fail, skip } = findings('redis');
    if (redisUrl === undefined) return [skip('PARLEY_REDIS_URL is not set: one node, or nodes that find each other in the database')];
    if (databaseUrl === undefined) return [warn('PARLEY_REDIS_URL is set without PARLEY_DATABASE_URL: one SQLite file has one node')];
    const where = withoutSecrets(redisUrl);
    try {
      const { redisReport } = await import('../cluster/redis-report.js');
      const { version, milliseconds } = await redisReport(redisUrl, PATIENCE);
      if (Number.parseInt(version, 10) < 6) return [fail(`${where}: Redis ${version}; 6 or later is needed`)];
      const says = `${where}: Redis ${version}, there and back in ${milliseconds.toFixed(1)} ms`;
      return [milliseconds > SLOW ? warn(`${says}: far away`) : ok(says)];
    } catch (error) {
      return [fail(`${where}: ${reasonOf(error)}`)];
    }
  },
};

export const mailCheck: Check = {
  about: 'mail',
  async look({ config: { smtpUrl, mailFrom } }) {
    const { ok, warn, fail, skip } = findings('mail');
    if (smtpUrl === undefined) return [skip('PARLEY_SMTP_URL is not set: histories can be saved, not sent')];
    const where = withoutSecrets(smtpUrl);
    try {
      await greetSmtp(smtpUrl, PATIENCE);
      const says = `${where} lets us in; mails come from ${mailFrom ?? ''}`;
      return [smtpUrl.startsWith('smtps:') ? ok(says) : warn(`${says}; encrypted only if it offers STARTTLS, with smtps:// always`)];
    } catch (error) {
      return [fail(`${where}: ${reasonOf(error)}`)];
    }
  },
};
