/** What of the platform a pod is. */
export const podKinds = ["WORKSPACE", "SLS_API", "GATEWAY", "FUNCTION"] as const;

export type PodKind = (typeof podKinds)[number];

export const isPodKind = (text: string): text is PodKind => podKinds.some((kind) => kind === text);

/** Whether what runs in it is kept in the repository of functions, and not in the project's. */
export const isOfFunctions = (kind: PodKind): boolean => kind === "FUNCTION" || kind === "SLS_API";
