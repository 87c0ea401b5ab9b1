import { connectSftp } from './sftp-connect.ts';
import type { Session, SftpSettings } from './sftp-connect.ts';

/** One connection for all who use a folder at the time. */
export type KeptSession = {
  /** Says that someone uses it; call what it answers when done. */
  enter(): () => void;
  /** The session there is, or a new one when it broke. */
  session(stop: AbortSignal): Promise<Session>;
};

const LINGER_MS = 3_000;

/** Connects when first asked for; disconnects soon after the last one left. */
export function keepSession(settings: SftpSettings): KeptSession {
  let users = 0;
  let now: Promise<Session> | undefined;
  let leaving: NodeJS.Timeout | undefined;
  const end = (): void => {
    const ending = now;
    now = undefined;
    ending?.then(({ client }) => client.end()).catch(() => undefined);
  };
  return {
    enter() {
      users += 1;
      clearTimeout(leaving);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        users -= 1;
        if (users === 0) leaving = setTimeout(end, LINGER_MS).unref();
      };
    },
    async session(stop) {
      const before = now;
      const current = await before?.catch(() => undefined);
      if (current?.isOpen() === true) return current;
      if (now !== before) return await this.session(stop); // Someone else connects already.
      const connecting = connectSftp(settings, stop);
      now = connecting;
      connecting.catch(() => {
        if (now === connecting) now = undefined;
      });
      return await connecting;
    },
  };
}
