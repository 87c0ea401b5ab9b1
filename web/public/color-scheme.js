// Runs before the first paint, so that a dark page never flashes white.
(() => {
  const chosen = localStorage.getItem('rialto-color-scheme') ?? 'auto';
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const scheme = chosen === 'auto' ? (dark ? 'dark' : 'light') : chosen;
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
