import type { ReactNode } from 'react';
import { Maybe } from '../../shared/figure.tsx';
import { useToday } from './entity.ts';
import { useTradeCodes } from './forms/trade-codes.ts';

/** When something is to be paid: what the code of payment terms stands for. */
export function Terms({ of }: { readonly of: string | null | undefined }): ReactNode {
  const { termsName } = useTradeCodes(useToday());
  return <Maybe text={termsName(of)} />;
}
