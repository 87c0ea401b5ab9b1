export { apiKey } from './api-key.ts';
export type { ApiKeySettings } from './api-key.ts';
export { basic } from './basic.ts';
export { keepToken } from './keep-token.ts';
export type { Token, TokenSettings } from './keep-token.ts';
export { oauth1 } from './oauth1.ts';
export type { OAuth1Settings } from './oauth1.ts';
export {
  clientCredentials,
  jwtBearer,
  refreshToken,
  refreshTokenInMemory,
} from './oauth2.ts';
export type {
  ClientProof,
  OAuth2Settings,
  OAuth2World,
  RefreshTokenKeeper,
} from './oauth2.ts';
export type { JwtAlgorithm, SigningKey } from './sign-jwt.ts';
