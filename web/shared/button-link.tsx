import { Button } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

type LinkedButton = ButtonProps & {
  readonly ref?: Ref<HTMLAnchorElement>;
  readonly children?: ReactNode;
};

/** A link that looks like what it is for: the next step of a page. */
export const ButtonLink = createLink((props: LinkedButton) => <Button component="a" {...props} />);
