export { openStock } from './stock-documents.ts';
