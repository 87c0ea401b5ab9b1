import { Anchor } from '@mantine/core';
import type { AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

type LinkedAnchor = Omit<AnchorProps, 'href'> & {
  readonly ref?: Ref<HTMLAnchorElement>;
  readonly title?: string;
  readonly 'aria-label'?: string;
  readonly onClick?: () => void;
  readonly children?: ReactNode;
};

/** A link in text to another page, its address checked by the compiler. */
export const TextLink = createLink((props: LinkedAnchor) => <Anchor {...props} />);
