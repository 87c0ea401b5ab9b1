import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from './api/query-client.ts';
import { startLanguage } from './shared/i18n.ts';
import { router } from './shell/router.tsx';
import { cssVariables, theme } from './shell/theme.ts';

const scheme = localStorageColorSchemeManager({ key: 'rialto-color-scheme' });
const client = newQueryClient();
const place = document.querySelector('#root');

const RELOADED = 'rialto-reloaded';

// The server was renewed while the tab was open: its pages have other names now. Once, not in a loop.
window.addEventListener('vite:preloadError', (event) => {
  if (sessionStorage.getItem(RELOADED) === location.href) return;
  sessionStorage.setItem(RELOADED, location.href);
  event.preventDefault();
  location.reload();
});

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
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
