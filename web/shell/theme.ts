import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** The one accent of the product, from mist to deep water. */
const lagoon: MantineColorsTuple = [
  '#eef7f8',
  '#d9ecee',
  '#b3d8dc',
  '#86c0c7',
  '#5ea9b2',
  '#3a8f9a',
  '#1f7783',
  '#0f6470',
  '#0c5560',
  '#08424b',
];

/** Near-black blues: surfaces and lines of the dark scheme. */
const dark: MantineColorsTuple = [
  '#d5dbe0',
  '#b8c1c9',
  '#97a2ac',
  '#6b7783',
  '#3a444e',
  '#2c353e',
  '#20272e',
  '#191f25',
  '#13181d',
  '#0e1216',
];

/** Mantine, made dense and calm, with contrast of WCAG 2.2 AA in both schemes. */
export const theme = createTheme({
  colors: { lagoon, dark },
  primaryColor: 'lagoon',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  cursorType: 'pointer',
  defaultRadius: 'sm',
  focusRing: 'auto',
  fontFamily: "Inter, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '21px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.35' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  respectReducedMotion: true,
});

/** Colours Mantine would make too faint to read. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f8f9',
    '--mantine-color-text': '#1a2127',
    '--mantine-color-dimmed': '#55606a',
    '--mantine-color-placeholder': '#65707a',
    '--mantine-color-anchor': '#0c5560',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-default-border': '#c9d0d6',
    '--rialto-surface': '#ffffff',
    '--rialto-raised': '#fbfcfc',
    '--rialto-line': '#e1e6ea',
    '--rialto-line-strong': '#c9d0d6',
    '--rialto-hover': '#eef4f5',
    '--rialto-accent': '#0c5560',
    '--rialto-accent-soft': '#e3f0f2',
    '--rialto-mark': '#fdeebd',
    '--rialto-good': '#19663a',
    '--rialto-good-soft': '#e3f3e9',
    '--rialto-warn': '#7a4a00',
    '--rialto-warn-soft': '#fcf0d9',
    '--rialto-bad': '#a3241c',
    '--rialto-bad-soft': '#fbe8e6',
    '--rialto-quiet': '#4c5761',
    '--rialto-quiet-soft': '#edf0f2',
  },
  dark: {
    '--mantine-color-body': '#13181d',
    '--mantine-color-text': '#dfe5e9',
    '--mantine-color-dimmed': '#a3aeb8',
    '--mantine-color-placeholder': '#929eaa',
    '--mantine-color-anchor': '#86c9d2',
    '--mantine-color-error': '#ff9c92',
    '--mantine-color-default-border': '#46525d',
    '--rialto-surface': '#191f25',
    '--rialto-raised': '#1d242b',
    '--rialto-line': '#2a323a',
    '--rialto-line-strong': '#3e4954',
    '--rialto-hover': '#212a31',
    '--rialto-accent': '#86c9d2',
    '--rialto-accent-soft': '#17363c',
    '--rialto-mark': '#4f4213',
    '--rialto-good': '#8fd6a9',
    '--rialto-good-soft': '#173324',
    '--rialto-warn': '#f0c47c',
    '--rialto-warn-soft': '#3a2c10',
    '--rialto-bad': '#ffaaa1',
    '--rialto-bad-soft': '#43211e',
    '--rialto-quiet': '#b4bec7',
    '--rialto-quiet-soft': '#262e36',
  },
});
