/** Why this area refuses. */
export type SubscriptionsProblemCode =
  | 'subscriptions.bad-plan'
  | 'subscriptions.bad-subscription'
  | 'subscriptions.code-taken'
  | 'subscriptions.journal-refused'
  | 'subscriptions.moved-on'
  | 'subscriptions.no-price'
  | 'subscriptions.no-such-customer'
  | 'subscriptions.no-such-plan'
  | 'subscriptions.no-such-subscription'
  | 'subscriptions.not-at-boundary'
  | 'subscriptions.not-in-this-state'
  | 'subscriptions.nothing-changes'
  | 'subscriptions.period-billed';
