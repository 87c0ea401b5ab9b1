import { Query } from 'pg';
import type { ClientBase, Connection, QueryResult } from 'pg';

/** Asks a connection to COPY: the text, and what is to go in, as messages. */
export type Copy = (text: string, messages: readonly Buffer[]) => Promise<QueryResult>;

const HEAD_LENGTH = 5;
const COPY_DATA = 'd'.charCodeAt(0);
/** PostgreSQL reads a message whole before it begins with it. */
const MESSAGE_LENGTH = 65_536;
const COPY_DONE = Buffer.from('c\0\0\0\x04', 'latin1');

/** Texts as the messages that carry them. */
export function copyMessages(texts: Iterable<string>): readonly Buffer[] {
  const messages: Buffer[] = [];
  let text = '';
  for (const part of texts) {
    text += part;
    if (text.length < MESSAGE_LENGTH) continue;
    messages.push(messageOf(text));
    text = '';
  }
  if (text !== '') messages.push(messageOf(text));
  return messages;
}

function messageOf(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const message = Buffer.allocUnsafe(HEAD_LENGTH + length);
  message[0] = COPY_DATA;
  message.writeUInt32BE(length + HEAD_LENGTH - 1, 1); // The length counts itself, not the letter.
  message.write(text, HEAD_LENGTH);
  return message;
}

/**
 * COPY as one question among others: its rows leave right behind its text, without waiting for
 * PostgreSQL to ask for them. Should the text fail, the rows are dropped there.
 */
export const copyOver =
  (client: ClientBase): Copy =>
  (text, messages) =>
    new Promise((resolve, reject) => {
      const query = new Query(text, (error: Error | null | undefined, result: QueryResult) => {
        if (error === undefined || error === null) resolve(result);
        else reject(error);
      });
      const submit = (connection: Connection): void => {
        connection.query(text);
        if (!connection.stream.writable) return;
        for (const message of messages) connection.stream.write(message);
        connection.stream.write(COPY_DONE);
      };
      client.query(Object.assign(query, { submit, handleCopyInResponse: () => undefined }));
    });
