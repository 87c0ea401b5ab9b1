import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { newQueryClient } from './api/query-client.ts';
import { startLanguage } from './shared/i18n.ts';
import { router } from './shell/router.tsx';
import { cssVariables, theme } from './shell/theme.ts';

z.config({ jitless: true }); // The content security policy forbids making code from text.

const scheme = localStorageColorSchemeManager({ key: 'rialto-color-scheme' });
const client = newQueryClient();
const place = document.querySelector('#root');

await startLanguage();
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={scheme}
        defaultColorScheme="auto"
      >
        <Notifications position="bottom-right" />
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
