package dev.quorate.consensus.pbft;

import dev.quorate.consensus.core.Timer;

/** The timers of the protocol. */
enum PbftTimer implements Timer {
  /** A Status is due (R17). */
  HEARTBEAT,
  /** Transactions that do not fill a batch have waited long enough (R6). */
  BATCH_DELAY,
  /** No NewView in time, or no delivery in time while work is pending: T(v). */
  VIEW,
  /** A ViewChange or a Complain is due again. */
  RESEND,
  /** Bodies that a NewView needs did not come (R15). */
  FETCH
}
