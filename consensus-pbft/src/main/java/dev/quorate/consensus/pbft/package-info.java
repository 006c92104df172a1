/**
 * Chained, pipelined, stake-weighted PBFT after Castro and Liskov (OSDI 1999).
 *
 * <p>Every block names its parent, so that one certificate for a block vouches for all its
 * undelivered ancestors, and heights of a view are prepared strictly in order. {@code
 * docs/consensus-pbft.md} has the rules; here is where each one lives:
 *
 * <table>
 *   <caption>Rules and rooms</caption>
 *   <tr><th>Rule</th><th>Room</th></tr>
 *   <tr><td>R1 accept a PRE-PREPARE; votes and certificates</td>
 *       <td>{@link dev.quorate.consensus.pbft.Intake}</td></tr>
 *   <tr><td>R2 PREPARE in order, R3 prepared, R4 committed</td>
 *       <td>{@link dev.quorate.consensus.pbft.NormalCase}</td></tr>
 *   <tr><td>R5 watermarks</td><td>{@link dev.quorate.consensus.pbft.SlotWindow}</td></tr>
 *   <tr><td>R6 when to propose</td><td>{@link dev.quorate.consensus.pbft.Proposer}</td></tr>
 *   <tr><td>R7 no transaction twice</td><td>the ledger's block check</td></tr>
 *   <tr><td>R8 reasons to leave, R8b complain first</td>
 *       <td>{@link dev.quorate.consensus.pbft.Discontent}; of R8a, which needs a clock, the replica's
 *       {@code Starvation} judges whether a transaction is passed over</td></tr>
 *   <tr><td>R9 leave, R10 join, R11 accept a VIEW-CHANGE, R13 enter, T(v)</td>
 *       <td>{@link dev.quorate.consensus.pbft.ViewChanger}</td></tr>
 *   <tr><td>R12 open a view</td>
 *       <td>{@link dev.quorate.consensus.pbft.NewViewMaker}</td></tr>
 *   <tr><td>R13 what makes a NEW-VIEW acceptable</td>
 *       <td>{@link dev.quorate.consensus.pbft.NewViewRules}</td></tr>
 *   <tr><td>R14 tickets</td>
 *       <td>{@link dev.quorate.consensus.pbft.Tickets}</td></tr>
 *   <tr><td>R15 and R15b bodies here and on disk</td>
 *       <td>{@link dev.quorate.consensus.pbft.Bodies}</td></tr>
 *   <tr><td>R14b re-base</td>
 *       <td>{@link dev.quorate.consensus.pbft.ReplicaState#rebase}</td></tr>
 *   <tr><td>R17 repeat what got lost</td>
 *       <td>{@link dev.quorate.consensus.pbft.StatusExchange}</td></tr>
 * </table>
 *
 * <h2>Deviations from the paper</h2>
 *
 * <ul>
 *   <li>A quorum is more than two thirds of the power, not 2f+1 replicas.
 *   <li>The primary's PRE-PREPARE is its PREPARE: one signature, counted once.
 *   <li>PREPAREs are given in order of height, because a block commits to its parent; there are no
 *       null requests.
 *   <li>A commit certificate is a stable checkpoint: there are no CHECKPOINT messages.
 *   <li>A prepared certificate makes a replica COMMIT all undelivered ancestors in the same view.
 *   <li>Blocks come from a pool of transactions; clients are answered by the ledger, not by replica
 *       replies.
 *   <li>Replicas complain before they leave a view (R8b), so that one impatient replica stalls
 *       nothing.
 *   <li>A NEW-VIEW proposes only the tip again; its ancestors come with it.
 * </ul>
 */
@NullMarked
package dev.quorate.consensus.pbft;

import org.jspecify.annotations.NullMarked;
