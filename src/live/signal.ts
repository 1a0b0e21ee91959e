/** Something that is told to whoever listens at the moment, in this process. */
export interface Signal<News> {
  readonly tell: (news: News) => void;
  /** Listens until the returned function is called. */
  readonly listen: (listener: (news: News) => void) => () => void;
}

export function createSignal<News>(): Signal<News> {
  const listeners = new Set<(news: News) => void>();
  return {
    tell: (news) => {
      for (const listener of [...listeners]) listener(news);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
