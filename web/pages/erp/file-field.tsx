import { useId } from 'react';
import type { ReactNode } from 'react';

/** A file of one's own that a form needs: chosen, or dropped onto its box. */
export function FileField(props: {
  readonly label: string;
  readonly description?: string;
  readonly accept: string; // Endings and kinds, as browsers want them.
  readonly onFile: (file: File | undefined) => void;
}): ReactNode {
  const { label, description, accept, onFile } = props;
  const id = useId();
  return (
    <div className="erp-file">
      <label htmlFor={id}>{label}</label>
      {description === undefined ? null : (
        <span id={`${id}-about`} className="rialto-dim">
          {description}
        </span>
      )}
      <input
        id={id}
        type="file"
        accept={accept}
        required
        {...(description === undefined ? {} : { 'aria-describedby': `${id}-about` })}
        onChange={({ currentTarget: { files } }) => onFile(files?.[0])}
      />
    </div>
  );
}
