import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActButton } from '../../shared/act-button.tsx';
import { newKey } from './booking-key.ts';

/** Books something once when pressed, and says beside the button what that does. */
export function BookingButton(props: {
  readonly text: string;
  readonly label?: string; // Where the text alone does not say what it is done to.
  readonly about?: string;
  readonly main?: boolean;
  readonly act: (key: string) => Promise<unknown>;
}): ReactNode {
  const { about, act, ...rest } = props;
  const [key, setKey] = useState(newKey);
  return (
    <div className="rialto-tools">
      <ActButton {...rest} act={() => act(key)} onDone={() => setKey(newKey())} />
      {about === undefined ? null : <span className="rialto-dim">{about}</span>}
    </div>
  );
}
