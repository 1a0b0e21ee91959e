export { createSettQueryClient, SettProvider, useSett, type SettProviderProps } from "./provider.tsx";
export {
  settQueryKey,
  useSettMutation,
  useSettQuery,
  type SettQueryOptions,
  type SettQueryResult,
} from "./use-sett-query.ts";
export {
  useSettSubscription,
  type SettSubscription,
  type SettSubscriptionOptions,
} from "./use-sett-subscription.ts";
