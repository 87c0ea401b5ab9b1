export { changeAgreements } from './change-agreements.ts';
export { changePriceList } from './change-price-lists.ts';
export { priceHistory } from './price-changes.ts';
export { withdrawPrices } from './withdraw-prices.ts';
