/** What replicas tell each other through, by channel. Nothing here fails, and only `listen` waits. */
export interface Relay {
  /** To the other replicas that listen there; those that cannot be told now learn later that they missed something. */
  readonly send: (channel: string, news: unknown) => void;
  /** Done once the others are heard there, or it is clear that they cannot be for now. */
  readonly listen: (channel: string) => Promise<void>;
  readonly leave: (channel: string) => void;
  /** Whether the others are heard on all channels that are listened to. */
  readonly isHearing: () => boolean;
  /** Says who gets what comes in; there is one. */
  readonly attach: (receiver: RelayReceiver) => void;
}

/** Who gets what other replicas tell. */
export interface RelayReceiver {
  /** Data from outside: nobody has looked at it yet. */
  readonly hear: (channel: string, news: unknown) => void;
  /** From now on others may go unheard, on all channels. */
  readonly deafened: () => void;
  /** Others are heard again on this channel, and may not have been before. */
  readonly missed: (channel: string) => void;
}
