/**
 * Tendermint: Algorithm 1 of "The latest gossip on BFT consensus" (Buchman, Kwon, Milosevic,
 * arXiv:1807.04938), weighted by stake, one height at a time.
 *
 * <p>{@code docs/consensus-tendermint.md} has the rules; here is where each one lives:
 *
 * <table>
 *   <caption>Lines and rooms</caption>
 *   <tr><th>Lines</th><th>Room</th></tr>
 *   <tr><td>1-10 the variables, 50-54 the next height</td>
 *       <td>{@link dev.quorate.consensus.tendermint.RoundState}</td></tr>
 *   <tr><td>proposer(h, r)</td>
 *       <td>{@link dev.quorate.consensus.tendermint.Proposers}</td></tr>
 *   <tr><td>11-13, 20-21 a round begins, 22-67 the rules</td>
 *       <td>{@link dev.quorate.consensus.tendermint.Algorithm1}</td></tr>
 *   <tr><td>14-19 what is proposed</td>
 *       <td>{@link dev.quorate.consensus.tendermint.Proposing}</td></tr>
 *   <tr><td>valid(v)</td>
 *       <td>{@link dev.quorate.consensus.tendermint.Candidates}; judged by the ledger</td></tr>
 *   <tr><td>thresholds</td>
 *       <td>{@link dev.quorate.consensus.tendermint.VoteBook} and
 *       {@link dev.quorate.consensus.tendermint.Tally}</td></tr>
 *   <tr><td>"upon" a message: what it says, put where the rules look for it</td>
 *       <td>{@link dev.quorate.consensus.tendermint.Intake}</td></tr>
 *   <tr><td>the gossip property</td>
 *       <td>{@link dev.quorate.consensus.tendermint.Exchange}</td></tr>
 *   <tr><td>when a height begins</td>
 *       <td>{@link dev.quorate.consensus.tendermint.Sleep}</td></tr>
 * </table>
 *
 * <h2>Deviations from the paper</h2>
 *
 * <p>One in the rules: line 36 also makes a block valid by the polka of an earlier round, later
 * than the valid round; it locks nothing then (ADR 20). All else is as written: a lock is never
 * released to none, only line 38 replaces it; rounds are skipped at a weak quorum; any block that
 * has a polka or a commit is matched, whoever proposed it. These timeouts fire early, and these
 * starts wait:
 *
 * <ul>
 *   <li>An invalid proposal is prevoted nil at once, as timeoutPropose would.
 *   <li>Nil is precommitted as soon as no block can get a quorum of prevotes of the round, as
 *       timeoutPrevote would; a nil polka (L44) is the case that the paper names.
 *   <li>There is no timeout between a decision and the next height; precommits that come later
 *       still fill the commit that the next block carries.
 *   <li>A height waits for its first transaction or its first valid message before round 0 begins.
 *       One that only the own pool has woken may fall asleep again before anything was said.
 *   <li>A proposer of round 0 whose pool is empty waits half of timeoutPropose for the transaction
 *       that woke others, before it proposes an empty block.
 *   <li>A proposer that can build no block starts timeoutPropose like everybody else.
 * </ul>
 *
 * <p>And where the paper leaves things open: a quorum is more than two thirds of the power, a weak
 * quorum more than one third; {@code decision} is the chain; a fresh proposal whose time does not
 * fit its arrival is not prevoted (L22 only, never L28, L36 or L49), unless its parent left it no
 * earlier one; messages of a height that is decided are answered with its commit.
 */
@NullMarked
package dev.quorate.consensus.tendermint;

import org.jspecify.annotations.NullMarked;
